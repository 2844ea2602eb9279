import type { EntrySummary } from '@datong/contracts'
import { Link } from 'react-router'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Stars } from '../../shared/ui/stars.tsx'
import { EntryTitle } from '../parts/entry-title.tsx'

interface DatasetLinesProps {
  readonly entries: readonly EntrySummary[]
  /** What the list is ordered by stands at the end of each line. */
  readonly by: 'date' | 'stars'
}

/** A short list of data sets. */
export function DatasetLines({ entries, by }: DatasetLinesProps) {
  const { t } = useT()
  const format = useFormat()
  const nameOf = useName()
  if (entries.length === 0) return <p className="dt-secondary">{t('portal.noSetsYet')}</p>
  return (
    <ol className="dtp-lines">
      {entries.map((entry) => (
        <li key={entry.code}>
          <div>
            <Link to={`/datasets/${entry.code}`}><EntryTitle entry={entry} /></Link>
            <div className="dtp-meta">
              <span>{nameOf(entry.organisation)}</span>
              {entry.rowCount !== null && <span>{t('portal.rows', { count: entry.rowCount, figure: format.large(entry.rowCount) })}</span>}
            </div>
          </div>
          {by === 'stars' ? <Stars stars={entry.stars} /> : (
            <time className="dt-secondary dt-nowrap" dateTime={entry.dataUpdatedAt ?? entry.changedAt}>{format.ago(entry.dataUpdatedAt ?? entry.changedAt, new Date())}</time>
          )}
        </li>
      ))}
    </ol>
  )
}
