import { type EntryReader, encodeEntries, HASH_BYTES, TILE_WIDTH, type TileReader } from '@datong/evidence-log'
import { type Db, withTables } from '@datong/metadata-store'
import type { Kysely } from 'kysely'
import { readSegmentLeaves } from './segments/segment-store.ts'
import type { EvidenceTables } from './tables.ts'

/** A signed head of the log, as stored. */
export interface StoredCheckpoint {
  readonly size: number
  readonly note: string
}

const tablesOf = (db: Db): Kysely<EvidenceTables> => withTables<EvidenceTables>(db)

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

/** Entry bundles are not stored: they are made of the leaves of entries and segments. */
export const entryReader = (db: Db): EntryReader => async (index, width) => {
  const bundle = await findBundle(db, index, width)
  if (bundle === undefined) throw new Error('it is not stored')
  return bundle
}

export async function findBundle(db: Db, index: number, width: number): Promise<Uint8Array | undefined> {
  const first = index * TILE_WIDTH
  const end = first + width
  const entries: { leaf_index: number; leaf: Uint8Array }[] = await tablesOf(db)
    .selectFrom('evidence.entry').select(['leaf_index', 'leaf']).where('leaf_index', '>=', first).where('leaf_index', '<', end).execute()
  const rows = [...entries, ...(await readSegmentLeaves(db, first, end))]
  if (rows.length === 0) return undefined
  // A missing entry leaves its place empty, so that the audit names it and not its neighbours.
  const leaves = Array.from<unknown, Uint8Array>({ length: width }, () => new Uint8Array())
  for (const { leaf_index, leaf } of rows) leaves[leaf_index - first] = leaf
  return encodeEntries(leaves)
}
