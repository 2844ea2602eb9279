import { operations, type Entry } from '@datong/contracts'
import { useMemo } from 'react'
import { useT } from '../i18n/use-t.ts'
import { useApi } from './hooks.ts'
import { useSession } from './session.tsx'

interface FieldFacts {
  /** Share of rows in which a field is filled, by name. */
  readonly filled: Readonly<Record<string, number>> | undefined
  /** A value of each field as the viewer would get it; absent where the viewer may not read rows. */
  readonly samples: Readonly<Record<string, string>> | undefined
}

/** Whether this person may see rows: the owner, everybody where the entry is open, and a consumer whose department has a grant of rows. */
export function useMayRead(entry: Entry): boolean {
  const { has } = useSession()
  const free = entry.allowedActions.includes('load') || (entry.openingType === 'open' && entry.state === 'published')
  const grants = useApi(operations.listGrants, { query: { entryCode: entry.code, side: 'consumer', state: 'active', limit: 200 } }, {
    enabled: entry.version !== null && !free && has('consumer'),
  })
  return entry.version !== null && (free || (grants.data?.items.some(({ gives }) => gives === 'rows') ?? false))
}

/** Filling and sample of each field of an entry that has data. */
export function useFieldFacts(entry: Entry): FieldFacts {
  const { code } = entry
  const { t } = useT()
  const profile = useApi(operations.getProfile, { params: { code }, query: {} }, { enabled: entry.version !== null })
  const readable = useMayRead(entry)
  const rows = useApi(operations.readRows, { params: { code }, query: { limit: 10 } }, { enabled: readable })
  const filled = useMemo(
    () => profile.data && Object.fromEntries(profile.data.fields.map((field) => [field.name, field.rows === 0 ? 0 : field.filled / field.rows])),
    [profile.data],
  )
  const samples = useMemo(() => {
    if (!rows.data) return undefined
    const found: Record<string, string> = {}
    for (const row of rows.data.items) for (const [name, value] of Object.entries(row)) if (value !== null && value !== '') found[name] ??= typeof value === 'boolean' ? t(value ? 'common.yes' : 'common.no') : String(value)
    return found
  }, [rows.data, t])
  return { filled, samples }
}
