import { ENTRY_STATES, OPENING_TYPES, operations, RESOURCE_FORMATS, SHARING_TYPES, THEMES, UPDATE_CYCLES, type EntrySummary, type ResponseOf } from '@datong/contracts'
import { GRADES } from '@datong/kernel'
import { Button, Segmented, Tabs } from 'antd'
import { Link } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { AddToCart } from '../../shared/cart/add-to-cart.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { GradeChip, OpeningChip, SharingChip } from '../../shared/ui/chips.tsx'
import { DataTable, type DataColumn } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { SearchBox } from '../../shared/ui/search-box.tsx'
import { Stars } from '../../shared/ui/stars.tsx'
import { EntryStateChip } from '../../shared/ui/state-chip.tsx'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { SearchNote } from '../../shared/search/search-note.tsx'
import { Ranged } from '../../shared/ui/ranged.tsx'
import { FacetSelect } from './facet-select.tsx'

const SORTS = ['relevance', 'title', '-title', 'changedAt', '-changedAt', '-rowCount', '-stars', 'code'] as const
type Found = ResponseOf<typeof operations.searchEntries>['items'][number]
const FILTERS = ['q', 'organisation', 'theme', 'state', 'sharingType', 'openingType', 'grade', 'updateCycle', 'resourceFormat', 'classification', 'mine', 'sort'] as const

