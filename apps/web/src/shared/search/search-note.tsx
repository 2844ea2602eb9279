import type { operations, ResponseOf } from '@datong/contracts'
import { Link } from 'react-router'
import { useT } from '../i18n/use-t.ts'

interface SearchNoteProps {
  readonly answer: Pick<ResponseOf<typeof operations.searchEntries>, 'match' | 'didYouMean' | 'total'> | undefined
  readonly q: string
  /** Address of the same search with other words. */
  readonly to: (q: string) => string
  /** Stands in a panel whose content reaches its edges. */
  readonly inset?: boolean
}

/** How the list came about when not all words were found as typed, and what may have been meant. */
export function SearchNote({ answer, q, to, inset = false }: SearchNoteProps) {
  const { t } = useT()
  if (answer === undefined || q.trim() === '') return null
  const { match, didYouMean } = answer
  if (match === 'all' && didYouMean === null) return null
  return (
    <p className="dt-secondary" role="status" style={{ margin: inset ? '0 16px 12px' : '8px 0' }}>
      {match === 'some' && t('search.some', { words: q })}
      {match === 'corrected' && t('search.corrected', { words: q })}
      {match === 'all' && t('search.didYouMean')}
      {didYouMean !== null && <> <Link to={to(didYouMean)} lang="zh-CN">{didYouMean}</Link></>}
    </p>
  )
}
