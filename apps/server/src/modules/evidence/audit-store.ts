import { type Db, withTables } from '@datong/metadata-store'
import { type Kysely, sql } from 'kysely'
import type { CheckableRecord } from './check-record.ts'
import type { AuditDamage, EvidenceTables } from './tables.ts'

/** A check of the whole log, as stored. */
export interface StoredAudit {
  readonly id: string
  readonly state: EvidenceTables['evidence.audit']['state']
  readonly started_at: Date
  readonly finished_at: Date | null
  readonly entries: number
  readonly checked: number
  readonly damages: AuditDamage[]
}

const AUDIT = ['id', 'state', 'started_at', 'finished_at', 'entries', 'checked', 'damages'] as const
const CHECKED = [
  'id', 'at', 'chain', 'action', 'actor_kind', 'actor_id', 'actor_organisation', 'subject_type', 'subject_id', 'parties', 'body',
  'salt', 'leaf',
] as const

const tablesOf = (db: Db): Kysely<EvidenceTables> => withTables<EvidenceTables>(db)

/** @returns the new audit, or the one that runs already */
export async function insertAudit(trx: Db, id: string, at: Date): Promise<{ audit: StoredAudit; isNew: boolean }> {
  const made = await tablesOf(trx)
    .insertInto('evidence.audit')
    .values({ id, state: 'running', started_at: at, finished_at: null, entries: await storedExtent(trx), checked: 0, damages: '[]' })
    .onConflict((conflict) => conflict.column('state').where('state', '=', 'running').doNothing())
    .returning(AUDIT).executeTakeFirst()
  if (made !== undefined) return { audit: made, isNew: true }
  const running = await tablesOf(trx).selectFrom('evidence.audit').select(AUDIT).where('state', '=', 'running').executeTakeFirst()
  // It ended between the two statements: this one can start.
  return running === undefined ? insertAudit(trx, id, at) : { audit: running, isNew: false }
}

export async function findAudit(db: Db, id: string): Promise<StoredAudit | undefined> {
  return tablesOf(db).selectFrom('evidence.audit').select(AUDIT).where('id', '=', id).executeTakeFirst()
}

export async function latestAudit(db: Db): Promise<StoredAudit | undefined> {
  return tablesOf(db).selectFrom('evidence.audit').select(AUDIT).orderBy('started_at', 'desc').limit(1).executeTakeFirst()
}

export async function saveAuditProgress(db: Db, id: string, checked: number, entries: number): Promise<void> {
  await tablesOf(db).updateTable('evidence.audit').set({ checked, entries }).where('id', '=', id).where('state', '=', 'running').execute()
}

/** @returns false when it was finished already */
export async function saveAuditEnd(
  trx: Db, id: string, end: { state: 'sound' | 'damaged' | 'failed'; at: Date; damages: readonly AuditDamage[] },
): Promise<boolean> {
  const { numUpdatedRows } = await tablesOf(trx)
    .updateTable('evidence.audit')
    .set({ state: end.state, finished_at: end.at, damages: JSON.stringify(end.damages) })
    .where('id', '=', id).where('state', '=', 'running').executeTakeFirst()
  return numUpdatedRows > 0n
}

/** How many places of the log are taken: one more than the last index. */
export async function storedExtent(db: Db): Promise<number> {
  const { rows } = await sql<{ extent: number }>`select greatest(
    (select coalesce(max(leaf_index) + 1, 0) from evidence.entry),
    (select coalesce(max(first_leaf + count), 0) from (select * from evidence.placement order by first_leaf desc limit 1) last)) as extent`.execute(db)
  return rows[0]?.extent ?? 0
}

export async function readRecordsForCheck(db: Db, from: number, to: number): Promise<(CheckableRecord & { readonly leaf_index: number })[]> {
  return tablesOf(db)
    .selectFrom('evidence.entry').select([...CHECKED, 'leaf_index'])
    .where('leaf_index', '>=', from).where('leaf_index', '<', to).orderBy('leaf_index').execute()
}

export async function readPendingForCheck(db: Db, limit: number): Promise<CheckableRecord[]> {
  return tablesOf(db)
    .selectFrom('evidence.pending').select([...CHECKED, sql<null>`null::bigint`.as('leaf_index')]).orderBy('seq').limit(limit).execute()
}
