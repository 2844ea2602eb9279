import type { CellTrace } from '@datong/contracts'
import { Link } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { TicketStateChip } from '../../shared/tickets/ticket-chips.tsx'
import { useRuleTitle } from '../quality/use-kinds.ts'
import './tickets.css'

/** The way of one cell, station by station, from where it stands to who answers for it. */
export function TraceView({ trace }: { readonly trace: CellTrace }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const ruleTitle = useRuleTitle()
  const { has, user } = useSession()
  // The owner is told every value: nothing is nothing.
  const isOwner = has('provider') && user?.organisation?.code === trace.department.code
  const from = trace.origins.map(({ input, field }) => ({ ...trace.inputs[input], field }))
  return (
    <ol className="dt-trace">
      <li>
        <strong>{t('tickets.way.cell', { field: trace.field, row: format.number(trace.row) })}</strong>
        {trace.value === null ? <span className="dt-secondary">{t(isOwner ? 'tickets.empty' : 'tickets.way.noValue')}</span> : <code>{trace.value}</code>}
      </li>
      <li>
        <strong>{t('tickets.way.version', { version: trace.version.number })}</strong>
        <span className="dt-secondary"><Link to={`/console/catalog/${trace.entry.code}?tab=versions`}>{trace.entry.title}</Link> · {format.dateTime(trace.version.madeAt)}{trace.version.current && ` · ${t('tickets.way.current')}`}</span>
      </li>
      {trace.since && <li><strong>{t('tickets.way.since', { version: trace.since.version })}</strong><span className="dt-secondary">{t('tickets.way.sinceRow', { row: format.number(trace.since.row) })} · {format.dateTime(trace.since.madeAt)}</span></li>}
      {trace.steps.map((step, index) => <li key={index}><strong>{t.maybe('tickets.step.', step.kind)}</strong><span className="dt-secondary">{step.title} v{step.version}</span></li>)}
      <li>
        <strong><Link to={`/console/collection/loads/${trace.load.id}`}>{t('tickets.way.load')}</Link></strong>
        <span className="dt-secondary">{trace.load.by} · {format.dateTime(trace.load.at)}</span>
      </li>
      <li>
        <strong>{t('tickets.way.source')}</strong>
        {from.map(({ title, field, entryCode }) => <div key={`${title} ${field}`}>{entryCode ? <Link to={`/console/catalog/${entryCode}`}>{title}</Link> : title} · {field}{trace.how !== 'same' && <span className="dt-secondary"> · {t.maybe('tickets.how.', trace.how)}</span>}</div>)}
        {trace.line === null ? <span className="dt-secondary">{t('tickets.way.noLine')}</span> : <span className="dt-trace-line">{t('tickets.way.line', { line: format.number(trace.line) })}</span>}
        <div className="dt-secondary dt-mono">SHA-256 {trace.load.sha256.slice(0, 16)}…</div>
      </li>
      <li>
        <strong>{name(trace.department)}</strong>
        <span className="dt-secondary">{trace.duty ? t('tickets.way.duty', { name: trace.duty.name }) : t('tickets.noDuty')}</span>
        {trace.tickets.map((one) => <div key={one.id} className="dt-chips"><Link to={`/console/quality/tickets/${one.id}`}>{one.number} {ruleTitle(one)}</Link><TicketStateChip state={one.state} /></div>)}
      </li>
    </ol>
  )
}
