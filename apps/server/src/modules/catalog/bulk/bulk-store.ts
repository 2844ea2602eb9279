import type { BulkOutcome, BulkResult } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { PlannedRow } from './plan-rows.ts'
import type { BulkTables } from './tables.ts'

export type ImportRow = Selectable<BulkTables['catalog.bulk_import']>
export type ImportHead = Omit<ImportRow, 'content'>
export type StoredRow = Selectable<BulkTables['catalog.bulk_row']>
/** How many rows an import has of each outcome and result. */
export type Tally = ReadonlyMap<BulkOutcome | BulkResult, number>

const HEAD = ['id', 'organisation', 'account_id', 'file_name', 'state', 'row_count', 'item_count', 'names', 'source', 'mapping', 'reason', 'receipt_id', 'made_at', 'made_by', 'applied_at', 'undone_at'] as const
const CHUNK = 500

/** SQL of imports of entries. */
export function createBulkStore(db: Db, cursors: CursorCodec) {
  const tables = (trx?: Trx) => withTables<BulkTables>(trx ?? db)
  return {
    async insert(row: Insertable<BulkTables['catalog.bulk_import']>): Promise<void> {
      await tables().insertInto('catalog.bulk_import').values(row).execute()
    },
    async find(id: string): Promise<ImportHead | undefined> {
      return tables().selectFrom('catalog.bulk_import').select(HEAD).where('id', '=', id).executeTakeFirst()
    },
    async content(id: string): Promise<ImportRow['content']> {
      return (await tables().selectFrom('catalog.bulk_import').select('content').where('id', '=', id).executeTakeFirst())?.content ?? null
    },
    async lock(trx: Trx, id: string): Promise<ImportHead | undefined> {
      return tables(trx).selectFrom('catalog.bulk_import').select(HEAD).where('id', '=', id).forUpdate().executeTakeFirst()
    },
    async update(trx: Trx, id: string, change: Updateable<BulkTables['catalog.bulk_import']>): Promise<void> {
      await tables(trx).updateTable('catalog.bulk_import').set(change).where('id', '=', id).execute()
    },
    /** Of one organisation, or all; newest first. */
    async list(organisation: string | null | undefined, { limit = 20, cursor }: { limit?: number | undefined; cursor?: string | undefined }): Promise<{ rows: ImportHead[]; nextCursor: string | null }> {
      const fingerprint = { list: 'bulk-imports', organisation }
      let page = tables().selectFrom('catalog.bulk_import').select(HEAD)
      if (organisation !== undefined) page = page.where('organisation', 'is not distinct from', organisation)
      if (cursor !== undefined) {
        const [at, id] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(made_at, id) < (${at}::timestamptz, ${id}::uuid)`)
      }
      const rows = await page.orderBy('made_at', 'desc').orderBy('id', 'desc').limit(limit + 1).execute()
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.made_at.toISOString(), last.id]) }
    },
    async replaceRows(trx: Trx, id: string, rows: readonly PlannedRow[]): Promise<void> {
      await tables(trx).deleteFrom('catalog.bulk_row').where('import_id', '=', id).execute()
      for (let from = 0; from < rows.length; from += CHUNK) {
        await tables(trx).insertInto('catalog.bulk_row').values(rows.slice(from, from + CHUNK).map(({ patch, changes, problems, ...row }, index) => ({
          ...row, import_id: id, number: from + index + 1, patch: patch === null ? null : JSON.stringify(patch), changes: JSON.stringify(changes), problems: JSON.stringify(problems), result: null, entry_code: null, made: null, undo: null,
        }))).execute()
      }
    },
    async rows(id: string, query: { limit?: number | undefined; cursor?: string | undefined; outcome?: BulkOutcome | undefined; result?: BulkResult | undefined }): Promise<{ rows: StoredRow[]; nextCursor: string | null; total: number }> {
      const { limit = 50, cursor, outcome, result } = query
      const fingerprint = { rows: id, outcome, result }
      let chosen = tables().selectFrom('catalog.bulk_row').where('import_id', '=', id)
      if (outcome !== undefined) chosen = chosen.where('outcome', '=', outcome)
      if (result !== undefined) chosen = chosen.where('result', '=', result)
      const { count } = await chosen.select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()
      const after = cursor === undefined ? 0 : Number(cursors.decode(fingerprint, cursor)[0])
      const rows = await chosen.selectAll().where('number', '>', after).orderBy('number').limit(limit + 1).execute()
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.number]), total: count }
    },
    async tallies(ids: readonly string[]): Promise<Map<string, Tally>> {
      if (ids.length === 0) return new Map()
      const rows = await tables().selectFrom('catalog.bulk_row').select(['import_id', 'outcome', 'result', sql<number>`count(*)::int`.as('count')])
        .where('import_id', 'in', [...ids]).groupBy(['import_id', 'outcome', 'result']).execute()
      const tallies = new Map<string, Map<BulkOutcome | BulkResult, number>>()
      for (const { import_id: id, outcome, result, count } of rows) {
        const tally = tallies.get(id) ?? new Map<BulkOutcome | BulkResult, number>()
        tallies.set(id, tally)
        for (const key of [outcome, result]) if (key !== null) tally.set(key, (tally.get(key) ?? 0) + count)
      }
      return tallies
    },
    /** Numbers of rows that wait for being applied, or undone (the last first), some at a time. */
    async waiting(id: string, step: 'apply' | 'undo', limit: number): Promise<number[]> {
      const rows = tables().selectFrom('catalog.bulk_row').select('number').where('import_id', '=', id).limit(limit)
      const found = await (step === 'apply'
        ? rows.where('outcome', 'in', ['new', 'changed']).where('result', 'is', null).orderBy('number')
        : rows.where('result', '=', 'done').orderBy('number', 'desc')).execute()
      return found.map(({ number }) => number)
    },
    async lockRow(trx: Trx, id: string, number: number): Promise<StoredRow | undefined> {
      return tables(trx).selectFrom('catalog.bulk_row').selectAll().where('import_id', '=', id).where('number', '=', number).forUpdate().executeTakeFirst()
    },
    async updateRow(trx: Trx, { import_id: id, number }: Pick<StoredRow, 'import_id' | 'number'>, change: Updateable<BulkTables['catalog.bulk_row']>): Promise<void> {
      await tables(trx).updateTable('catalog.bulk_row').set(change).where('import_id', '=', id).where('number', '=', number).execute()
    },
    /** Removes imports that were made before a moment and do not go on. */
    async forget(before: Date): Promise<number> {
      const { numDeletedRows } = await tables().deleteFrom('catalog.bulk_import').where('made_at', '<', before).where('state', 'not in', ['applying', 'undoing']).executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

export type BulkStore = ReturnType<typeof createBulkStore>
