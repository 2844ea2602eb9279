import type { LakeLayer } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'

interface RetentionTable {
  entry_code: string
  keep_versions: number | null
  keep_days: number | null
  revision: number
}
interface VersionEndTable {
  entry_code: string
  number: number
  folder: string
  reason: string
  at: Date
  /** The files are gone from the disk too. */
  emptied: boolean
}
interface VersionUseTable {
  entry_code: string
  number: number
  since: Date
}
interface LakeTables {
  'collection.retention': RetentionTable
  'collection.version_end': VersionEndTable
  'collection.version_use': VersionUseTable
}
export type RetentionRow = Selectable<RetentionTable>
export type VersionEndRow = Selectable<VersionEndTable>

export interface LakeEntryRow {
  readonly entry_code: string
  readonly organisation: string
  readonly title: string
  readonly layer: LakeLayer
  readonly versions: number
  readonly bytes: number
  readonly newest: number
  readonly newest_at: Date
  readonly current: number | null
  readonly current_rows: number | null
  readonly current_since: Date | null
}

export interface LakeQuery {
  readonly limit?: number
  readonly cursor?: string
  readonly layer?: LakeLayer
  readonly q?: string
}

/** SQL of the lake as a whole: its entries by layer, versions through time, and which of them are kept. */
export function createLakeStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<LakeTables>(db)
  const within = (trx: Trx) => withTables<LakeTables>(trx)

  return {
    /** Entries with a version, the one that changed last first. The layer of what is no view is the source layer. */
    async list({ limit = 20, cursor, layer, q }: LakeQuery, organisation: string | null): Promise<{ rows: LakeEntryRow[]; nextCursor: string | null }> {
      const fingerprint = { list: 'lake', organisation, layer: layer ?? null, q: q ?? null }
      const [at, code] = cursor === undefined ? [] : cursors.decode(fingerprint, cursor)
      const { rows } = await sql<LakeEntryRow>`
        with entries as (
          select version.entry_code, max(version.number) as newest, max(version.created_at) as newest_at,
            count(*) filter (where ended.number is null)::int as versions, coalesce(sum(version.bytes) filter (where ended.number is null), 0)::bigint as bytes
          from collection.version as version left join collection.version_end as ended using (entry_code, number) group by version.entry_code
        )
        select entries.entry_code, load.organisation, load.entry_title as title, coalesce(view.layer, 'source') as layer, entries.versions, entries.bytes,
          entries.newest, entries.newest_at, current.number as current, now.row_count as current_rows, current.since as current_since
        from entries
        join collection.version as newest on newest.entry_code = entries.entry_code and newest.number = entries.newest
        join collection.load as load on load.id = newest.load_id
        left join collection.view as view on view.entry_code = entries.entry_code
        left join collection.current_version as current on current.entry_code = entries.entry_code
        left join collection.version as now on now.entry_code = current.entry_code and now.number = current.number
        where (${organisation}::text is null or load.organisation = ${organisation})
          and (${layer ?? null}::text is null or coalesce(view.layer, 'source') = ${layer ?? null})
          and (${q ?? null}::text is null or position(lower(${q ?? null}) in lower(load.entry_title || ' ' || entries.entry_code)) > 0)
          and (${at ?? null}::timestamptz is null or (entries.newest_at, entries.entry_code) < (${at ?? null}::timestamptz, ${code ?? null}))
        order by entries.newest_at desc, entries.entry_code desc limit ${limit + 1}`.execute(db)
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.newest_at.toISOString(), last.entry_code]) }
    },

    /** The version that was current at an instant, and when another took its place. */
    async at(entryCode: string, instant: Date): Promise<{ number: number; since: Date; until: Date | null } | undefined> {
      const uses = tables.selectFrom('collection.version_use').selectAll().where('entry_code', '=', entryCode)
      const [then, next] = await Promise.all([
        uses.where('since', '<=', instant).orderBy('since', 'desc').limit(1).executeTakeFirst(),
        uses.where('since', '>', instant).orderBy('since').limit(1).executeTakeFirst(),
      ])
      return then && { number: then.number, since: then.since, until: next?.since ?? null }
    },

    retention: (entryCode: string, trx?: Trx): Promise<RetentionRow | undefined> =>
      (trx === undefined ? tables : within(trx)).selectFrom('collection.retention').selectAll().where('entry_code', '=', entryCode).executeTakeFirst(),

    retentions: (): Promise<RetentionRow[]> => tables.selectFrom('collection.retention').selectAll().orderBy('entry_code').execute(),

    /** @returns false when the rules were changed meanwhile */
    async setRetention(trx: Trx, row: RetentionRow, revision: number): Promise<boolean> {
      const made = await within(trx).insertInto('collection.retention').values(row)
        .onConflict((conflict) => conflict.column('entry_code').doUpdateSet({ keep_versions: row.keep_versions, keep_days: row.keep_days, revision: row.revision }).where('collection.retention.revision', '=', revision))
        .executeTakeFirst()
      return (made.numInsertedOrUpdatedRows ?? 0n) > 0n
    },

    findEnd: (entryCode: string, number: number): Promise<VersionEndRow | undefined> =>
      tables.selectFrom('collection.version_end').selectAll().where('entry_code', '=', entryCode).where('number', '=', number).executeTakeFirst(),

    async insertEnd(trx: Trx, row: Insertable<VersionEndTable>): Promise<boolean> {
      const made = await within(trx).insertInto('collection.version_end').values(row).onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
      return (made.numInsertedOrUpdatedRows ?? 0n) > 0n
    },

    /** Versions that ended and whose files may still lie on the disk. */
    unemptied: (): Promise<VersionEndRow[]> => tables.selectFrom('collection.version_end').selectAll().where('emptied', '=', false).execute(),

    async noteEmptied(entryCode: string, number: number): Promise<void> {
      await tables.updateTable('collection.version_end').set({ emptied: true }).where('entry_code', '=', entryCode).where('number', '=', number).execute()
    },

    /** A draft's rules follow its code. @returns whether there are any */
    async recode(trx: Trx, from: string, to: string): Promise<boolean> {
      const made = await within(trx).updateTable('collection.retention').set({ entry_code: to }).where('entry_code', '=', from).executeTakeFirst()
      return made.numUpdatedRows > 0n
    },
  }
}

export type LakeStore = ReturnType<typeof createLakeStore>
