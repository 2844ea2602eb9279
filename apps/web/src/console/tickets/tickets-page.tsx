import { operations, SEVERITIES, TICKET_KINDS, TICKET_STATES, type Ticket, TICKETS_ACTIONS, type TicketsAction } from '@datong/contracts'
import { Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { TicketKindChip, TicketStateChip } from '../../shared/tickets/ticket-chips.tsx'
import { Clock } from '../../shared/ui/clock.tsx'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { SearchBox } from '../../shared/ui/search-box.tsx'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { useRuleTitle } from '../quality/use-kinds.ts'
import { DutyDialog } from './duty-dialog.tsx'
import { ManyDialog } from './many-dialog.tsx'
import { TicketFigures } from './ticket-figures.tsx'
import './tickets.css'

const VIEWS = ['going', 'mine', 'all'] as const
const BASE = '/console/quality/tickets'

/** Faults of data and who mends them: what waits first, the gravest of it first. */
export function TicketsPage() {
  const { t } = useT()
  const name = useName()
  const format = useFormat()
  const ruleTitle = useRuleTitle()
  const { can, has } = useSession()
  const { values, set, clear, any } = useFilters(['view', 'state', 'kind', 'severity', 'department', 'entryCode', 'q'])
  const [duty, setDuty] = useState(false)
  const [chosen, setChosen] = useState<string[]>([])
  const [asked, setAsked] = useState<TicketsAction | null>(null)
  const view = oneOf(VIEWS, values.view) ?? 'going'
  const [state, kind, severity] = [oneOf(TICKET_STATES, values.state), oneOf(TICKET_KINDS, values.kind), oneOf(SEVERITIES, values.severity)]
  const pages = usePages(operations.listTickets, {
    query: {
      ...(state === undefined ? (view === 'all' ? {} : { state: 'going' as const }) : { state }), ...(view === 'mine' ? { mine: true } : {}), ...pick('kind', kind), ...pick('severity', severity),
      ...pick('department', values.department), ...pick('entryCode', values.entryCode), ...pick('q', values.q),
    },
  })
  const common = commonSteps((pages.answer.data?.items ?? []).filter(({ id }) => chosen.includes(id)))
  return (
    <>
      <TicketFigures department={values.department} onDepartment={(code) => set('department', code)} />
      <Panel title={t('tickets.title')} flush extra={can(operations.setDuty) && <Button onClick={() => setDuty(true)}>{t('tickets.duty')}</Button>}>
        <div className="dt-filters" role="search">
          <Segmented value={view} onChange={(value) => set('view', value === 'going' ? undefined : value)} options={VIEWS.filter((one) => one !== 'mine' || has('provider')).map((value) => ({ value, label: t(`tickets.view.${value}`) }))} />
          <SearchBox value={values.q ?? ''} onSearch={(q) => set('q', q || undefined)} placeholder={t('tickets.find')} />
          <Select allowClear placeholder={t('tickets.kindTitle')} aria-label={t('tickets.kindTitle')} value={kind ?? null} onChange={(value) => set('kind', value ?? undefined)} options={TICKET_KINDS.map((value) => ({ value, label: t(`tickets.kind.${value}`) }))} />
          <Select allowClear placeholder={t('tickets.severityTitle')} aria-label={t('tickets.severityTitle')} value={severity ?? null} onChange={(value) => set('severity', value ?? undefined)} options={SEVERITIES.map((value) => ({ value, label: t(`tickets.severity.${value}`) }))} />
          <Select allowClear placeholder={t('sharing.column.state')} aria-label={t('sharing.column.state')} value={state ?? null} onChange={(value) => set('state', value ?? undefined)} options={TICKET_STATES.map((value) => ({ value, label: t(`tickets.state.${value}`) }))} />
          {any && <Button type="link" onClick={clear}>{t('catalog.clear')}</Button>}
        </div>
        <DataTable<Ticket>
          label={t('tickets.title')} pages={pages} rowKey={({ id }) => id} empty={any ? { title: t('tickets.noneFound') } : { title: t('tickets.none'), hint: t('tickets.noneHint') }}
          {...(can(operations.actOnTickets) ? {
            selection: {
              chosen, onChange: setChosen, choosable: (one) => stepsOf(one).length > 0, name: (one) => `${one.number} ${ruleTitle(one)}`,
              bar: <span className="dt-chips">{common.map((action) => <Button key={action} size="small" onClick={() => setAsked(action)}>{t(`tickets.action.${action}`)}</Button>)}</span>,
            },
          } : {})}
          columns={[
            {
              key: 'title', title: t('tickets.fault'),
              render: (one) => (
                <div className="dt-cell-title dt-ticket-fault">
                  <Link to={`${BASE}/${one.id}`}>{ruleTitle(one)}</Link>
                  <div className="dt-secondary dt-cell-sub"><span className="dt-mono">{one.number}</span> · {one.entry.title}{one.field && ` · ${one.field}`}</div>
                </div>
              ),
            },
            { key: 'kind', title: t('tickets.kindColumn'), render: (one) => <TicketKindChip ticket={one} /> },
            { key: 'counts', title: t('tickets.failing'), render: (one) => (one.rule ? <span className="dt-num">{t('tickets.failedOf', { failed: format.number(one.rule.failed), checked: format.number(one.rule.checked) })}</span> : one.report ? t('tickets.people', { count: one.report.support }) : '–') },
            { key: 'department', title: t('lists.department'), render: (one) => <div className="dt-ticket-department">{name(one.department)}{one.handler && <div className="dt-secondary dt-cell-sub">{one.handler.name}</div>}</div> },
            { key: 'clock', title: t('board.clock'), render: ({ clock }) => (clock ? <Clock clock={clock} /> : '–') },
            { key: 'state', title: t('sharing.column.state'), render: (one) => <><TicketStateChip state={one.state} isEnded={one.pause?.ended === true} />{one.reopened > 0 && <div className="dt-secondary dt-cell-sub dt-nowrap">{t('tickets.reopenedTimes', { count: one.reopened })}</div>}</> },
            { key: 'opened', title: t('tickets.openedAt'), optional: true, render: (one) => format.date(one.openedAt) },
          ]}
        />
      </Panel>
      {duty && <DutyDialog onClose={() => setDuty(false)} />}
      {asked && <ManyDialog action={asked} ids={chosen} onClose={() => setAsked(null)} onDone={() => setChosen([])} />}
    </>
  )
}

const stepsOf = ({ allowedActions }: Ticket): TicketsAction[] => TICKETS_ACTIONS.filter((action) => allowedActions.includes(action))
/** What may be done with every one of the chosen. */
const commonSteps = (rows: readonly Ticket[]): TicketsAction[] => (rows.length === 0 ? [] : TICKETS_ACTIONS.filter((action) => rows.every((row) => stepsOf(row).includes(action))))
