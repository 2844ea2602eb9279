import { operations, type Responsibility } from '@datong/contracts'
import { App, Form, Input } from 'antd'
import { useAction } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'

/** Strikes an item from the responsibility list, with a reason. */
export function StrikeDialog({ item, onClose }: { readonly item: Responsibility; readonly onClose: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const remove = useAction(operations.removeResponsibility)
  return (
    <ActionDialog<{ reason: string }>
      open danger title={t('lists.strikeTitle', { item: item.item })} submit={t('lists.strike')} onClose={onClose}
      onSubmit={async ({ reason }) => {
        await remove.mutateAsync({ params: { id: item.id }, body: { reason: reason.trim() } })
        void message.success(t('catalog.saved'))
      }}
    >
      <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea rows={3} maxLength={500} autoFocus /></Form.Item>
    </ActionDialog>
  )
}
