import { type EntryReader, encodeEntries, HASH_BYTES, type StoredTile, TILE_WIDTH, type TileReader } from '@datong/evidence-log'
import { type Db, withTables } from '@datong/metadata-store'
import { type Kysely, sql } from 'kysely'
import type { EvidenceTables } from './tables.ts'

/** A signed head of the log, as stored. */
export interface StoredCheckpoint {
  readonly size: number
  readonly note: string
}

export interface SequencedLeaf {
  readonly leaf_index: number
  readonly leaf: Buffer
}

/** Any number that nobody else takes: "EVSQ". */
const SEQUENCER_LOCK = 0x4556_5351

const tablesOf = (db: Db): Kysely<EvidenceTables> => withTables<EvidenceTables>(db)

export async function anyPending(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from evidence.pending limit 1`.execute(db)
  return rows.length > 0
}

/** Takes the sequencer's lock until the transaction ends, and its permission to write the log. False: another has it. */
export async function becomeSequencer(trx: Db): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${SEQUENCER_LOCK}) as mine`.execute(trx)
  if (rows[0]?.mine !== true) return false
  await sql`select set_config('evidence.sequencing', 'on', true)`.execute(trx)
  return true
}

/** Moves the records that have waited longest to the end of the log, in the order in which they came. */
export async function moveToLog(trx: Db, size: number, limit: number): Promise<SequencedLeaf[]> {
  const columns = sql.raw(`id, at, chain, action, actor_kind, actor_id, actor_organisation, subject_type, subject_id, parties,
    body, salt, leaf`)
  const { rows } = await sql<SequencedLeaf>`
    with taken as (
      delete from evidence.pending where seq in (select seq from evidence.pending order by seq limit ${limit}) returning *
    )
    insert into evidence.entry (leaf_index, ${columns})
    select ${size}::bigint + row_number() over (order by seq) - 1, ${columns} from taken
    returning leaf_index, leaf`.execute(trx)
  return rows.sort((a, b) => a.leaf_index - b.leaf_index)
}

export async function saveTiles(trx: Db, tiles: readonly StoredTile[]): Promise<void> {
  if (tiles.length === 0) return
  await tablesOf(trx)
    .insertInto('evidence.tile')
    .values(tiles.map(({ level, index, width, bytes }) => ({ level, index, width, hashes: Buffer.from(bytes) })))
    .onConflict((conflict) => conflict.columns(['level', 'index']).doUpdateSet((eb) => ({
      width: eb.ref('excluded.width'), hashes: eb.ref('excluded.hashes'),
    })))
    .execute()
}

/** Saves the newest checkpoint, and drops the one before it unless that was the first of its hour. */
export async function saveCheckpoint(trx: Db, { size, note }: StoredCheckpoint, at: Date): Promise<void> {
  await sql`delete from evidence.checkpoint c
    where c.size = (select max(size) from evidence.checkpoint) and exists (
      select 1 from evidence.checkpoint earlier
      where earlier.size < c.size and date_trunc('hour', earlier.at) = date_trunc('hour', c.at))`.execute(trx)
  await tablesOf(trx).insertInto('evidence.checkpoint').values({ size, note, at }).execute()
}

export async function latestCheckpoint(db: Db): Promise<StoredCheckpoint | undefined> {
  return tablesOf(db).selectFrom('evidence.checkpoint').select(['size', 'note']).orderBy('size', 'desc').limit(1).executeTakeFirst()
}

export async function allCheckpoints(db: Db): Promise<StoredCheckpoint[]> {
  return tablesOf(db).selectFrom('evidence.checkpoint').select(['size', 'note']).orderBy('size').execute()
}

/** Reads tiles; a tile that has grown since is cut to the width asked for. Rejects when there is none that wide. */
export const tileReader = (db: Db): TileReader => async (level, index, width) => {
  const tile = await findTile(db, level, index, width)
  if (tile === undefined) throw new Error('it is not stored')
  return tile
}

export async function findTile(db: Db, level: number, index: number, width: number): Promise<Uint8Array | undefined> {
  const row = await tablesOf(db)
    .selectFrom('evidence.tile').select(['width', 'hashes'])
    .where('level', '=', level).where('index', '=', index).where('width', '>=', width)
    .executeTakeFirst()
  if (row === undefined) return undefined
  // A tile whose stored bytes do not fit its width is damaged: handed on as it is, so that whoever reads it notices.
  return row.hashes.length === row.width * HASH_BYTES ? row.hashes.subarray(0, width * HASH_BYTES) : row.hashes
}

/** The tiles at the right edge of the tree, one for each level. */
export async function edgeTiles(db: Db): Promise<{ level: number; index: number; hashes: Buffer }[]> {
  return tablesOf(db)
    .selectFrom('evidence.tile').select(['level', 'index', 'hashes'])
    .distinctOn('level').orderBy('level').orderBy('index', 'desc').execute()
}

/** Entry bundles are not stored: they are made of the entries' leaves. */
export const entryReader = (db: Db): EntryReader => async (index, width) => {
  const bundle = await findBundle(db, index, width)
  if (bundle === undefined) throw new Error('it is not stored')
  return bundle
}

export async function findBundle(db: Db, index: number, width: number): Promise<Uint8Array | undefined> {
  const first = index * TILE_WIDTH
  const rows = await tablesOf(db)
    .selectFrom('evidence.entry').select(['leaf_index', 'leaf'])
    .where('leaf_index', '>=', first).where('leaf_index', '<', first + width).orderBy('leaf_index').execute()
  if (rows.length === 0) return undefined
  // A missing entry leaves its place empty, so that the audit names it and not its neighbours.
  const leaves = Array.from<unknown, Uint8Array>({ length: width }, () => new Uint8Array())
  for (const { leaf_index, leaf } of rows) leaves[leaf_index - first] = leaf
  return encodeEntries(leaves)
}
