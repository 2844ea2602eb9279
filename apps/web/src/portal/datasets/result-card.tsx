import type { EntrySummary } from '@datong/contracts'
import { Link } from 'react-router'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { OpeningChip } from '../../shared/ui/chips.tsx'
import { Stars } from '../../shared/ui/stars.tsx'
import { EntryTitle, InChinese } from '../parts/entry-title.tsx'
import { Marked } from '../parts/marked.tsx'

/** One data set in the list, with the words of the query marked. */
export function ResultCard({ entry, words }: { readonly entry: EntrySummary; readonly words: readonly string[] }) {
  const { t } = useT()
  const format = useFormat()
  const nameOf = useName()
  const hit = entry.keywords.filter((keyword) => words.some((word) => keyword.toLowerCase().includes(word)))
  const updated = entry.dataUpdatedAt ?? entry.changedAt
  return (
    <article className="dtp-result">
      <div className="dtp-result-head">
        <h2><Link to={`/datasets/${entry.code}`}><EntryTitle entry={entry} words={words} /></Link></h2>
        <OpeningChip type={entry.openingType} />
      </div>
      {entry.summary !== '' && <p className="dtp-result-summary"><InChinese><Marked text={entry.summary} words={words} /></InChinese></p>}
      {hit.length > 0 && <p className="dtp-meta"><span>{t('portal.keywords')} <InChinese><Marked text={hit.join(' · ')} words={words} /></InChinese></span></p>}
      <p className="dtp-meta">
        <Stars stars={entry.stars} />
        <span>{nameOf(entry.organisation)}</span>
        <span>{t(`common.theme.${entry.theme}`)}</span>
        <span>{t(`common.cycle.${entry.updateCycle}`)}</span>
        {entry.rowCount !== null && <span>{t('portal.rows', { count: entry.rowCount, figure: format.large(entry.rowCount) })}</span>}
        <span>{t('portal.updatedAgo', { when: format.ago(updated, new Date()) })}</span>
      </p>
    </article>
  )
}
