import type { operations, ResponseOf } from '@datong/contracts'
import { Link } from 'react-router'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { OpeningChip } from '../../shared/ui/chips.tsx'
import { Stars } from '../../shared/ui/stars.tsx'
import { EntryTitle, InChinese } from '../parts/entry-title.tsx'
import { Ranged } from '../../shared/ui/ranged.tsx'

type Found = ResponseOf<typeof operations.searchEntries>['items'][number]

/** One data set in the list, with what was found in it marked: title, summary, keywords and names of fields. */
export function ResultCard({ entry }: { readonly entry: Found }) {
  const { t } = useT()
  const format = useFormat()
  const nameOf = useName()
  const { highlight } = entry
  const keywords = entry.keywords.flatMap((text, at) => ((highlight?.keywords[at]?.length ?? 0) > 0 ? [{ text, ranges: highlight?.keywords[at] }] : []))
  const fields = (highlight?.fields ?? []).map(({ name, ranges }) => ({ text: name, ranges }))
  const updated = entry.dataUpdatedAt ?? entry.changedAt
  return (
    <article className="dtp-result">
      <div className="dtp-result-head">
        <h2><Link to={`/datasets/${entry.code}`}><EntryTitle entry={entry} ranges={highlight?.title} /></Link></h2>
        <OpeningChip type={entry.openingType} />
      </div>
      {entry.summary !== '' && <p className="dtp-result-summary"><InChinese><Ranged text={entry.summary} ranges={highlight?.summary} /></InChinese></p>}
      {keywords.length > 0 && <Hits label={t('portal.keywords')} hits={keywords} />}
      {fields.length > 0 && <Hits label={t('search.fields')} hits={fields} />}
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

function Hits({ label, hits }: { readonly label: string; readonly hits: readonly { readonly text: string; readonly ranges: readonly [number, number][] | undefined }[] }) {
  return (
    <p className="dtp-meta">
      <span>{label} <InChinese>{hits.map(({ text, ranges }, at) => <span key={text}>{at > 0 && ' · '}<Ranged text={text} ranges={ranges} /></span>)}</InChinese></span>
    </p>
  )
}
