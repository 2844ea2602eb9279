import { operations, type Entry, type ResponseOf } from '@datong/contracts'
import { useMemo } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { FieldTable } from '../../shared/ui/field-table.tsx'
import { Empty } from '../../shared/ui/states.tsx'

interface FieldsTabProps {
  readonly entry: Entry
  readonly profile: ResponseOf<typeof operations.getProfile> | undefined
  readonly readable: boolean
}

/** The columns: what they mean, how far they are filled, and a value as this viewer gets it. */
export function FieldsTab({ entry, profile, readable }: FieldsTabProps) {
  const { t } = useT()
  const rows = useApi(operations.readRows, { params: { code: entry.code }, query: { limit: 10 } }, { enabled: readable })
  const filled = useMemo(() => profile && Object.fromEntries(profile.fields.map((field) => [field.name, field.rows === 0 ? 0 : field.filled / field.rows])), [profile])
  const samples = useMemo(() => rows.data && firstValues(rows.data.items), [rows.data])
  if (entry.fields.length === 0) return <Empty title={t('portal.fields.none')} />
  // The names of masks are read only by those who signed in; the public has them in the messages.
  const fields = entry.fields.map((field) => (field.masking === null ? field : { ...field, masking: t.maybe('portal.mask.', field.masking) }))
  return (
    <>
      {entry.fields.some((field) => field.masking !== null) && <p className="dtp-tab-note">{t('portal.fields.masked')}</p>}
      <div className="dtp-card dtp-scroll-x"><FieldTable fields={fields} {...(filled ? { filled } : {})} {...(samples ? { samples } : {})} /></div>
    </>
  )
}

function firstValues(rows: readonly Readonly<Record<string, string | number | boolean | null>>[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const row of rows) for (const [name, value] of Object.entries(row)) if (value !== null && value !== '') found[name] ??= String(value)
  return found
}
