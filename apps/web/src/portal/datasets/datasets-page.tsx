import { FilterOutlined } from '@ant-design/icons'
import { Badge, Button, Drawer, Select } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useT } from '../../shared/i18n/use-t.ts'
import { useNarrow } from '../../shared/ui/use-narrow.ts'
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

function Total({ total }: { readonly total: number | undefined }) {
  const { t } = useT()
  return <p className="dtp-list-total" role="status">{total === undefined ? '' : t('portal.list.total', { count: total })}</p>
}
