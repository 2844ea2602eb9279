import { operations, THEMES, type EntrySummary } from '@datong/contracts'
import { Segmented } from 'antd'
import { Link } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { SearchBox } from '../../shared/ui/search-box.tsx'
import { Stars } from '../../shared/ui/stars.tsx'
import { EntryStateChip } from '../../shared/ui/state-chip.tsx'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { FacetSelect } from '../catalog/facet-select.tsx'

/** Entries by their stars, best first; each opens its rules and figures. */
export function EntriesPanel() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { has } = useSession()
  const { values, set, any } = useFilters(['q', 'organisation', 'theme', 'mine'])
  const pages = usePages(operations.searchEntries, {
    query: { sort: '-stars', ...pick('q', values.q), ...pick('organisation', values.organisation), ...pick('theme', oneOf(THEMES, values.theme)), ...(values.mine === 'true' ? { mine: true } : {}) },
  })
  const facets = pages.answer.data?.facets
  return (
    <Panel title={t('checks.entries')} flush>
      <div className="dt-filters" role="search">
        <SearchBox value={values.q} placeholder={t('catalog.searchHint')} onSearch={(q) => set('q', q)} />
        {has('provider') && (
          <Segmented
            value={values.mine === 'true' ? 'mine' : 'all'} onChange={(value) => set('mine', value === 'mine' ? 'true' : undefined)}
            options={[{ value: 'all', label: t('catalog.everyones') }, { value: 'mine', label: t('catalog.mine') }]}
          />
        )}
        <FacetSelect label={t('catalog.column.organisation')} value={values.organisation} counts={facets?.organisation} onChange={(value) => set('organisation', value)} />
        <FacetSelect label={t('catalog.column.theme')} value={values.theme} counts={facets?.theme} name={(value) => t.maybe('common.theme.', value)} onChange={(value) => set('theme', value)} />
      </div>
      <DataTable<EntrySummary>
        label={t('checks.entries')} pages={pages} rowKey={(entry) => entry.code} empty={any ? { title: t('catalog.noneFound'), hint: t('catalog.noneFoundHint') } : { title: t('catalog.empty') }}
        columns={[
          {
            key: 'title', title: t('catalog.column.title'),
            render: (entry) => (
              <div className="dt-cell-title">
                <Link to={`/console/quality/entries/${entry.code}`}>{entry.title}</Link>
                <div className="dt-secondary dt-cell-sub">{name(entry.organisation)}</div>
              </div>
            ),
          },
          { key: 'stars', title: t('quality.overall'), render: (entry) => <Stars stars={entry.stars} at={entry.dataUpdatedAt} /> },
          { key: 'rows', title: t('catalog.column.rows'), align: 'right', render: (entry) => (entry.rowCount === null ? '–' : format.number(entry.rowCount)) },
          { key: 'updated', title: t('quality.dataUpdated'), render: (entry) => (entry.dataUpdatedAt ? format.date(entry.dataUpdatedAt) : '–') },
          { key: 'cycle', title: t('catalog.column.cycle'), render: (entry) => t(`common.cycle.${entry.updateCycle}`) },
          { key: 'state', title: t('catalog.column.state'), render: (entry) => <EntryStateChip state={entry.state} /> },
        ]}
      />
    </Panel>
  )
}
