import type { ElementContent } from '@datong/contracts'
import { Link } from 'react-router'
import { useT } from '../../shared/i18n/use-t.ts'
import { STANDARDS } from './standards-frame.tsx'

const ROWS = ['name', 'nameEn', 'definition', 'notation', 'unit', 'minimum', 'maximum', 'codeList', 'recognizers', 'synonyms', 'source'] as const
export type ContentRow = (typeof ROWS)[number]

const shownContent = (content: ElementContent, row: ContentRow): string => {
  const value = content[row]
  return value === null || value === '' ? '' : Array.isArray(value) ? value.join('、') : String(value)
}
/** The parts in which two contents differ. */
const differentRows = (a: ElementContent, b: ElementContent): ContentRow[] => ROWS.filter((row) => shownContent(a, row) !== shownContent(b, row))

/** What an element says; with an earlier content, only what differs, both ways of it beside each other. */
export function ElementContentList({ content, before }: { readonly content: ElementContent; readonly before?: ElementContent }) {
  const { t } = useT()
  const rows = before ? differentRows(before, content) : ROWS.filter((row) => shownContent(content, row) !== '')
  if (rows.length === 0) return <p className="dt-secondary">{t('standards.noDifference')}</p>
  return (
    <dl className="dt-def dt-std-def">
      {rows.map((row) => (
        <div key={row}>
          <dt>{t(`standards.${row === 'codeList' ? 'domain' : row}`)}</dt>
          <dd>
            {before && <><del>{shownContent(before, row) || '—'}</del> → </>}
            {row === 'codeList' && content.codeList ? <Link to={`${STANDARDS}/code-lists/${content.codeList}`}>{content.codeList}</Link>
              : row === 'recognizers' ? content.recognizers.map((one) => t.maybe('standards.kindOf.', one)).join('、') || '—' : shownContent(content, row) || '—'}
          </dd>
        </div>
      ))}
    </dl>
  )
}
