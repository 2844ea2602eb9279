import { operations, type TicketsAction } from '@datong/contracts'
import { App, Form, Input } from 'antd'
import { useAction } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'

interface ManyDialogProps {
  readonly action: TicketsAction
  readonly ids: readonly string[]
  readonly onClose: () => void
  readonly onDone: () => void
}

/** One step on all chosen tickets. */
export function ManyDialog({ action, ids, onClose, onDone }: ManyDialogProps) {
  const { t } = useT()
  const { message } = App.useApp()
  const act = useAction(operations.actOnTickets)
  const needed = action !== 'accept'
  return (
    <ActionDialog<{ reason?: string }>
      open title={t(`tickets.action.${action}`)} intro={t('tickets.many', { count: ids.length })} submit={t(`tickets.action.${action}`)} danger={action === 'drop'} onClose={onClose}
      onSubmit={async ({ reason }) => {
        const { items } = await act.mutateAsync({ params: { action }, body: { ids: [...ids], ...(reason?.trim() ? { reason: reason.trim() } : {}) } })
        const failed = items.filter(({ done }) => !done).length
        void (failed === 0 ? message.success(t('clocks.done', { count: items.length })) : message.warning(t('clocks.partly', { done: items.length - failed, failed })))
        onDone()
      }}
    >
      <Form.Item name="reason" label={t(action === 'mend' ? 'tickets.whatWasDone' : 'common.reason')} rules={needed ? [{ required: true, whitespace: true, message: t('common.required') }] : []}>
        <Input.TextArea rows={3} maxLength={1000} autoFocus />
      </Form.Item>
    </ActionDialog>
  )
}
