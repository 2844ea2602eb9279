import { operations, type QualityRule } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { TicketStateChip } from '../../shared/tickets/ticket-chips.tsx'

/** The ticket of a rule, for who may see it: who mends what it finds, and how far that is. A rule that never failed has none. */
export function RuleTicket({ rule }: { readonly rule: Pick<QualityRule, 'id' | 'entryCode'> }) {
  const { t } = useT()
  const { can } = useSession()
  const tickets = useApi(operations.listTickets, { query: { entryCode: rule.entryCode, kind: 'rule', limit: 200 } }, { enabled: can(operations.listTickets) })
  const ticket = tickets.data?.items.find((one) => one.rule?.id === rule.id)
  if (ticket === undefined) return null
  return (
    <>
      <dt>{t('tickets.tab')}</dt>
      <dd><span className="dt-chips"><Link to={`/console/quality/tickets/${ticket.id}`}>{ticket.number}</Link><TicketStateChip state={ticket.state} isEnded={ticket.pause?.ended === true} /></span></dd>
    </>
  )
}
