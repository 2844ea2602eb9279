import { useT } from '../../shared/i18n/use-t.ts'

/** Details whose values have a text of their own. */
const PREFIXES: Readonly<Record<string, string>> = { basis: 'common.basis.', grade: 'common.grade.' }

/** A value of a record's detail, whatever its shape: words as they are, lists in a row, the rest as the log holds it. */
export function DetailValue({ name, value, subject }: { readonly name: string; readonly value: unknown; readonly subject: string }) {
  const { t } = useT()
  if (value === null || value === undefined || value === '') return <>–</>
  if (typeof value === 'boolean') return <>{value ? t('common.yes') : t('common.no')}</>
  if (typeof value === 'string' && name in PREFIXES) return <>{t.maybe(PREFIXES[name] ?? '', value)}</>
  if (typeof value === 'string' && name === 'state') return <>{t.maybe(`common.${subject}State.`, value)}</>
  if (typeof value === 'string' || typeof value === 'number') return <span className="dt-prewrap">{String(value)}</span>
  if (Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number')) return <>{value.join(t('shell.and')) || '–'}</>
  return <pre className="dt-note" tabIndex={0}>{JSON.stringify(value, null, 1)}</pre>
}
