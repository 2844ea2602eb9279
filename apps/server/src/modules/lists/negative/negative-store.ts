import type { operations, QueryOf } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Selectable, sql, type SqlBool } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { ListsTables, NegativeTable } from '../tables.ts'

export type NegativeRow = Selectable<NegativeTable>
type Query = QueryOf<typeof operations.listNegativeItems>

/** SQL of the negative list. */
export function createNegativeStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<ListsTables>(db)
  const within = (trx: Trx) => withTables<ListsTables>(trx)
  return {
    async page(query: Query, own: string | null, now: Date): Promise<{ rows: NegativeRow[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor, ...selection } = query
      const fingerprint = { list: 'negative', selection, own }
      const where = sql<SqlBool>`${sql.join([
        sql`(${own}::text is null or organisation = ${own})`, ...(query.organisation === undefined ? [] : [sql`organisation = ${query.organisation}`]),
        ...(query.entryCode === undefined ? [] : [sql`entry_code = ${query.entryCode}`]), ...(query.state === undefined ? [] : [sql`state = ${query.state}`]),
        ...(query.late === undefined ? [] : [sql`(state = 'in-force' and review_due_at < ${now}) = ${query.late}`]),
      ], sql` and `)}`
      let page = tables.selectFrom('lists.negative_item').selectAll().where(where)
      if (cursor !== undefined) {
        const [lifted, at, id] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(state = 'lifted', coalesce(review_due_at, made_at), id) > (${lifted}::boolean, ${at}::timestamptz, ${id}::uuid)`)
      }
      const [rows, { total }] = await Promise.all([
        page.orderBy(sql`state = 'lifted'`).orderBy(sql`coalesce(review_due_at, made_at)`).orderBy('id').limit(limit + 1).execute(),
        tables.selectFrom('lists.negative_item').where(where).select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return {
        rows: rows.slice(0, limit), total,
        nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.state === 'lifted', (last.review_due_at ?? last.made_at).toISOString(), last.id]),
      }
    },

    /** Items in force of an entry. */
    of: (entryCode: string, trx?: Trx): Promise<NegativeRow[]> =>
      (trx === undefined ? tables : within(trx)).selectFrom('lists.negative_item').selectAll().where('entry_code', '=', entryCode).where('state', '=', 'in-force').orderBy('made_at').execute(),

    lock: (trx: Trx, id: string): Promise<NegativeRow | undefined> => within(trx).selectFrom('lists.negative_item').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),

    insert: (trx: Trx, row: NegativeRow): Promise<NegativeRow> => within(trx).insertInto('lists.negative_item').values(row).returningAll().executeTakeFirstOrThrow(),

    update: (trx: Trx, id: string, change: Partial<NegativeRow>): Promise<NegativeRow> =>
      within(trx).updateTable('lists.negative_item').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow(),
  }
}

export type NegativeStore = ReturnType<typeof createNegativeStore>
