import { operations, type Organisation } from '@datong/contracts'
import { App, Checkbox, DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useAction } from '../../shared/api/hooks.ts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'

interface MergeDialogProps {
  readonly organisation: Organisation
  readonly others: readonly Organisation[]
  readonly onClose: () => void
}

interface Values {
  readonly into: string
  readonly from: Dayjs
  readonly reason: string
  readonly sure: boolean
}

/** Orders that a department passes all it has to another. It cannot be undone, so it is confirmed in so many words. */
export function MergeDialog({ organisation, others, onClose }: MergeDialogProps) {
  const { t } = useT()
  const name = useName()
  const { message } = App.useApp()
  const merge = useAction(operations.mergeOrganisation)
  const required = [{ required: true, message: t('common.required') }]
  return (
    <ActionDialog<Values>
      open danger title={t('settings.mergeTitle', { name: name(organisation) })} intro={t('settings.mergeIntro')} submit={t('settings.mergeThis')} initial={{ from: dayjs() }} onClose={onClose}
      onSubmit={async ({ into, from, reason }) => {
        await merge.mutateAsync({ params: { code: organisation.code }, body: { into, from: from.format('YYYY-MM-DD'), reason: reason.trim() } })
        void message.success(t('settings.mergeDone'))
      }}
    >
      <Form.Item name="into" label={t('settings.mergeInto')} rules={required}>
        <Select showSearch optionFilterProp="label" options={others.filter(({ code, merger }) => code !== organisation.code && !merger).map((other) => ({ value: other.code, label: name(other) }))} />
      </Form.Item>
      <Form.Item name="from" label={t('settings.mergeFrom')} rules={required}><DatePicker format="YYYY-MM-DD" style={{ width: '100%' }} /></Form.Item>
      <Form.Item name="reason" label={t('settings.mergeReason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} /></Form.Item>
      <Form.Item name="sure" valuePropName="checked" rules={[{ validator: (_, sure) => (sure === true ? Promise.resolve() : Promise.reject(new Error(t('settings.mergeConfirmNeeded')))) }]}>
        <Checkbox>{t('settings.mergeConfirm', { name: name(organisation) })}</Checkbox>
      </Form.Item>
    </ActionDialog>
  )
}
