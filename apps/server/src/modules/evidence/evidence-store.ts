import type { CHAINS } from '@datong/contracts'
import { type Db, withTables } from '@datong/metadata-store'
import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql, type Transaction } from 'kysely'
import { durableCommit } from './durable-commit.ts'
import type { SealedRecord } from './seal-record.ts'
import { recordsOf } from './segments/open-segment.ts'
import { firstIdAt, placeOf, timeOf } from './segments/segment-id.ts'
import { findSegment } from './segments/segment-store.ts'
import type { EvidenceTables, StoredRecord } from './tables.ts'

/** Which records a caller may list: each part adds to what is seen; `all` is everything. */
export interface Visibility {
  readonly all: boolean
  readonly chain: (typeof CHAINS)[number] | null
  readonly party: string | null
  readonly actorId: string | null
}

export interface EvidenceFilter {
  readonly chain?: (typeof CHAINS)[number] | undefined
  readonly action?: string | undefined
  readonly organisation?: string | undefined
  readonly subject?: string | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
}

type Columns = Pick<EvidenceTables, 'evidence.entry' | 'evidence.pending'>

const tablesOf = (db: Db): Kysely<EvidenceTables> => withTables<EvidenceTables>(db)

/** Adds a record to those that wait for the sequencer, in the caller's transaction, which commits durably from then on. */
export async function insertPending<Tables>(trx: Transaction<Tables>, record: SealedRecord): Promise<void> {
  // A transaction's tables are a matter of compile time only; the caller's do not include this module's.
  await tablesOf(trx as unknown as Db)
    .insertInto('evidence.pending')
    .values({
      id: record.id, at: record.at, chain: record.chain, action: record.action, actor_kind: record.actorKind,
      actor_id: record.actorId, actor_organisation: record.actorOrganisation, subject_type: record.subjectType,
      subject_id: record.subjectId, parties: [...record.parties], body: Buffer.from(record.body), salt: Buffer.from(record.salt),
      leaf: Buffer.from(record.leaf),
    })
    .returning(sql.raw(durableCommit('transaction')).as('commit'))
    .execute()
}

/** A record wherever it is now. */
export async function findRecord(db: Db, id: string): Promise<StoredRecord | undefined> {
  const { segmentId, ordinal } = placeOf(id.toLowerCase())
  const segment = await findSegment(db, segmentId)
  if (segment !== undefined) return recordsOf(segment)[ordinal]
  const { rows } = await sql<StoredRecord>`
    select id, leaf_index, at, chain, body, salt, leaf from evidence.entry where id = ${id}
    union all
    select id, null, at, chain, body, salt, leaf from evidence.pending where id = ${id} limit 1`.execute(db)
  return rows[0]
}

/** Entries and what waits to be one, newest first: ids sort by the time of their making. @param before id of the last one of the page before */
export async function listEntries(
  db: Db, visibility: Visibility, filter: EvidenceFilter, before: string | null, limit: number,
): Promise<StoredRecord[]> {
  const tables = tablesOf(db)
  const matches = matching(visibility, filter, before)
  const inLog = tables.selectFrom('evidence.entry').where(matches)
    .select(['id', sql<number | null>`leaf_index`.as('leaf_index'), 'at', 'chain', 'body', 'salt', 'leaf']).orderBy('id', 'desc').limit(limit)
  const waiting = tables.selectFrom('evidence.pending').where(matches)
    .select(['id', sql<number | null>`null::bigint`.as('leaf_index'), 'at', 'chain', 'body', 'salt', 'leaf'])
    .orderBy('id', 'desc').limit(limit)
  return tables
    // Each side in a query of its own: a union's part cannot have its own order and limit otherwise.
    .selectFrom(tables.selectFrom(inLog.as('log')).selectAll().unionAll(tables.selectFrom(waiting.as('waiting')).selectAll()).as('both'))
    .selectAll().orderBy('id', 'desc').limit(limit).execute()
}

function matching(visibility: Visibility, filter: EvidenceFilter, before: string | null) {
  return (eb: ExpressionBuilder<Columns, keyof Columns>): Expression<SqlBool> => {
    const conditions: Expression<SqlBool>[] = []
    if (!visibility.all) {
      const seen: Expression<SqlBool>[] = []
      if (visibility.chain !== null) seen.push(eb('chain', '=', visibility.chain))
      if (visibility.party !== null) seen.push(sql<SqlBool>`parties @> array[${visibility.party}]::text[]`)
      if (visibility.actorId !== null) seen.push(eb('actor_id', '=', visibility.actorId))
      conditions.push(eb.or(seen))
    }
    if (filter.chain !== undefined) conditions.push(eb('chain', '=', filter.chain))
    if (filter.action !== undefined) {
      conditions.push(eb.or([eb('action', '=', filter.action), sql<SqlBool>`starts_with(action, ${`${filter.action}.`})`]))
    }
    if (filter.organisation !== undefined) conditions.push(sql<SqlBool>`parties @> array[${filter.organisation}]::text[]`)
    if (filter.subject !== undefined) conditions.push(eb('subject_id', '=', filter.subject))
    if (filter.from !== undefined) conditions.push(eb('id', '>=', firstIdAt(filter.from)))
    if (filter.to !== undefined) conditions.push(eb('id', '<', firstIdAt(new Date(filter.to.getTime() + 1))))
    if (before !== null) conditions.push(eb('id', '<', before))
    return eb.and(conditions)
  }
}

/** How many records wait, and since when the oldest does. */
export async function pendingBacklog(db: Db): Promise<{ count: number; oldestAt: Date | null }> {
  const { rows } = await sql<{ count: number; decisionAt: Date | null; segmentId: string | null }>`
    select (select count(*) from evidence.pending) + (select coalesce(sum(count), 0) from evidence.unplaced) as count,
      (select min(at) from evidence.pending) as "decisionAt",
      (select segment_id from evidence.unplaced order by segment_id limit 1) as "segmentId"`.execute(db)
  const { count = 0, decisionAt = null, segmentId = null } = rows[0] ?? {}
  const times = [decisionAt, segmentId === null ? null : timeOf(segmentId)].filter((at) => at !== null)
  return { count, oldestAt: times.reduce<Date | null>((oldest, at) => (oldest === null || at < oldest ? at : oldest), null) }
}
