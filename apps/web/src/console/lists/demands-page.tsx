import { type Demand, DEMAND_STATES, operations } from '@datong/contracts'
import { Button, Select } from 'antd'
import { useSearchParams } from 'react-router'
import { useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { FileDemand } from '../../shared/demands/file-demand.tsx'
import { DemandStateChip } from '../../shared/demands/demand-state-chip.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Clock } from '../../shared/ui/clock.tsx'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { SearchBox } from '../../shared/ui/search-box.tsx'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { DemandDrawer } from './demand-drawer.tsx'

/** 需求清单: what others ask for and cannot find, the most wanted first. */
export function DemandsPage() {
  const { t } = useT()
  const name = useName()
  const format = useFormat()
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const { values, set } = useFilters(['state', 'q'])
  const [filing, setFiling] = useState(false)
  const state = oneOf(DEMAND_STATES, values.state)
  const pages = usePages(operations.listDemands, { query: { ...pick('state', state), ...pick('q', values.q) } })
  const missed = useApi(operations.listMissedSearches, {}, { enabled: can(operations.listMissedSearches) })
  const open = (id: string | null): void => setSearch((before) => {
    const next = new URLSearchParams(before)
    if (id === null) next.delete('open')
    else next.set('open', id)
    return next
  }, { replace: true })
  const opened = search.get('open')
  return (
    <>
      <Panel title={t('lists.demands')} flush extra={<Button type="primary" onClick={() => setFiling(true)}>{t('lists.file')}</Button>}>
        <div className="dt-filters">
          <SearchBox value={values.q ?? ''} onSearch={(q) => set('q', q || undefined)} placeholder={t('lists.findDemand')} />
          <Select allowClear placeholder={t('sharing.column.state')} aria-label={t('sharing.column.state')} value={state ?? null} onChange={(value) => set('state', value ?? undefined)} options={DEMAND_STATES.map((value) => ({ value, label: t(`lists.demandState.${value}`) }))} />
        </div>
        <DataTable<Demand>
          label={t('lists.demands')} pages={pages} rowKey={({ id }) => id} empty={{ title: t('lists.noDemands'), hint: t('lists.noDemandsHint') }}
          columns={[
            { key: 'title', title: t('lists.demand'), render: (one) => <div className="dt-cell-title"><Button type="link" className="dt-cell-link" onClick={() => open(one.id)}>{one.title}</Button><div className="dt-secondary dt-cell-sub"><span className="dt-mono">{one.number}</span> · {one.from ? name(one.from) : t('lists.public')} · {format.date(one.filedAt)}</div></div> },
            { key: 'support', title: t('lists.support'), render: ({ support }) => <span className="dt-number">{support}</span> },
            { key: 'department', title: t('lists.department'), render: ({ department }) => (department ? name(department) : '–') },
            { key: 'clock', title: t('board.clock'), render: ({ clock }) => clock && <Clock clock={clock} /> },
            { key: 'state', title: t('sharing.column.state'), render: (one) => <DemandStateChip state={one.state} /> },
          ]}
        />
      </Panel>
      {missed.data && missed.data.items.length > 0 && (
        <Panel title={t('lists.missed')}>
          <p className="dt-secondary">{t('lists.missedHint')}</p>
          <ul className="dt-missed">{missed.data.items.slice(0, 30).map(({ words, times }) => <li key={words}>{words} <span className="dt-secondary">{t('lists.times', { count: times })}</span></li>)}</ul>
        </Panel>
      )}
      {filing && <FileDemand onClose={() => setFiling(false)} inner />}
      {opened && <DemandDrawer key={opened} id={opened} onClose={() => open(null)} />}
    </>
  )
}
