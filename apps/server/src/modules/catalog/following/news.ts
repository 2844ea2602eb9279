import type { NewsKind } from '@datong/contracts'
import { type Db, withTables } from '@datong/metadata-store'
import type { CatalogTables } from '../tables.ts'

/** A revision as its followers hear of it: what kinds of things changed, nothing of who and why. */
export interface News {
  readonly revision: number
  readonly at: Date
  readonly kinds: readonly NewsKind[]
}

const BY_ACTION: Readonly<Record<string, NewsKind>> = { published: 'published', withdrawn: 'withdrawn', 'withdrawal-announced': 'ending', 'withdrawal-taken-back': 'kept' }
const DATA: ReadonlySet<string> = new Set(['version', 'rowCount', 'stars', 'grade', 'conformity', 'state'])

/** What a revision is news of; nothing when only the platform's own figures changed. */
function kindsOf(action: string, changed: readonly string[]): NewsKind[] {
  const step = BY_ACTION[action]
  if (step !== undefined) return [step]
  return [
    ...(changed.includes('version') ? ['data' as const] : []),
    ...(changed.includes('fields') && action !== 'described' ? ['fields' as const] : []),
    ...(changed.some((key) => key !== 'fields' && !DATA.has(key)) ? ['description' as const] : []),
  ]
}

/** News of an entry after a revision, the newest first; only revisions in which it was published, or ended. */
export async function newsOf(db: Db, code: string, after: number, limit: number): Promise<News[]> {
  const rows = await withTables<CatalogTables>(db).selectFrom('catalog.entry_revision').select(['revision', 'at', 'action', 'changed'])
    .select((eb) => eb.ref('description', '->>').key('state').as('state')).where('code', '=', code).where('revision', '>', after).orderBy('revision', 'desc').limit(limit).execute()
  return rows.flatMap(({ revision, at, action, changed, state }) => {
    const kinds = kindsOf(action, changed)
    return kinds.length === 0 || (state !== 'published' && action !== 'withdrawn') ? [] : [{ revision, at, kinds }]
  })
}
