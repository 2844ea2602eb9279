import { useT, type Translate } from '../i18n/use-t.ts'
import './rows-table.css'

/** A value of a row as words, where it has any. Numbers are not grouped, since a code may look like one. */
export function wordsOf(value: unknown, t: Translate): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'boolean' ? t(value ? 'common.yes' : 'common.no') : String(value)
}

/** A value of a row as it was delivered. */
export function CellText({ value }: { readonly value: unknown }) {
  const { t } = useT()
  const words = wordsOf(value, t)
  if (words === '') return <span className="dt-rows-null" aria-label={t('common.none')}>–</span>
  return <span className="dt-rows-cell" title={words}>{words}</span>
}

/** The name of a field above its values, and how they are masked. */
export function FieldHead({ name, mask }: { readonly name: string; readonly mask: string | undefined }) {
  return <>{name}{mask !== undefined && <span className="dt-rows-mask">{mask}</span>}</>
}
