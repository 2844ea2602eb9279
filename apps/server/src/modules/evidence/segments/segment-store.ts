import { type Db, withTables } from '@datong/metadata-store'
import { type Expression, type Kysely, type SqlBool, sql } from 'kysely'
import type { EvidenceTables } from '../tables.ts'
import { leavesOf, type StoredSegment } from './open-segment.ts'
import { MAX_SEGMENT } from './segment-id.ts'

const tablesOf = (db: Db): Kysely<EvidenceTables> => withTables<EvidenceTables>(db)

/** Segments with their places, waiting or placed. */
const segmentsOf = (db: Db) => tablesOf(db)
  .selectFrom('evidence.segment as segment').leftJoin('evidence.placement as placement', 'placement.segment_id', 'segment.id')
  .select(['segment.id', 'segment.count', 'placement.first_leaf', 'segment.bodies', 'segment.salts', 'segment.commitments'])

/** A segment with what only its check reads. */
export interface CheckableSegment extends StoredSegment {
  readonly marks: readonly string[]
  readonly usage: string | null
  readonly seed: Buffer
  /** What its place, or its row in the queue, says of its size. */
  readonly placed_count: number
}

export async function findSegment(db: Db, id: string): Promise<StoredSegment | undefined> {
  return segmentsOf(db).where('segment.id', '=', id).executeTakeFirst()
}

/** Which segments may hold what is looked for. */
export interface SegmentSearch {
  /** Smallest id, and the first that is too large. */
  readonly from: string | null
  readonly before: string | null
  /** All of these marks … */
  readonly every: readonly string[]
  /** … and one of these; null: no matter. */
  readonly some: readonly string[] | null
}

/** Segments newest first. */
export async function searchSegments(db: Db, { from, before, every, some }: SegmentSearch, limit: number): Promise<StoredSegment[]> {
  const conditions: Expression<SqlBool>[] = []
  if (from !== null) conditions.push(sql<SqlBool>`segment.id >= ${from}`)
  if (before !== null) conditions.push(sql<SqlBool>`segment.id < ${before}`)
  if (every.length > 0) conditions.push(sql<SqlBool>`segment.marks @> ${[...every]}::text[]`)
  if (some !== null) conditions.push(sql<SqlBool>`segment.marks && ${[...some]}::text[]`)
  return segmentsOf(db).where((eb) => eb.and(conditions)).orderBy('segment.id', 'desc').limit(limit).execute()
}

/** The leaves of segments at the places from `first` up to `end`, by place. */
export async function readSegmentLeaves(db: Db, first: number, end: number): Promise<{ leaf_index: number; leaf: Uint8Array }[]> {
  const rows = await tablesOf(db)
    .selectFrom('evidence.placement as placement').innerJoin('evidence.segment as segment', 'segment.id', 'placement.segment_id')
    .select(['segment.id', 'segment.count', 'placement.first_leaf', 'segment.commitments'])
    .where('first_leaf', '>', first - MAX_SEGMENT).where('first_leaf', '<', end).orderBy('first_leaf').execute()
  return rows.flatMap((segment) =>
    segment.first_leaf + segment.count <= first ? [] : leavesOf(segment).map((leaf, ordinal) => ({ leaf_index: segment.first_leaf + ordinal, leaf })))
    .filter(({ leaf_index }) => leaf_index >= first && leaf_index < end)
}

/** Segments whose first place is from `first` up to `end`. */
export async function readSegmentsForCheck(db: Db, first: number, end: number): Promise<CheckableSegment[]> {
  return segmentsOf(db).select(['segment.marks', 'segment.usage', 'segment.seed', sql<number>`placement.count`.as('placed_count')])
    .where('placement.first_leaf', '>=', first).where('placement.first_leaf', '<', end).orderBy('placement.first_leaf').execute()
}

export async function readWaitingSegmentsForCheck(db: Db, limit: number): Promise<CheckableSegment[]> {
  return segmentsOf(db).innerJoin('evidence.unplaced as unplaced', 'unplaced.segment_id', 'segment.id')
    .select(['segment.marks', 'segment.usage', 'segment.seed', 'unplaced.count as placed_count'])
    .where('placement.first_leaf', 'is', null).orderBy('unplaced.seq').limit(limit).execute()
}

/** Ids of segments that neither have a place nor wait for one, and of places and waiting rows that have no segment. */
export async function findStraySegments(db: Db, limit: number): Promise<{ id: string; stray: boolean }[]> {
  const { rows } = await sql<{ id: string; stray: boolean }>`
    select id, true as stray from evidence.segment
    where not exists (select from evidence.placement where segment_id = id) and not exists (select from evidence.unplaced where segment_id = id)
    union all
    select segment_id, false from (select segment_id from evidence.placement union all select segment_id from evidence.unplaced) known
    where not exists (select from evidence.segment where id = segment_id)
    limit ${limit}`.execute(db)
  return rows
}
