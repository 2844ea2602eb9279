import type { Relation } from '@datong/contracts'
import type { Issue } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import { sql } from 'kysely'
import type { CatalogContext } from '../context.ts'
import type { EntryRecord } from '../entry/entry.ts'
import { isVisible, type Sight } from '../visibility.ts'

/** Relations that have a direction in time or size: going along them never comes back. */
const WITHOUT_CIRCLES: ReadonlySet<Relation['kind']> = new Set(['part-of', 'replaces'])

/**
 * What is wrong with the relations that an entry is to have: itself, twice, unknown or unseen ones, withdrawn ones (which
 * can still be replaced), circles. Of two who relate at once, the second sees what the first did.
 */
export async function relationIssues(trx: Trx, context: CatalogContext, entry: EntryRecord, wanted: readonly Relation[], sight: Sight): Promise<Issue[]> {
  const issues: Issue[] = []
  const add = (index: number, code: string, message: string): number => issues.push({ pointer: `/relations/${index}`, code, message })
  await sql`select pg_advisory_xact_lock(hashtext('catalog.relations'))`.execute(trx)
  const known = new Set(entry.relations.map(({ kind, code }) => `${kind} ${code}`))
  const named = new Set<string>()
  const targets = new Map((await context.entries.findMany(wanted.map(({ code }) => code), trx)).map((target) => [target.code, target]))
  for (const [index, { kind, code }] of wanted.entries()) {
    const key = `${kind} ${code}`
    if (named.has(key)) add(index, 'twice', `关联 ${code} 重复`)
    named.add(key)
    const target = targets.get(code)
    if (code === entry.code) add(index, 'itself', '不能与自身关联')
    else if (known.has(key)) continue // a target that was withdrawn since may stay named
    else if (target === undefined || !isVisible(target, sight)) add(index, 'unknown-entry', `没有目录 ${code}`)
    else if (target.state === 'withdrawn' && kind !== 'replaces') add(index, 'withdrawn', `目录 ${code} 已废止`)
    else if (WITHOUT_CIRCLES.has(kind) && await leadsTo(trx, kind, code, entry.code)) add(index, 'circle', `目录 ${code} 已经（间接）指向本目录，不能成环`)
  }
  return issues
}

/** Whether one comes from an entry to another along relations of a kind. */
async function leadsTo(trx: Trx, kind: Relation['kind'], from: string, to: string): Promise<boolean> {
  const { rows } = await sql`with recursive reached (code) as (
      select ${from}::text
      union
      select relation ->> 'code' from reached join catalog.entry using (code), jsonb_array_elements(relations) relation where relation ->> 'kind' = ${kind}
    ) select 1 from reached where code = ${to} limit 1`.execute(trx)
  return rows.length > 0
}
