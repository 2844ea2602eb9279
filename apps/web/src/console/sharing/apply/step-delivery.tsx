import { DELIVERY_FORMS, type DeliveryForm, operations } from '@datong/contracts'
import { Button, DatePicker, Form, InputNumber, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { useApi } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { RowFilters } from '../../../shared/ui/row-filters.tsx'
import { nothingOf, operatorsOf } from './wishes.ts'
import type { StepProps } from './step-props.ts'
import { VersionChoice } from './version-choice.tsx'

const SPANS = [3, 6, 12, 24] as const

/** Third step: in which form, which rows, how much and how long. */
export function StepDelivery({ entries, wishes, onChange, onEntryChange, onBack, onNext }: StepProps) {
  const { t } = useT()
  const apps = useApi(operations.listApps)
  const quotaHalf = (wishes.perSecond === null) !== (wishes.perDay === null)
  const figure = (key: 'perSecond' | 'perDay') => (value: number | null) => onChange({ [key]: value })
  return (
    <>
      <Panel title={t('apply.howUsed')}>
        <Form layout="vertical" className="dt-form-grid">
          <Form.Item label={t('sharing.form.delivery')} extra={t('apply.statisticsHint')}>
            <Radio.Group value={wishes.delivery} onChange={(event) => onChange({ delivery: event.target.value as DeliveryForm })} options={DELIVERY_FORMS.map((value) => ({ value, label: t(`sharing.delivery.${value}`) }))} />
          </Form.Item>
          <Form.Item label={t('sharing.form.app')} htmlFor="apply-app" extra={t('sharing.appHint')}>
            <Select
              id="apply-app" allowClear placeholder={t('sharing.appPlaceholder')} value={wishes.appId} options={apps.data?.items.map((app) => ({ value: app.id, label: app.name })) ?? []}
              onChange={(appId) => onChange({ appId: appId ?? null })}
            />
          </Form.Item>
          <Form.Item label={t('sharing.form.until')} htmlFor="apply-until" required>
            <DatePicker
              id="apply-until" allowClear={false} format="YYYY-MM-DD" minDate={dayjs().add(1, 'day')} style={{ width: '100%' }} value={dayjs(wishes.until)}
              onChange={(date) => date && onChange({ until: date.format('YYYY-MM-DD') })}
            />
            <div className="dt-chips dt-apply-spans">
              {SPANS.map((months) => <Button key={months} size="small" type="text" onClick={() => onChange({ until: dayjs().add(months, 'month').format('YYYY-MM-DD') })}>{t('apply.months', { count: months })}</Button>)}
            </div>
          </Form.Item>
          <Form.Item label={t('apply.quota')} extra={quotaHalf ? <span className="dt-warn">{t('apply.quotaBoth')}</span> : t('apply.quotaHint')}>
            <div className="dt-apply-quota">
              <InputNumber aria-label={t('sharing.form.perSecond')} min={1} max={100_000} precision={0} value={wishes.perSecond} onChange={figure('perSecond')} suffix={t('apply.perSecond')} />
              <InputNumber aria-label={t('sharing.form.perDay')} min={1} max={1_000_000_000} precision={0} value={wishes.perDay} onChange={figure('perDay')} suffix={t('apply.perDay')} />
            </div>
          </Form.Item>
        </Form>
      </Panel>
      {entries.map((entry) => (
        <Panel key={entry.code} title={entries.length > 1 ? `${t('sharing.form.filter')}：${entry.title}` : t('sharing.form.filter')}>
          <p className="dt-secondary dt-apply-note">{t('apply.rowsHint')}</p>
          <RowFilters
            fields={entry.fields.map(({ name, type }) => ({ name, filters: operatorsOf(type) }))} value={wishes.of[entry.code]?.filter ?? nothingOf.filter}
            onChange={(filter) => onEntryChange(entry.code, { filter })}
          />
          <h3 className="dt-apply-sub">{t('apply.version')}</h3>
          <VersionChoice entry={entry} chosen={wishes.of[entry.code]?.version} onChange={(version) => onEntryChange(entry.code, { version })} />
        </Panel>
      ))}
      <div className="dt-page-actions dt-apply-foot">
        <Button onClick={onBack}>{t('sharing.back')}</Button>
        <Button type="primary" disabled={quotaHalf} onClick={onNext}>{t('sharing.next')}</Button>
      </div>
    </>
  )
}
