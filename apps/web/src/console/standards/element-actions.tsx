import { type DataElementView, type ELEMENT_ACTIONS, operations } from '@datong/contracts'
import { App, Form, Input } from 'antd'
import { useAction } from '../../shared/api/hooks.ts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { ElementPicker } from './element-picker.tsx'

export type ElementAction = (typeof ELEMENT_ACTIONS)[number]

interface Values {
  readonly reason: string
  readonly from?: string
  readonly replacedBy?: string | null
}

/** Publishes, drops or abolishes, with the reason. */
export function ElementActionDialog({ element, action, onClose }: { readonly element: DataElementView; readonly action: ElementAction; readonly onClose: () => void }) {
  const { t } = useT()
  const name = useName()
  const { message } = App.useApp()
  const act = useAction(operations.actOnElement)
  const submit = async ({ reason, from, replacedBy }: Values): Promise<void> => {
    await act.mutateAsync({ params: { id: element.id, action }, body: { reason: reason.trim(), revision: element.revision, ...(from ? { from } : {}), ...(replacedBy ? { replacedBy } : {}) } })
    void message.success(t(`standards.done.${action}`))
  }
  return (
    <ActionDialog<Values> open title={t(`standards.actionTitle.${action}`, { name: name(element) })} intro={t(`standards.actionHint.${action}`)} submit={t(`standards.action.${action}`)} danger={action === 'abolish'} onClose={onClose} onSubmit={submit}>
      {action !== 'drop' && <Form.Item name="from" label={t(action === 'publish' ? 'standards.from' : 'standards.abolishFrom')} extra={t('standards.fromHint')}><Input type="date" style={{ width: 200 }} /></Form.Item>}
      {action === 'abolish' && <Form.Item name="replacedBy" label={t('standards.successor')}><ElementPicker label={t('standards.successor')} /></Form.Item>}
      <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} /></Form.Item>
    </ActionDialog>
  )
}
