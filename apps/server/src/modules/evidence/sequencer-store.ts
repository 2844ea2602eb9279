import type { StoredTile } from '@datong/evidence-log'
import type pg from 'pg'
import { durableCommit } from './durable-commit.ts'

/** What waits for its place: a decision with its leaf, or a segment with what its leaves are made of. */
export type Waiting = { readonly seq: number; readonly count: number } & (
  | { readonly segment_id: null; readonly leaf: Buffer }
  | { readonly segment_id: string; readonly commitments: Buffer }
)

/** Where something that waited goes. */
export interface Place {
  readonly seq: number
  readonly firstLeaf: number
}

/** The signed head as stored, and the tiles at the right edge of its tree. */
export interface StoredHead {
  readonly size: number
  readonly note: string
  readonly edge: ReadonlyMap<string, Buffer>
}

type Client = Pick<pg.ClientBase, 'query'>

/** Any number that nobody else takes: "EVSQ". */
const SEQUENCER_LOCK = 0x4556_5351

const BECOME = {
  name: 'evidence-become-sequencer',
  text: `select pg_try_advisory_xact_lock(${SEQUENCER_LOCK}) as mine, set_config('evidence.sequencing', 'on', true), ${durableCommit('transaction')}`,
}

/** Takes the sequencer's lock until the transaction ends, and its permission to write the log, durably: a head that was shown must not be lost. False: another has it. */
export async function becomeSequencer(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>(BECOME)
  return rows[0]?.mine === true
}

/** One partial tile a level at most: the one behind as many full ones as the tree has there. */
const HEAD = {
  name: 'evidence-head',
  text: `select head.size, head.note, tile.level, tile.index, tile.hashes
    from (select size, note from evidence.checkpoint order by size desc limit 1) head
    cross join generate_series(0, 6) as at(level)
    left join evidence.tile on tile.level = at.level and tile.index = head.size >> (8 * (at.level + 1))`,
}

export async function readHead(client: Client): Promise<StoredHead | undefined> {
  const { rows } = await client.query<{ size: number; note: string; level: number | null; index: number | null; hashes: Buffer | null }>(HEAD)
  const [first] = rows
  if (first === undefined) return undefined
  const edge = rows.flatMap(({ level, index, hashes }) => (hashes === null ? [] : [[`${level}/${index}`, hashes] as const]))
  return { size: first.size, note: first.note, edge: new Map(edge) }
}

/** Both queues as one; each is cut before they are joined, so that a long one costs no more than a turn. */
const QUEUES = `(
    (select seq, null::uuid as segment_id, 1 as count from evidence.pending order by seq limit $1)
    union all
    (select seq, segment_id, count from evidence.unplaced order by seq limit $1)
  ) queues`

const WAITING = {
  name: 'evidence-waiting',
  text: `select turn.seq, turn.count, turn.segment_id, pending.leaf, segment.commitments
    from (select seq, segment_id, count, sum(count) over (order by seq) - count as before from ${QUEUES}) turn
    left join evidence.pending on turn.segment_id is null and pending.seq = turn.seq
    left join evidence.segment on segment.id = turn.segment_id
    where turn.before < $1 and (pending.seq is not null or segment.id is not null)
    order by turn.seq`,
}

/** What has waited longest, in the order in which it came: as much as holds `atLeast` records, if that many wait. */
export async function readWaiting(client: Client, atLeast: number): Promise<Waiting[]> {
  return (await client.query<Waiting>({ ...WAITING, values: [atLeast] })).rows
}

const METERED = { name: 'evidence-metered', text: 'select until from evidence.metered' }

/** The leaf up to which usage was handed to metering. */
export async function readMetered(client: Client): Promise<number> {
  return (await client.query<{ until: number }>(METERED)).rows[0]?.until ?? 0
}

export async function saveMetered(client: Client, until: number): Promise<void> {
  await client.query({ name: 'evidence-save-metered', text: 'update evidence.metered set until = $1', values: [until] })
}

const USAGE = {
  name: 'evidence-usage',
  text: `select placement.first_leaf, segment.id, segment.usage from evidence.placement placement join evidence.segment segment on segment.id = placement.segment_id
    where placement.first_leaf >= $1 order by placement.first_leaf limit $2`,
}

/** The usage of placed segments from a leaf on. */
export async function readUsage(client: Client, from: number, limit: number): Promise<{ first_leaf: number; id: string; usage: string | null }[]> {
  return (await client.query<{ first_leaf: number; id: string; usage: string | null }>({ ...USAGE, values: [from, limit] })).rows
}

