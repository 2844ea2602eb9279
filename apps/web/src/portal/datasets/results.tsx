import { Button, Progress, Skeleton } from 'antd'
import { Link } from 'react-router'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ErrorState } from '../../shared/ui/states.tsx'
import { SearchNote } from '../../shared/search/search-note.tsx'
import { ChosenFacets } from './chosen-facets.tsx'
import { NothingFound } from './nothing-found.tsx'
import { ResultCard } from './result-card.tsx'
import { addressOf, changed, type Search } from './search-address.ts'
import { PAGE_SIZE, type useResults } from './use-results.ts'

interface ResultsProps {
  readonly search: Search
  readonly results: ReturnType<typeof useResults>
  readonly onMore: () => void
}

/** The list, or that it is being read, or why it could not be, or that it is empty and what to do. */
export function Results({ search, results, onMore }: ResultsProps) {
  const { t } = useT()
  const format = useFormat()
  const { answer, items, total = 0, loaded } = results
  if (!items) {
    if (answer.error) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
    return <div className="dtp-results" aria-busy>{[0, 1, 2, 3].map((row) => <div key={row} className="dtp-result"><Skeleton active title={{ width: '40%' }} paragraph={{ rows: 2 }} /></div>)}</div>
  }
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE))
  return (
    <>
      <ChosenFacets search={search} />
      <SearchNote answer={answer.data?.pages[0]} q={search.q} to={(q) => addressOf(changed(search, { q }))} />
      {items.length === 0 ? <NothingFound search={search} /> : (
        <ol className="dtp-results" aria-busy={answer.isPlaceholderData} aria-label={t('portal.nav.datasets')}>
          {items.map((entry) => <li key={entry.code}><ResultCard entry={entry} /></li>)}
        </ol>
      )}
      {answer.error && <ErrorState error={answer.error} onRetry={() => void answer.fetchNextPage()} />}
      {items.length > 0 && (
        <div className="dtp-more">
          <span className="dt-secondary">{t('portal.list.shown', { shown: format.number(items.length), total: format.number(total), page: loaded, pages })}</span>
          {pages > 1 && <Progress className="dtp-more-bar" percent={(items.length / Math.max(1, total)) * 100} showInfo={false} size="small" aria-hidden />}
          {answer.hasNextPage && <Button size="large" loading={answer.isFetchingNextPage} onClick={onMore}>{t('portal.list.more')}</Button>}
          {!answer.hasNextPage && pages > 1 && <Link to="#main">{t('portal.list.toTop')}</Link>}
        </div>
      )}
    </>
  )
}
