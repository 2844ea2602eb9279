import { operations } from '@datong/contracts'
import { useSession } from '../../shared/api/session.tsx'
import { Dictionary } from './dictionary.tsx'
import { SearchStatistics } from './search-statistics.tsx'
import { SearchTest } from './search-test.tsx'

/** Words of the search, a place to try them, and what people search for. Each part for those who can use it. */
export function WordsPage() {
  const { can } = useSession()
  return (
    <>
      {can(operations.explainSearch) && <SearchTest />}
      {can(operations.searchStatistics) && <SearchStatistics />}
      {can(operations.listSearchWords) && <Dictionary />}
    </>
  )
}
