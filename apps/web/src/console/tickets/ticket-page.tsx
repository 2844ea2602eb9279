import { operations, type Ticket } from '@datong/contracts'
import { useParams } from 'react-router'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { TicketKindChip, TicketStateChip } from '../../shared/tickets/ticket-chips.tsx'
import { Clock } from '../../shared/ui/clock.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { Timeline } from '../../shared/ui/timeline.tsx'
import { useRuleTitle } from '../quality/use-kinds.ts'
import { CommentBox } from './comment-box.tsx'
import { FailingRowsPanel } from './failing-rows-panel.tsx'
import { TicketActions } from './ticket-actions.tsx'
import './tickets.css'

/** One fault: what is wrong in which rows, whose it is, how long there is, and what was done. */
export function TicketPage() {
  const { id = '' } = useParams()
  const ticket = useApi(operations.getTicket, { params: { id } })
  return <Loaded of={ticket} rows={8}>{(data) => <TicketView key={data.id} ticket={data} />}</Loaded>
}

function TicketView({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const ruleTitle = useRuleTitle()
  return (
    <>
      <PageHeader
        back={{ to: '/console/quality/tickets', text: t('tickets.title') }} title={ruleTitle(ticket)}
        chips={<><TicketStateChip state={ticket.state} isEnded={ticket.pause?.ended === true} /><TicketKindChip ticket={ticket} /></>}
        facts={
          <>
            <span className="dt-mono">{ticket.number}</span>
            <Link to={`/console/catalog/${ticket.entry.code}?tab=quality`}>{ticket.entry.title}</Link>
            {ticket.field && <span>{ticket.field}</span>}
            <span>{name(ticket.department)}</span>
            <span>{ticket.handler ? t('tickets.handledBy', { name: ticket.handler.name }) : t('tickets.nobody')}</span>
            {ticket.reopened > 0 && <span className="dt-warn">{t('tickets.reopenedTimes', { count: ticket.reopened })}</span>}
          </>
        }
        actions={<TicketActions ticket={ticket} />}
      />
      <div className="dt-columns">
        <div>
          {ticket.pause && <PausePanel pause={ticket.pause} />}
          {ticket.rule && <RulePanel ticket={ticket} rule={ticket.rule} />}
          {ticket.report && <ReportPanel report={ticket.report} />}
          {ticket.answer && <Panel title={t('tickets.answer')}><p className="dt-prewrap dt-ticket-text">{ticket.answer}</p></Panel>}
          {ticket.rule && <FailingRowsPanel entryCode={ticket.entry.code} ruleId={ticket.rule.id} version={ticket.rule.lastVersion} field={ticket.field} />}
        </div>
        <aside>
          {ticket.clock && <Panel><Clock clock={ticket.clock} size="large" /></Panel>}
          {ticket.closedAt && <Panel><p className="dt-ticket-text">{ticket.closedVersion === null ? t('tickets.closedOn', { date: format.date(ticket.closedAt) }) : t('tickets.closedBy', { date: format.date(ticket.closedAt), version: ticket.closedVersion })}</p></Panel>}
          <Panel title={t('tickets.course')}>
            {ticket.allowedActions.includes('comment') && <CommentBox ticket={ticket} />}
            <Timeline items={ticket.history} />
          </Panel>
        </aside>
      </div>
    </>
  )
}

/** The rule rests: by whom and why, and what that means for the ticket. */
function PausePanel({ pause: { by, bureau, reason, at, ended } }: { readonly pause: NonNullable<Ticket['pause']> }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <Panel title={t(ended ? 'tickets.pause.ended' : 'tickets.pause.paused')}>
      <p className="dt-prewrap dt-ticket-text">{reason}</p>
      <p className="dt-secondary dt-ticket-text">{by} · {format.dateTime(at)}</p>
      <p className="dt-ticket-text">{t(ended ? 'tickets.pause.endedMeans' : bureau ? 'tickets.pause.bureauMeans' : 'tickets.pause.pausedMeans')}</p>
    </Panel>
  )
}

function RulePanel({ ticket, rule }: { readonly ticket: Ticket; readonly rule: NonNullable<Ticket['rule']> }) {
  const { t } = useT()
  const ruleTitle = useRuleTitle()
  const format = useFormat()
  const share = rule.checked === 0 ? 0 : rule.failed / rule.checked
  return (
    <Panel title={t('tickets.found')}>
      <p className="dt-ticket-text">
        <strong className="dt-num">{t('tickets.failedOf', { failed: format.number(rule.failed), checked: format.number(rule.checked) })}</strong>{' '}
        <span className="dt-secondary">{t('tickets.shareAllowed', { share: format.percent(share, 2), allowed: format.percent(rule.toleranceShare, 2) })}</span>
      </p>
      <div className="dt-ticket-share" aria-hidden><span style={{ width: `${Math.max(share * 100, rule.failed > 0 ? 0.6 : 0)}%` }} /></div>
      <dl className="dt-def">
        <div className="dt-def-group"><dt>{t('tickets.firstVersion')}</dt><dd>v{rule.firstVersion}</dd></div>
        <div className="dt-def-group"><dt>{t('tickets.lastVersion')}</dt><dd>v{rule.lastVersion}</dd></div>
        <div className="dt-def-group"><dt>{t('tickets.ruleTitle')}</dt><dd><Link to={`/console/quality/rules/${rule.id}`}>{ruleTitle(ticket)}</Link></dd></div>
      </dl>
    </Panel>
  )
}

function ReportPanel({ report }: { readonly report: NonNullable<Ticket['report']> }) {
  const { t } = useT()
  const name = useName()
  const { cell } = report
  return (
    <Panel title={t('tickets.reported')}>
      <p className="dt-prewrap dt-ticket-text">{report.description}</p>
      <dl className="dt-def">
        <div className="dt-def-group"><dt>{t('tickets.reporter')}</dt><dd>{report.from ? name(report.from) : t('lists.public')}{report.support > 1 && ` · ${t('tickets.people', { count: report.support })}`}</dd></div>
        {report.version !== null && <div className="dt-def-group"><dt>{t('tickets.reportedVersion')}</dt><dd>v{report.version}</dd></div>}
        {cell?.row && <div className="dt-def-group"><dt>{t('tickets.row')}</dt><dd>{cell.row.field} = <strong>{cell.row.value}</strong></dd></div>}
        {cell?.seen && <div className="dt-def-group"><dt>{t('tickets.seen')}</dt><dd><del>{cell.seen}</del></dd></div>}
        {cell?.proposed && <div className="dt-def-group"><dt>{t('tickets.proposed')}</dt><dd><ins>{cell.proposed}</ins></dd></div>}
        <div className="dt-def-group"><dt>{t('tickets.recheck')}</dt><dd>{t(`tickets.recheck.${report.recheck}`)}</dd></div>
      </dl>
    </Panel>
  )
}
