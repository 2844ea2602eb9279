import { operations, type Ticket, TICKET_ACTIONS, type TicketAction } from '@datong/contracts'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useAction } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'

/** Steps that say nothing more than that they were taken. */
const SILENT: readonly TicketAction[] = ['accept', 'confirm', 'withdraw']
const DANGEROUS: readonly TicketAction[] = ['reject', 'drop', 'withdraw']
/** The step that usually comes next, coloured. */
const FORWARD: readonly TicketAction[] = ['accept', 'mend', 'confirm']

/** Buttons for exactly what the server says this person may do with the ticket now. */
export function TicketActions({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useT()
  const { message } = App.useApp()
  const [asked, setAsked] = useState<TicketAction | null>(null)
  const act = useAction(operations.actOnTicket)
  const allowed = TICKET_ACTIONS.filter((action) => ticket.allowedActions.includes(action))
  const forward = FORWARD.find((action) => allowed.includes(action) && !(action === 'accept' && ticket.state === 'in-hand'))
  const needed = asked !== null && !SILENT.includes(asked)
  return (
    <>
      {[...allowed.filter((action) => action !== forward), ...(forward ? [forward] : [])].map((action) => (
        <Button key={action} type={action === forward ? 'primary' : 'default'} danger={DANGEROUS.includes(action)} onClick={() => setAsked(action)}>{t(action === 'accept' && ticket.state === 'in-hand' ? 'tickets.action.takeOver' : `tickets.action.${action}`)}</Button>
      ))}
      {asked && (
        <ActionDialog<{ reason?: string }>
          open title={t(`tickets.action.${asked}`)} intro={t.maybe('tickets.intro.', `${asked}.${ticket.kind}`)} submit={t(`tickets.action.${asked}`)} danger={DANGEROUS.includes(asked)} onClose={() => setAsked(null)}
          onSubmit={async ({ reason }) => {
            await act.mutateAsync({ params: { id: ticket.id, action: asked }, body: reason?.trim() ? { reason: reason.trim() } : {} })
            void message.success(t('catalog.saved'))
          }}
        >
          <Form.Item name="reason" label={t(asked === 'mend' ? 'tickets.whatWasDone' : 'common.reason')} rules={needed ? [{ required: true, whitespace: true, message: t('common.required') }] : []}>
            <Input.TextArea rows={3} maxLength={1000} autoFocus />
          </Form.Item>
        </ActionDialog>
      )}
    </>
  )
}