export async function logSize(client: Client): Promise<number> {
  return (await client.query<{ size: number }>('select coalesce(max(size), 0)::bigint as size from evidence.checkpoint')).rows[0]?.size ?? 0
}

/** Whether the log has grown beyond what was metered. */
export async function owesMetering(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ owes: boolean }>({
    name: 'evidence-owes-metering', text: 'select (select until from evidence.metered) < (select max(size) from evidence.checkpoint) as owes',
  })
  return rows[0]?.owes === true
}

/** Whether anything waits that came no later than `seq`. */
export async function anyWaiting(client: Client, seq: number = Number.MAX_SAFE_INTEGER): Promise<boolean> {
  const { rows } = await client.query<{ waits: boolean }>({
    name: 'evidence-any-waiting',
    text: `select exists (select from evidence.pending where seq <= $1) or exists (select from evidence.unplaced where seq <= $1) as waits`,
    values: [seq],
  })
  return rows[0]?.waits === true
}

/** The number of what came last and still waits; 0 when nothing does. */
export async function lastWaiting(client: Client): Promise<number> {
  const { rows } = await client.query<{ seq: number }>(`select greatest(
    coalesce((select max(seq) from evidence.pending), 0), coalesce((select max(seq) from evidence.unplaced), 0))::bigint as seq`)
  return rows[0]?.seq ?? 0
}

const RECORD = 'id, at, chain, action, actor_kind, actor_id, actor_organisation, subject_type, subject_id, parties, body, salt, leaf'

const PLACE_DECISIONS = {
  name: 'evidence-place-decisions',
  text: `with place as (select * from unnest($1::bigint[], $2::bigint[]) as place(seq, first_leaf)),
      taken as (delete from evidence.pending where seq = any($1) returning *)
    insert into evidence.entry (leaf_index, ${RECORD}) select first_leaf, ${RECORD} from taken join place using (seq)`,
}

const PLACE_SEGMENTS = {
  name: 'evidence-place-segments',
  text: `with place as (select * from unnest($1::bigint[], $2::bigint[]) as place(seq, first_leaf)),
      taken as (delete from evidence.unplaced where seq = any($1) returning *)
    insert into evidence.placement (first_leaf, segment_id, count) select first_leaf, segment_id, count from taken join place using (seq)`,
}

/** Moves decisions that waited into the log. */
export const placeDecisions = (client: Client, places: readonly Place[]): Promise<void> => placeAll(client, PLACE_DECISIONS, places)

/** Gives segments that waited their places in the log. */
export const placeSegments = (client: Client, places: readonly Place[]): Promise<void> => placeAll(client, PLACE_SEGMENTS, places)

async function placeAll(client: Client, statement: pg.QueryConfig, places: readonly Place[]): Promise<void> {
  if (places.length === 0) return
  const values = [places.map(({ seq }) => seq), places.map(({ firstLeaf }) => firstLeaf)]
  const { rowCount } = await client.query({ ...statement, values })
  if (rowCount !== places.length) throw new Error(`${rowCount} of ${places.length} waiting rows were there to be placed`)
}

const SAVE_TILES = {
  name: 'evidence-save-tiles',
  text: `insert into evidence.tile (level, index, width, hashes)
    select * from unnest($1::smallint[], $2::bigint[], $3::smallint[], $4::bytea[])
    on conflict (level, index) do update set width = excluded.width, hashes = excluded.hashes`,
}

export async function saveTiles(client: Client, tiles: readonly StoredTile[]): Promise<void> {
  if (tiles.length === 0) return
  const values = [
    tiles.map(({ level }) => level), tiles.map(({ index }) => index), tiles.map(({ width }) => width), tiles.map(({ bytes }) => Buffer.from(bytes)),
  ]
  await client.query({ ...SAVE_TILES, values })
}

/** Saves the newest checkpoint, and drops the one before it unless that was the first of its hour. */
const SAVE_CHECKPOINT = {
  name: 'evidence-save-checkpoint',
  text: `with dropped as (
      delete from evidence.checkpoint c
      where c.size = (select max(size) from evidence.checkpoint) and exists (
        select from evidence.checkpoint earlier
        where earlier.size < c.size and date_trunc('hour', earlier.at) = date_trunc('hour', c.at)))
    insert into evidence.checkpoint (size, note, at) values ($1, $2, $3)`,
}

export async function saveCheckpoint(client: Client, { size, note }: { size: number; note: string }, at: Date): Promise<void> {
  await client.query({ ...SAVE_CHECKPOINT, values: [size, note, at] })
}
