import type { Actor, operations, QueryOf } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, sql, type SqlBool } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { ListsTables, ResponsibilityTable } from '../tables.ts'
import { type ResponsibilityRow, stateSql } from './view.ts'

type Query = QueryOf<typeof operations.listResponsibilities>
type Columns = Omit<Insertable<ResponsibilityTable>, 'changed_by' | 'revision'> & { readonly changed_by: Actor }

/** SQL of the responsibility list; `own` limits every reading to a department. */
export function createResponsibilityStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<ListsTables>(db)
  const within = (trx: Trx) => withTables<ListsTables>(trx)
  const mine = (own: string | null) => sql<SqlBool>`(${own}::text is null or organisation = ${own})`

  return {
    async page(query: Query, own: string | null, today: string): Promise<{ rows: ResponsibilityRow[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor, ...selection } = query
      const fingerprint = { list: 'responsibilities', selection, own }
      const where = sql<SqlBool>`${sql.join([
        mine(own), ...(query.organisation === undefined ? [] : [sql`organisation = ${query.organisation}`]), ...(query.state === undefined ? [] : [sql`${stateSql(today)} = ${query.state}`]),
        ...(query.q === undefined ? [] : [sql`position(lower(${query.q}) in lower(item || ' ' || data_named || ' ' || legal_basis)) > 0`]),
      ], sql` and `)}`
      let page = tables.selectFrom('lists.responsibility').selectAll().where(where)
      if (cursor !== undefined) {
        const [organisation, item, id] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(organisation, item, id) > (${organisation}::text, ${item}::text, ${id}::uuid)`)
      }
      const [rows, { total }] = await Promise.all([
        page.orderBy('organisation').orderBy('item').orderBy('id').limit(limit + 1).execute(),
        tables.selectFrom('lists.responsibility').where(where).select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), total, nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.organisation, last.item, last.id]) }
    },

    /** What each department's list asks for, how much of it is published, and how much is late. */
    coverage(own: string | null, today: string) {
      return tables.selectFrom('lists.responsibility').where(mine(own)).groupBy('organisation').orderBy('organisation').select([
        'organisation', sql<number>`count(*)::int`.as('all'), sql<number>`count(*) filter (where published)::int`.as('published'),
        sql<number>`count(*) filter (where ${stateSql(today)} = 'late')::int`.as('late'),
      ]).execute()
    },

    all: (own: string | null): Promise<ResponsibilityRow[]> => tables.selectFrom('lists.responsibility').selectAll().where(mine(own)).orderBy('organisation').orderBy('item').orderBy('id').limit(50_000).execute(),

    lock: (trx: Trx, id: string): Promise<ResponsibilityRow | undefined> => within(trx).selectFrom('lists.responsibility').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),

    findAlike: (trx: Trx, { organisation, item, data_named }: Pick<ResponsibilityRow, 'organisation' | 'item' | 'data_named'>): Promise<ResponsibilityRow | undefined> =>
      within(trx).selectFrom('lists.responsibility').selectAll().where('organisation', '=', organisation).where('item', '=', item).where('data_named', '=', data_named).forUpdate().executeTakeFirst(),

    /** @throws AppError `lists/known-item` when the department has the same item already */
    async insert(trx: Trx, row: Columns): Promise<ResponsibilityRow> {
      const made = await within(trx).insertInto('lists.responsibility').values({ ...row, changed_by: JSON.stringify(row.changed_by), revision: 0 })
        .onConflict((conflict) => conflict.columns(['organisation', 'item', 'data_named']).doNothing()).returningAll().executeTakeFirst()
      if (made === undefined) throw new AppError('lists/known-item', { item: row.item })
      return made
    },

    async update(trx: Trx, before: ResponsibilityRow, change: Partial<Columns>): Promise<ResponsibilityRow> {
      const { changed_by, ...rest } = change
      return within(trx).updateTable('lists.responsibility').set({ ...rest, ...(changed_by === undefined ? {} : { changed_by: JSON.stringify(changed_by) }), revision: before.revision + 1 })
        .where('id', '=', before.id).returningAll().executeTakeFirstOrThrow()
    },

    async remove(trx: Trx, id: string): Promise<void> {
      await within(trx).deleteFrom('lists.responsibility').where('id', '=', id).execute()
    },

    /** Follows an entry that was published or withdrawn. */
    async follow(code: string, published: boolean): Promise<void> {
      await tables.updateTable('lists.responsibility').set({ published }).where('entry_code', '=', code).execute()
    },
  }
}

export type ResponsibilityStore = ReturnType<typeof createResponsibilityStore>
