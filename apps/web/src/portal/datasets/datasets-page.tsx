import { FilterOutlined } from '@ant-design/icons'
import { OPENING_TYPES, THEMES } from '@datong/contracts'
import { Badge, Button, Drawer, Select } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useT } from '../../shared/i18n/use-t.ts'
import { SaveSearch } from '../../shared/following/save-search.tsx'
import { oneOf } from '../../shared/ui/use-filters.ts'
import { useNarrow } from '../../shared/ui/use-narrow.ts'
import { pick } from '../../shared/ui/pick.ts'
import { usePageTitle } from '../frame/use-page-title.ts'
import { SearchField } from '../parts/search-field.tsx'
import { Facets } from './facets.tsx'
import { Results } from './results.tsx'
import { addressOf, changed, FACETS, readSearch, SORTS, type Search, type Sort } from './search-address.ts'
import { useResults } from './use-results.ts'
import './datasets.css'

/** All data sets: words, facets, order. */
export function DatasetsPage() {
  const { t } = useT()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const search = readSearch(params)
  const results = useResults(search)
  const [choosing, setChoosing] = useState(false)
  usePageTitle(search.q === '' ? t('portal.nav.datasets') : t('portal.list.titleOf', { words: search.q }))

  const go = (next: Search, options?: { replace: boolean }): void => void navigate(addressOf(next), { preventScrollReset: true, ...options })
  const chosen = FACETS.filter((facet) => search[facet] !== undefined).length
  const facets = <Facets search={search} counts={results.facets} onFollow={() => setChoosing(false)} />

  return (
    <>
      <h1 className="dtp-h1">{t('portal.nav.datasets')}</h1>
      <div className="dtp-list-search">
        <SearchField key={search.q} initial={search.q} onSearch={(q) => go(changed(search, { q, ...(search.sort === 'relevance' && q === '' ? { sort: '-changedAt' as const } : {}) }))} />
      </div>
      <div className="dtp-list">
        {!narrow && <aside aria-label={t('portal.list.filters')}>{facets}</aside>}
        <div>
          <div className="dtp-list-bar">
            {narrow && (
              <Badge count={chosen} color="var(--dt-primary)">
                <Button icon={<FilterOutlined />} onClick={() => setChoosing(true)}>{t('portal.list.filters')}</Button>
              </Badge>
            )}
            <Total total={results.total} />
            <SaveSearch query={pickAsked(search)} name={search.q === '' ? t('portal.nav.datasets') : search.q} />
            <Select<Sort>
              aria-label={t('portal.list.sort')} value={search.sort} popupMatchSelectWidth={false}
              options={SORTS.filter((sort) => sort !== 'relevance' || search.q !== '').map((sort) => ({ value: sort, label: t(`portal.sort.${sort}`) }))}
              onChange={(sort) => go(changed(search, { sort }))}
            />
          </div>
          <Results search={search} results={results} onMore={() => go({ ...search, pages: results.loaded + 1 }, { replace: true })} />
        </div>
      </div>
      <Drawer open={narrow && choosing} onClose={() => setChoosing(false)} title={t('portal.list.filters')} placement="bottom" size="80%">{facets}</Drawer>
    </>
  )
}

/** The search as it is kept: its words and facets. */
const pickAsked = (search: Search) => ({
  ...(search.q === '' ? {} : { q: search.q }), ...pick('theme', oneOf(THEMES, search.theme)), ...pick('organisation', search.organisation), ...pick('openingType', oneOf(OPENING_TYPES, search.openingType)),
})

function Total({ total }: { readonly total: number | undefined }) {
  const { t } = useT()
  return <p className="dtp-list-total" role="status">{total === undefined ? '' : t('portal.list.total', { count: total })}</p>
}
