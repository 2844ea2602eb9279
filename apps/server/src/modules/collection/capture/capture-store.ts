import { type Db, notify, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { CollectionTables } from '../tables.ts'
import type { CaptureFailure, CaptureRow, CaptureTable, CaptureTables, ChangeOp } from './tables.ts'

/** Told when a capture's state changed; the payload is its id. */
export const CAPTURES_CHANNEL = 'datong_captures'
/** Told when changes of an entry were taken; the payload is its code. */
export const CAPTURED_CHANNEL = 'datong_captured'

/** What is noted without evidence: how far it is. */
export type CaptureNote = Pick<Updateable<CaptureTable>, 'failure' | 'heard_at' | 'position'>

/** A change as it is kept. */
export interface StoredChange {
  readonly seq: number
  readonly op: ChangeOp
  readonly key: readonly string[]
  readonly row: readonly (string | null)[] | null
  readonly committedAt: Date
}

/** SQL of captures and their changes; the writing of changes is in `write-changes.ts`. */
export function createCaptureStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<CaptureTables & CollectionTables>(db)
  const within = (trx: Trx) => withTables<CaptureTables & CollectionTables>(trx)

  return {
    insert: async (trx: Trx, row: Insertable<CaptureTable>): Promise<CaptureRow> =>
      within(trx).insertInto('collection.capture').values(row).returningAll().executeTakeFirstOrThrow(),

    find: (id: string): Promise<CaptureRow | undefined> => tables.selectFrom('collection.capture').selectAll().where('id', '=', id).executeTakeFirst(),

    /** Locks it until the transaction ends. */
    lock: (trx: Trx, id: string): Promise<CaptureRow | undefined> =>
      within(trx).selectFrom('collection.capture').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),

    /** A change of state: commits only with evidence about the capture. */
    async change(trx: Trx, id: string, change: Updateable<CaptureTable>): Promise<CaptureRow> {
      await notify(trx, CAPTURES_CHANNEL, id)
      return within(trx).updateTable('collection.capture').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
    },

    /** How far it is, while it runs and stands where its process thinks. @returns whether it does */
    async note({ id, epoch, seq }: Pick<CaptureRow, 'id' | 'epoch' | 'seq'>, note: CaptureNote): Promise<boolean> {
      const { numUpdatedRows } = await tables.updateTable('collection.capture').set(note)
        .where('id', '=', id).where('epoch', '=', epoch).where('seq', '=', seq).where('state', '=', 'running').executeTakeFirst()
      return numUpdatedRows > 0n
    },

    /** A version is wanted before its time. */
    async wantVersion(id: string): Promise<void> {
      await tables.updateTable('collection.capture').set({ pack_soon: true }).where('id', '=', id).execute()
    },

    running: (): Promise<CaptureRow[]> => tables.selectFrom('collection.capture').selectAll().where('state', '=', 'running').orderBy('id').execute(),

    async list(query: { limit?: number; cursor?: string; sourceId?: string; entryCode?: string }, organisation: string | null): Promise<{ rows: CaptureRow[]; nextCursor: string | null }> {
      const { limit = 20, cursor, ...selection } = query
      const fingerprint = { list: 'captures', selection, organisation }
      let page = tables.selectFrom('collection.capture').selectAll()
      if (organisation !== null) page = page.where('organisation', '=', organisation)
      if (query.sourceId !== undefined) page = page.where('source_id', '=', query.sourceId)
      if (query.entryCode !== undefined) page = page.where('entry_code', '=', query.entryCode)
      if (cursor !== undefined) page = page.where('id', '<', String(cursors.decode(fingerprint, cursor)[0]))
      const rows = await page.orderBy('id', 'desc').limit(limit + 1).execute()
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.id]) }
    },

    /** Captures of a merged department become its successor's. */
    async passOn(from: string, to: string): Promise<void> {
      await tables.updateTable('collection.capture').set({ organisation: to }).where('organisation', '=', from).execute()
    },

    async moveEntry(trx: Trx, from: string, to: string): Promise<void> {
      await within(trx).updateTable('collection.capture').set({ entry_code: to }).where('entry_code', '=', from).execute()
    },

    insertVersion: async (trx: Trx, capture: Pick<CaptureRow, 'id' | 'epoch' | 'seq'>, version: number): Promise<void> => {
      await within(trx).insertInto('collection.capture_version').values({ capture_id: capture.id, version, epoch: capture.epoch, seq: capture.seq }).execute()
    },

    /** The capture that made a version, with the epoch and the last change of that version; undefined when a later one of it has been described. */
    async makerOf(entryCode: string, version: number): Promise<{ capture: CaptureRow; epoch: number; seq: number } | undefined> {
      const row = await tables.selectFrom('collection.capture as capture').innerJoin('collection.capture_version as made', 'made.capture_id', 'capture.id')
        .selectAll('capture').select(['made.seq as made_seq', 'made.epoch as made_epoch'])
        .where('capture.entry_code', '=', entryCode).where('made.version', '=', version)
        .where(sql<SqlBool>`not exists (select from collection.capture_version later
          join collection.version v on v.entry_code = capture.entry_code and v.number = later.version join collection.load l on l.id = v.load_id
          where later.capture_id = capture.id and later.version > ${version} and l.outcome = 'done')`)
        .executeTakeFirst()
      return row && { capture: row, epoch: row.made_epoch, seq: row.made_seq }
    },

    /** Changes behind a number, in their order. */
    async changes(captureId: string, epoch: number, after: number, limit: number): Promise<StoredChange[]> {
      const rows = await tables.selectFrom('collection.change').selectAll()
        .where('capture_id', '=', captureId).where('epoch', '=', epoch).where('seq', '>', after).orderBy('seq').limit(limit).execute()
      return rows.map(({ seq, op, key, row, committed_at }) => ({ seq, op, key, row, committedAt: committed_at }))
    },

    /** Where the table was last emptied between two numbers; null: it was not. */
    async lastTruncate(captureId: string, after: number, upTo: number): Promise<number | null> {
      const row = await tables.selectFrom('collection.change').select(sql<number | null>`max(seq)`.as('seq'))
        .where('capture_id', '=', captureId).where('op', '=', 't').where('seq', '>', after).where('seq', '<=', upTo).executeTakeFirst()
      return row?.seq ?? null
    },

    /** The last change of each key between two numbers, in the order of the keys. */
    async *lastChanges(captureId: string, after: number, upTo: number, count: number): AsyncGenerator<Pick<StoredChange, 'key' | 'row'>[]> {
      let from: string | null = null
      for (;;) {
        const rows: { key: string[]; text: string; row: (string | null)[] | null }[] = await tables.selectFrom('collection.change').distinctOn('key')
          .select(['key', 'row', sql<string>`key::text`.as('text')])
          .where('capture_id', '=', captureId).where('seq', '>', after).where('seq', '<=', upTo)
          .where(from === null ? sql<SqlBool>`true` : sql<SqlBool>`key > ${from}::jsonb`).orderBy('key').orderBy('seq', 'desc').limit(count).execute()
        if (rows.length > 0) yield rows
        if (rows.length < count) return
        from = rows.at(-1)?.text ?? null
      }
    },

    /** Captures whose first load failed. */
    async failedStarts(): Promise<{ id: string; error: { code: string; params: CaptureFailure['params'] } | null }[]> {
      return tables.selectFrom('collection.capture as capture').innerJoin('collection.load as load', 'load.id', 'capture.load_id')
        .select(['capture.id', 'load.error']).where('capture.state', '=', 'starting').where('load.outcome', '=', 'failed').execute()
    },

    /** Running captures whose changes are to become a version now. */
    async duePacks(now: Date, mostChanges: number): Promise<string[]> {
      const rows = await tables.selectFrom('collection.capture').select('id').where('state', '=', 'running').whereRef('seq', '>', 'packed_seq')
        .where(sql<SqlBool>`(pack_soon or seq - packed_seq > ${mostChanges} or packed_at + pack_minutes * interval '1 minute' < ${now})`)
        // One that failed would fail again.
        .where(sql<SqlBool>`not exists (select from collection.load failed where failed.id = load_id and failed.outcome = 'failed' and failed.finished_at + interval '10 minutes' > ${now})`).execute()
      return rows.map(({ id }) => id)
    },

    /** Throws away changes that are in versions and older than a day in which somebody may still need them. */
    async forgetChanges(before: Date): Promise<void> {
      await sql`delete from collection.change using collection.capture as capture
        where capture.id = change.capture_id and change.committed_at < ${before}
          and (capture.state = 'ended' or change.epoch < capture.epoch or change.seq <= (
            select coalesce(min(made.seq), 0) from (
              select seq from collection.capture_version where capture_id = capture.id and epoch = capture.epoch order by version desc limit 2) as made))`.execute(db)
    },
  }
}

/** Whether a capture of the source goes on, or waits. */
export async function isCaptured(trx: Trx, sourceId: string): Promise<boolean> {
  const row = await withTables<CaptureTables>(trx).selectFrom('collection.capture').select('id').where('source_id', '=', sourceId).where('state', '<>', 'ended').executeTakeFirst()
  return row !== undefined
}

export type CaptureStore = ReturnType<typeof createCaptureStore>
