import { operations, type Application } from '@datong/contracts'
import { Alert, DatePicker, Form, Input, InputNumber, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useApi } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { FieldTable } from '../../../shared/ui/field-table.tsx'
import type { ActionBody } from './action-forms.ts'
import '../sharing.css'

interface Terms {
  readonly perSecond: number
  readonly perDay: number
  readonly until: Dayjs
  readonly reason?: string
}

interface ApproveDialogProps {
  readonly application: Application
  /** Consent to some of the fields, which are chosen here; otherwise to all. */
  readonly part: boolean
  readonly onClose: () => void
  readonly onApprove: (body: ActionBody) => Promise<void>
}

/** Consent, whole or in part: which fields, masked how, how much and how long. A department speaks for its own fields. */
export function ApproveDialog({ application, part, onClose, onApprove }: ApproveDialogProps) {
  const { t } = useT()
  const { user } = useSession()
  const opinion = application.opinions.find(({ department, state }) => department.code === user?.organisation?.code && state === 'asked')
  const fields = opinion && application.opinions.length > 1 ? application.fields.filter(({ name }) => opinion.fields.includes(name)) : application.fields
  const methods = useApi(operations.listMaskingMethods)
  const [chosen, setChosen] = useState(() => fields.map((field) => field.name))
  const [masking, setMasking] = useState<Readonly<Record<string, string>>>({})
  const left = fields.length - chosen.length

  const submit = async ({ perSecond, perDay, until, reason }: Terms): Promise<void> => {
    const masks = Object.fromEntries(Object.entries(masking).filter(([name]) => chosen.includes(name)))
    await onApprove({
      fields: chosen, quota: { perSecond, perDay }, until: until.format('YYYY-MM-DD'),
      ...(Object.keys(masks).length > 0 ? { masking: masks } : {}),
      ...(reason?.trim() ? { reason: reason.trim() } : {}),
    })
  }

  return (
    <ActionDialog<Terms>
      open width={part ? 820 : 560} title={part ? t('sharing.approveInPart') : t('sharing.action.approve')}
      intro={part ? t('sharing.actionIntro.approve') : t('sharing.approveAllIntro', { count: fields.length })}
      submit={part ? t('sharing.approveInPart') : t('sharing.action.approve')}
      initial={{ perSecond: application.quota?.perSecond ?? 50, perDay: application.quota?.perDay ?? 100_000, until: dayjs(application.until) }} onClose={onClose}
      onSubmit={submit}
    >
      {part && <div className="dt-approve-fields">
        <FieldTable
          fields={fields} selection={{ chosen, onChange: setChosen }}
          extra={[{
            key: 'mask', title: t('sharing.stricterMask'),
            render: ({ name }) => (
              <Select
                size="small" allowClear style={{ width: 160 }} placeholder={t('sharing.asPolicy')} aria-label={`${name} ${t('sharing.stricterMask')}`} disabled={!chosen.includes(name)} value={masking[name] ?? null}
                options={methods.data?.items.filter((method) => method.id !== 'keep').map((method) => ({ value: method.id, label: t.language === 'en' ? method.titleEn : method.title })) ?? []}
                onChange={(value) => setMasking(({ [name]: _, ...rest }) => (value ? { ...rest, [name]: value } : rest))}
              />
            ),
          }]}
        />
      </div>}
      {chosen.length === 0 && <Alert type="warning" showIcon title={t('sharing.noneChosen')} style={{ marginBottom: 16 }} />}
      {left > 0 && chosen.length > 0 && <Alert type="info" showIcon title={t('sharing.leftOut', { count: left })} style={{ marginBottom: 16 }} />}
      <div className="dt-form-grid">
        <Form.Item name="perSecond" label={t('sharing.form.perSecond')} rules={[{ required: true }]}><InputNumber min={1} max={100_000} precision={0} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="perDay" label={t('sharing.form.perDay')} rules={[{ required: true }]}><InputNumber min={1} max={1_000_000_000} precision={0} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="until" label={t('sharing.form.until')} rules={[{ required: true }]}>
          <DatePicker allowClear={false} format="YYYY-MM-DD" minDate={dayjs().add(1, 'day')} maxDate={dayjs(application.until)} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="reason" label={t('catalog.note')}><Input maxLength={2000} /></Form.Item>
      </div>
    </ActionDialog>
  )
}
