import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { ConformityCounts } from '@datong/standards'
import { type Insertable, type Selectable, sql, type SqlBool } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { LearntTable, MappingTable, StandardsTables } from '../tables.ts'

export type MappingRow = Selectable<MappingTable>

/** What a change of the standard concerns. */
export interface Concerned {
  readonly elements: readonly string[]
  readonly lists: readonly string[]
  /** Folded names that elements have or had. */
  readonly names: readonly string[]
}

const counts = { fields: sql<number>`sum(field_count)::int`.as('fields'), mapped: sql<number>`sum(mapped)::int`.as('mapped'), conforming: sql<number>`sum(conforming)::int`.as('conforming') }

/** SQL of mappings, their figures, and what was learnt of names. */
export function createMappingStore(db: Db, cursors: CursorCodec) {
  const tables = (trx?: Trx) => withTables<StandardsTables>(trx ?? db)
  return {
    async find(entryCode: string): Promise<MappingRow | undefined> {
      return tables().selectFrom('standards.mapping').selectAll().where('entry_code', '=', entryCode).executeTakeFirst()
    },
    async lock(trx: Trx, entryCode: string): Promise<MappingRow | undefined> {
      await sql`select pg_advisory_xact_lock(hashtext(${`standards.mapping ${entryCode}`}))`.execute(trx)
      return tables(trx).selectFrom('standards.mapping').selectAll().where('entry_code', '=', entryCode).executeTakeFirst()
    },
    async keep(trx: Trx, row: Insertable<MappingTable>): Promise<void> {
      const { entry_code: _, ...rest } = row
      await tables(trx).insertInto('standards.mapping').values(row).onConflict((conflict) => conflict.column('entry_code').doUpdateSet(rest)).execute()
    },
    async remove(entryCode: string): Promise<void> {
      await tables().deleteFrom('standards.mapping').where('entry_code', '=', entryCode).execute()
    },
    async rename(trx: Trx, from: string, to: string): Promise<void> {
      await tables(trx).updateTable('standards.mapping').set({ entry_code: to }).where('entry_code', '=', from).execute()
    },

    /** Entries whose fields may be mapped or measured otherwise now; a field counts by its name too, when it ends like a name of an element. */
    async concerned({ elements, lists, names }: Concerned): Promise<string[]> {
      const { rows } = await sql<{ entry_code: string }>`
        select entry_code from standards.mapping m where exists (
          select from jsonb_array_elements(m.fields) f
          where f ->> 'element' = any(${elements}) or f ->> 'codeList' = any(${lists}) or exists (select from jsonb_array_elements(f -> 'candidates') c where c ->> 'element' = any(${elements}))
        ) or exists (select from unnest(m.names) n, unnest(${names}::text[]) w where right(n, length(w)) = w)
        order by entry_code`.execute(db)
      return rows.map(({ entry_code: code }) => code)
    },

    async usesOf(element: string): Promise<{ entryCode: string; title: string; organisation: string; field: string; confirmed: boolean; conforms: boolean | null }[]> {
      const { rows } = await sql<{ entryCode: string; title: string; organisation: string; field: string; confirmed: boolean; conforms: boolean | null }>`
        select m.entry_code as "entryCode", m.title, m.organisation, f ->> 'name' as field, (f ->> 'confirmed')::boolean as confirmed, (f ->> 'conforms')::boolean as conforms
        from standards.mapping m, jsonb_array_elements(m.fields) f where jsonb_path_query_array(m.fields, '$[*].element') ? ${element} and f ->> 'element' = ${element} order by 1, 4 limit 2000`.execute(db)
      return rows
    },
    async useCounts(): Promise<ReadonlyMap<string, number>> {
      const { rows } = await sql<{ element: string; count: number }>`
        select f ->> 'element' as element, count(*)::int as count from standards.mapping m, jsonb_array_elements(m.fields) f where f ->> 'element' is not null group by 1`.execute(db)
      return new Map(rows.map(({ element, count }) => [element, count]))
    },

    async byOrganisation(): Promise<(ConformityCounts & { organisation: string; entries: number })[]> {
      return tables().selectFrom('standards.mapping').select(['organisation', counts.fields, counts.mapped, counts.conforming, sql<number>`count(*)::int`.as('entries')]).groupBy('organisation').orderBy('organisation').execute()
    },

    /** Entries by share, the lowest first. @param organisation only those of one department */
    async list(query: { limit?: number | undefined; cursor?: string | undefined }, organisation: string | undefined): Promise<{ rows: MappingRow[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor } = query
      const fingerprint = { list: 'conformity', organisation }
      const share = sql<string>`round(case when field_count = 0 then 1 else conforming::numeric / field_count end, 6)`
      const where = organisation === undefined ? sql<SqlBool>`true` : sql<SqlBool>`organisation = ${organisation}`
      let page = tables().selectFrom('standards.mapping').selectAll().select(share.as('share')).where(where)
      if (cursor !== undefined) {
        const [value, code] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(${share}, entry_code) > (${value}::numeric, ${code})`)
      }
      const [rows, { count }] = await Promise.all([
        page.orderBy('share').orderBy('entry_code').limit(limit + 1).execute(),
        tables().selectFrom('standards.mapping').select(sql<number>`count(*)::int`.as('count')).where(where).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), total: count, nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.share, last.entry_code]) }
    },

    async learn(trx: Trx, rows: readonly Insertable<LearntTable>[]): Promise<void> {
      for (const row of rows) {
        const { organisation: _, name: __, ...rest } = row
        await tables(trx).insertInto('standards.learnt').values(row).onConflict((conflict) => conflict.columns(['organisation', 'name']).doUpdateSet(rest)).execute()
      }
    },
    /** What was confirmed of these names: by the department, and by others where they agree. */
    async learnt(names: readonly string[], organisation: string): Promise<{ own: ReadonlyMap<string, string>; others: ReadonlyMap<string, string> }> {
      if (names.length === 0) return { own: new Map(), others: new Map() }
      const rows = await tables().selectFrom('standards.learnt').select(['organisation', 'name', 'element']).where('name', 'in', names).execute()
      const own = new Map(rows.flatMap((row) => (row.organisation === organisation ? [[row.name, row.element]] : [])))
      const others = new Map([...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, those]) => (those.every(({ element }) => element === those[0]?.element) ? [[name, those[0]!.element]] : [])))
      return { own, others }
    },
  }
}

export type MappingStore = ReturnType<typeof createMappingStore>
