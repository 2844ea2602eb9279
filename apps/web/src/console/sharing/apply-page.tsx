import { operations, type Entry } from '@datong/contracts'
import { Alert, App, Button, DatePicker, Form, Input, Radio, Select, Steps } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { SharingChip } from '../../shared/ui/chips.tsx'
import { FieldTable } from '../../shared/ui/field-table.tsx'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { Empty, ErrorState, Loaded } from '../../shared/ui/states.tsx'
import './sharing.css'

/** Apply for an entry in three steps: fields, what for, confirm. */
export function ApplyPage() {
  const { t } = useT()
  const { code = '' } = useParams()
  const entry = useApi(operations.getEntry, { params: { code } })
  return (
    <Loaded of={entry} rows={8}>
      {(data) => data.allowedActions.includes('apply')
        ? <Apply key={data.code} entry={data} />
        : <Empty page title={t('sharing.mayNotApply')} action={<LinkButton to={`/console/catalog/${code}`}>{t('catalog.backToEntry')}</LinkButton>} />}
    </Loaded>
  )
}

interface Wishes {
  readonly purpose: string
  readonly use: string
  readonly legalBasis?: string
  readonly delivery: 'api' | 'file'
  readonly until: Dayjs
  readonly appId?: string
}

function Apply({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const name = useName()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [form] = Form.useForm<Wishes>()
  const [step, setStep] = useState(0)
  const [chosen, setChosen] = useState<string[]>([])
  const [wishes, setWishes] = useState<Wishes | null>(null)
  const apps = useApi(operations.listApps)
  const apply = useAction(operations.apply)
  const fields = entry.fields.filter((field) => chosen.includes(field.name))
  const page = `/console/catalog/${entry.code}`
  const required = [{ required: true, whitespace: true, message: t('common.required') }]

  const send = async (): Promise<void> => {
    if (!wishes) return
    const { purpose, use, legalBasis, delivery, until, appId } = wishes
    // The failure stays on the page through `apply.error`.
    await apply.mutateAsync({
      body: {
        entryCode: entry.code, fields: chosen, purpose: purpose.trim(), use: use.trim(), delivery, until: until.format('YYYY-MM-DD'),
        ...(legalBasis?.trim() ? { legalBasis: legalBasis.trim() } : {}),
        ...(appId ? { appId } : {}),
      },
    }).then((made) => {
      void message.success(made.state === 'approved' ? t('sharing.grantedAtOnce') : t('sharing.sent', { number: made.number }))
      void navigate(made.grantId ? `/console/sharing/grants/${made.grantId}` : `/console/sharing/applications/${made.id}`)
    }, () => undefined)
  }

  return (
    <>
      <PageHeader
        back={{ to: page, text: entry.title }} title={t('sharing.applyTitle', { entry: entry.title })}
        chips={<SharingChip type={entry.sharingType} />} facts={<span>{name(entry.organisation)}</span>}
      />
      {entry.sharingType === 'conditional' && entry.sharingCondition && <Alert type="info" showIcon style={{ marginBottom: 16 }} title={t('sharing.conditions')} description={<span className="dt-prewrap">{entry.sharingCondition}</span>} />}
      <Panel>
        <Steps size="small" current={step} items={[{ title: t('sharing.step.fields') }, { title: t('sharing.step.purpose') }, { title: t('sharing.step.confirm') }]} />
      </Panel>
      {step === 0 && (
        <Panel
          title={t('sharing.pickFields')} flush
          extra={<Button type="primary" disabled={chosen.length === 0} onClick={() => setStep(1)}>{t('sharing.nextWith', { count: chosen.length })}</Button>}
        >
          <p className="dt-secondary" style={{ padding: '0 20px 12px' }}>{t('sharing.pickHint')}</p>
          <FieldTable fields={entry.fields} selection={{ chosen, onChange: setChosen }} />
        </Panel>
      )}
      {step === 1 && (
        <Panel title={t('sharing.whatFor')}>
          <Form<Wishes>
            form={form} layout="vertical" className="dt-form-grid"
            initialValues={wishes ?? { delivery: 'api', until: dayjs().add(1, 'year') }}
            onFinish={(values) => { setWishes(values); setStep(2) }}
          >
            <Form.Item name="purpose" label={t('sharing.form.purpose')} extra={t('sharing.purposeHint')} rules={required} className="dt-form-wide"><Input.TextArea autoSize={{ minRows: 3 }} maxLength={2000} autoFocus /></Form.Item>
            <Form.Item name="use" label={t('sharing.form.use')} extra={t('sharing.useHint')} rules={required} className="dt-form-wide"><Input maxLength={500} /></Form.Item>
            <Form.Item name="legalBasis" label={t('sharing.form.legalBasis')} className="dt-form-wide"><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} /></Form.Item>
            <Form.Item name="delivery" label={t('sharing.form.delivery')}><Radio.Group options={(['api', 'file'] as const).map((value) => ({ value, label: t(`sharing.delivery.${value}`) }))} /></Form.Item>
            <Form.Item name="until" label={t('sharing.form.until')} rules={[{ required: true, message: t('common.required') }]}><DatePicker format="YYYY-MM-DD" minDate={dayjs().add(1, 'day')} style={{ width: '100%' }} /></Form.Item>
            <Form.Item name="appId" label={t('sharing.form.app')} extra={t('sharing.appHint')}>
              <Select allowClear placeholder={t('sharing.appPlaceholder')} options={apps.data?.items.map((app) => ({ value: app.id, label: app.name })) ?? []} />
            </Form.Item>
            <div className="dt-form-wide dt-page-actions">
              <Button onClick={() => setStep(0)}>{t('sharing.back')}</Button>
              <Button type="primary" htmlType="submit">{t('sharing.next')}</Button>
            </div>
          </Form>
        </Panel>
      )}
      {step === 2 && wishes && (
        <>
          <Panel title={t('sharing.whatFor')}>
            <dl className="dt-def">
              <dt>{t('sharing.form.purpose')}</dt><dd className="dt-prewrap">{wishes.purpose}</dd>
              <dt>{t('sharing.form.use')}</dt><dd>{wishes.use}</dd>
              <dt>{t('sharing.form.legalBasis')}</dt><dd className="dt-prewrap">{wishes.legalBasis || '–'}</dd>
              <dt>{t('sharing.form.delivery')}</dt><dd>{t(`sharing.delivery.${wishes.delivery}`)}</dd>
              <dt>{t('sharing.form.until')}</dt><dd>{wishes.until.format('YYYY-MM-DD')}</dd>
            </dl>
          </Panel>
          <Panel title={t('sharing.askedFields', { count: fields.length })} flush><FieldTable fields={fields} /></Panel>
          {apply.error && <div style={{ marginBottom: 16 }}><ErrorState error={apply.error} /></div>}
          <div className="dt-page-actions">
            <Button onClick={() => setStep(1)}>{t('sharing.back')}</Button>
            <Button type="primary" loading={apply.isPending} onClick={() => void send()}>{t('sharing.send')}</Button>
          </div>
        </>
      )}
    </>
  )
}
