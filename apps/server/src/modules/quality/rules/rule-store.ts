import type { operations, QueryOf } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { QualityTables, RuleTable, RuleVersionTable } from '../tables.ts'

export type RuleVersionRow = Selectable<RuleVersionTable>
/** A rule with its newest version. */
export type RuleRow = Selectable<RuleTable> & Omit<RuleVersionRow, 'rule_id' | 'version'>

type ListQuery = QueryOf<typeof operations.listQualityRules>

/** SQL of the rules of entries. */
export function createRuleStore(db: Db, cursors: CursorCodec) {
  const tables = (trx?: Trx) => withTables<QualityTables>(trx ?? db)
  const withNewest = (trx?: Trx) => tables(trx).selectFrom('quality.rule as r')
    .innerJoin('quality.rule_version as v', (join) => join.onRef('v.rule_id', '=', 'r.id').onRef('v.version', '=', 'r.version'))
    .select(['r.id', 'r.entry_code', 'r.kind', 'r.state', 'r.version', 'r.revision', 'r.created_at', 'r.turned', 'v.title', 'v.title_typed', 'v.field', 'v.dimension', 'v.parameters', 'v.severity',
      'v.tolerance_share', 'v.note', 'v.origin', 'v.fingerprint', 'v.changed_at', 'v.changed_by'])
  return {
    async find(id: string, trx?: Trx): Promise<RuleRow | undefined> {
      return withNewest(trx).where('r.id', '=', id).executeTakeFirst()
    },

    /** Locks it until the transaction ends. */
    async lock(trx: Trx, id: string): Promise<RuleRow | undefined> {
      return withNewest(trx).where('r.id', '=', id).forUpdate('r').executeTakeFirst()
    },

    /** Rules of an entry in the order in which they were made; without those that ended. */
    async ofEntry(entryCode: string, trx?: Trx): Promise<RuleRow[]> {
      return withNewest(trx).where('r.entry_code', '=', entryCode).where('r.state', '<>', 'retired').orderBy('r.created_at').orderBy('r.id').execute()
    },

    /** Lets one transaction at a time change the rules of an entry, or tell whether they changed, until it ends. */
    async lockEntry(trx: Trx, entryCode: string): Promise<void> {
      await sql`select pg_advisory_xact_lock(hashtext('quality.rule'), hashtext(${entryCode}))`.execute(trx)
    },

    async versions(id: string): Promise<RuleVersionRow[]> {
      return tables().selectFrom('quality.rule_version').selectAll().where('rule_id', '=', id).orderBy('version', 'desc').execute()
    },

    async insert(trx: Trx, rule: Insertable<RuleTable>, version: Insertable<RuleVersionTable>): Promise<void> {
      await tables(trx).insertInto('quality.rule').values(rule).execute()
      await tables(trx).insertInto('quality.rule_version').values(version).execute()
    },

    async addVersion(trx: Trx, version: Insertable<RuleVersionTable>): Promise<void> {
      await tables(trx).insertInto('quality.rule_version').values(version).execute()
    },

    async update(trx: Trx, before: Pick<RuleRow, 'id' | 'revision'>, change: Pick<Updateable<RuleTable>, 'state' | 'version' | 'turned'>): Promise<void> {
      const { numUpdatedRows } = await tables(trx).updateTable('quality.rule').set({ ...change, revision: before.revision + 1 })
        .where('id', '=', before.id).where('revision', '=', before.revision).executeTakeFirst()
      if (numUpdatedRows === 0n) throw new AppError('request/conflict')
    },

    async dismissedOf(entryCode: string): Promise<ReadonlySet<string>> {
      const rows = await tables().selectFrom('quality.dismissed').select('fingerprint').where('entry_code', '=', entryCode).execute()
      return new Set(rows.map(({ fingerprint }) => fingerprint))
    },

    async dismiss(trx: Trx, rows: readonly Insertable<QualityTables['quality.dismissed']>[]): Promise<void> {
      if (rows.length > 0) await tables(trx).insertInto('quality.dismissed').values([...rows]).onConflict((conflict) => conflict.doNothing()).execute()
    },

    /** Rules of these entries: what fails first, then by severity. @param codes null: of all entries */
    async list(query: ListQuery, codes: readonly string[] | null): Promise<{ rows: RuleRow[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor, ...selection } = query
      const fingerprint = { list: 'quality-rules', selection, all: codes === null }
      const verdict = sql<string | null>`(select o.verdict from quality.outcome o where o.rule_id = r.id order by o.version desc limit 1)`
      const rank = sql<number>`(case when r.state <> 'active' then 100 when ${verdict} = 'failed' then 0 else 50 end
        + case v.severity when 'critical' then 0 when 'major' then 1 else 2 end)`
      const conditions = [
        codes === null ? sql<SqlBool>`true` : sql<SqlBool>`r.entry_code = any(${[...codes]}::text[])`,
        query.state === undefined ? sql<SqlBool>`r.state <> 'retired'` : sql<SqlBool>`r.state = ${query.state}`,
        ...(query.entryCode === undefined ? [] : [sql<SqlBool>`r.entry_code = ${query.entryCode}`]),
        ...(query.dimension === undefined ? [] : [sql<SqlBool>`v.dimension = ${query.dimension}`]),
        ...(query.severity === undefined ? [] : [sql<SqlBool>`v.severity = ${query.severity}`]),
        ...(query.verdict === undefined ? [] : [sql<SqlBool>`${verdict} = ${query.verdict}`]),
      ]
      const all = withNewest().select(rank.as('rank')).where(sql<SqlBool>`${sql.join(conditions, sql` and `)}`)
      let page = all
      if (cursor !== undefined) {
        const [after, id] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(${rank}, r.id) > (${after}::int, ${id}::uuid)`)
      }
      const [rows, { count }] = await Promise.all([
        page.orderBy(rank).orderBy('r.id').limit(limit + 1).execute(),
        all.clearSelect().select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), total: count, nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.rank, last.id]) }
    },
  }
}

export type RuleStore = ReturnType<typeof createRuleStore>