/** The catalogue: find an entry by words, facets and state. */
export function CatalogPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { has, can, user } = useSession()
  const { values, set, clear, any } = useFilters(FILTERS)
  const state = oneOf(ENTRY_STATES, values.state)
  const pages = usePages(operations.searchEntries, {
    query: {
      ...(values.q ? { q: values.q } : {}),
      ...(values.organisation ? { organisation: values.organisation } : {}),
      ...(values.classification ? { classification: values.classification } : {}),
      ...(values.mine === 'true' ? { mine: true } : {}),
      ...pick('theme', oneOf(THEMES, values.theme)),
      ...pick('state', state),
      ...pick('sharingType', oneOf(SHARING_TYPES, values.sharingType)),
      ...pick('openingType', oneOf(OPENING_TYPES, values.openingType)),
      ...pick('grade', oneOf(GRADES, values.grade)),
      ...pick('updateCycle', oneOf(UPDATE_CYCLES, values.updateCycle)),
      ...pick('resourceFormat', oneOf(RESOURCE_FORMATS, values.resourceFormat)),
      ...pick('sort', oneOf(SORTS, values.sort) ?? (values.q ? 'relevance' as const : '-changedAt' as const)),
    },
  })
  const facets = pages.answer.data?.facets
  const stateCount = (value: string): number | undefined => facets?.state.find((item) => item.value === value)?.count
  const seesStates = has('provider') || has('steward')

  const mayBeAsked = (entry: EntrySummary): boolean => entry.state === 'published' && entry.sharingType !== null && entry.sharingType !== 'not-shared' && entry.organisation.code !== user?.organisation?.code
  const columns: DataColumn<Found>[] = [
    {
      key: 'title', title: t('catalog.column.title'), sortKey: 'title',
      render: (entry) => (
        <div className="dt-cell-title">
          <Link to={`/console/catalog/${entry.code}`}><Ranged text={entry.title} ranges={entry.highlight?.title} /></Link>
          <div className="dt-secondary dt-cell-sub"><span className="dt-mono">{entry.code}</span> · {name(entry.organisation)}</div>
        </div>
      ),
    },
    { key: 'state', title: t('catalog.column.state'), render: (entry) => <EntryStateChip state={entry.state} /> },
    { key: 'sharing', title: t('catalog.column.sharing'), render: (entry) => <SharingChip type={entry.sharingType} /> },
    { key: 'opening', title: t('catalog.column.opening'), render: (entry) => <OpeningChip type={entry.openingType} /> },
    { key: 'grade', title: t('catalog.column.grade'), render: (entry) => <GradeChip grade={entry.grade} /> },
    { key: 'stars', title: t('catalog.column.quality'), render: (entry) => <Stars stars={entry.stars} at={entry.dataUpdatedAt} /> },
    { key: 'rows', title: t('catalog.column.rows'), align: 'right', render: (entry) => (entry.rowCount === null ? '–' : format.number(entry.rowCount)) },
    { key: 'fields', title: t('catalog.column.fields'), align: 'right', optional: true, render: (entry) => format.number(entry.fieldCount) },
    { key: 'theme', title: t('catalog.column.theme'), optional: true, render: (entry) => t(`common.theme.${entry.theme}`) },
    { key: 'cycle', title: t('catalog.column.cycle'), optional: true, render: (entry) => t(`common.cycle.${entry.updateCycle}`) },
    ...(can(operations.apply) ? [{ key: 'cart', title: t('apply.cartColumn'), render: (entry: EntrySummary) => (mayBeAsked(entry) ? <AddToCart small entry={entry} /> : null) }] : []),
    { key: 'changedAt', title: t('catalog.column.changedAt'), sortKey: 'changedAt', render: (entry) => <span className="dt-nowrap">{format.date(entry.changedAt)}</span> },
  ]

  return (
    <>
      <Panel flush>
        {seesStates && (
          <Tabs
            className="dt-state-tabs" activeKey={state ?? 'all'} onChange={(key) => set('state', key === 'all' ? undefined : key)}
            items={['all' as const, ...ENTRY_STATES].map((key) => ({
              key,
              label: key === 'all' ? t('common.all') : <>{t(`common.entryState.${key}`)} <span className="dt-secondary">{stateCount(key) ?? ''}</span></>,
            }))}
          />
        )}
        <div className="dt-filters" role="search">
          <SearchBox value={values.q} placeholder={t('catalog.searchHint')} onSearch={(q) => set('q', q)} />
          {has('provider') && (
            <Segmented
              value={values.mine === 'true' ? 'mine' : 'all'} onChange={(value) => set('mine', value === 'mine' ? 'true' : undefined)}
              options={[{ value: 'all', label: t('catalog.everyones') }, { value: 'mine', label: t('catalog.mine') }]}
            />
          )}
          <FacetSelect label={t('catalog.column.organisation')} value={values.organisation} counts={facets?.organisation} onChange={(v) => set('organisation', v)} />
          <FacetSelect label={t('catalog.column.theme')} value={values.theme} counts={facets?.theme} name={(v) => t.maybe('common.theme.', v)} onChange={(v) => set('theme', v)} />
          <FacetSelect label={t('catalog.column.sharing')} value={values.sharingType} counts={facets?.sharingType} name={(v) => t.maybe('common.sharing.', v)} onChange={(v) => set('sharingType', v)} />
          <FacetSelect label={t('catalog.column.opening')} value={values.openingType} counts={facets?.openingType} name={(v) => t.maybe('common.opening.', v)} onChange={(v) => set('openingType', v)} />
          <FacetSelect label={t('catalog.column.grade')} value={values.grade} counts={facets?.grade} name={(v) => t.maybe('common.grade.', v)} onChange={(v) => set('grade', v)} />
          <FacetSelect label={t('search.facet.updateCycle')} value={values.updateCycle} counts={facets?.updateCycle} name={(v) => t.maybe('common.cycle.', v)} onChange={(v) => set('updateCycle', v)} />
          <FacetSelect label={t('search.facet.resourceFormat')} value={values.resourceFormat} counts={facets?.resourceFormat} name={(v) => t.maybe('entry.format.', v)} onChange={(v) => set('resourceFormat', v)} />
          {any && <Button type="link" onClick={clear}>{t('catalog.clear')}</Button>}
        </div>
        {values.q && <SearchNote inset answer={pages.answer.data} q={values.q} to={(q) => `?${new URLSearchParams({ ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)), q })}`} />}
        <DataTable
          label={t('shell.nav.catalog')} pages={pages} columns={columns} rowKey={(entry) => entry.code} sort={values.sort} onSort={(sort) => set('sort', sort)}
          empty={any
            ? { title: t('catalog.noneFound'), hint: t('catalog.noneFoundHint'), action: <Button onClick={clear}>{t('catalog.clear')}</Button> }
            : { title: t('catalog.empty'), hint: t('catalog.emptyHint') }}
        />
      </Panel>
    </>
  )
}
