import { AppError } from '@datong/kernel'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql, type SqlBool } from 'kysely'
import type { operations, QueryOf } from '@datong/contracts'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { RuleText } from './rule.ts'
import type { RuleTable, RuleTables, RuleVersionTable } from './tables.ts'

export type VersionRow = Selectable<RuleVersionTable>
/** A rule with its newest version. */
export type RuleRow = Selectable<RuleTable> & Omit<VersionRow, 'rule_id' | 'version'>

/** Whose rules a caller may see: all, or the city's and those of one department. */
export type RuleSight = { readonly kind: 'all' } | { readonly kind: 'department'; readonly organisation: string | null }

export function createRuleStore(db: Db, cursors: CursorCodec) {
  const tables = (trx?: Trx) => withTables<RuleTables>(trx ?? db)
  const withNewest = (trx?: Trx) => tables(trx).selectFrom('sharing.rule as r')
    .innerJoin('sharing.rule_version as v', (join) => join.onRef('v.rule_id', '=', 'r.id').onRef('v.version', '=', 'r.version'))
    .select(['r.id', 'r.scope_organisation', 'r.state', 'r.version', 'r.active_version', 'r.revision', 'v.name', 'v.priority', 'v.effect', 'v.reason', 'v.legal_basis',
      'v.note', 'v.conditions', 'v.changed_at', 'v.changed_by'])
  return {
    /** What decides now. Asked at every filing: it is one small query, and no process ever decides by an old rule. */
    async active(trx?: Trx): Promise<RuleText[]> {
      const rows = await tables(trx).selectFrom('sharing.rule as r')
        .innerJoin('sharing.rule_version as v', (join) => join.onRef('v.rule_id', '=', 'r.id').onRef('v.version', '=', 'r.active_version'))
        .select(['r.id', 'r.scope_organisation', 'v.version', 'v.name', 'v.priority', 'v.effect', 'v.reason', 'v.legal_basis', 'v.conditions'])
        .where('r.state', '=', 'active').orderBy('r.id').execute()
      return rows.map((row) => ({
        id: row.id, version: row.version, name: row.name, scope: row.scope_organisation, priority: row.priority, effect: row.effect, reason: row.reason,
        legalBasis: row.legal_basis, conditions: row.conditions,
      }))
    },

    async find(id: string, trx?: Trx): Promise<RuleRow | undefined> {
      return withNewest(trx).where('r.id', '=', id).executeTakeFirst()
    },

    /** Locks it until the transaction ends. */
    async lock(trx: Trx, id: string): Promise<RuleRow | undefined> {
      return withNewest(trx).where('r.id', '=', id).forUpdate('r').executeTakeFirst()
    },

    async versions(id: string): Promise<VersionRow[]> {
      return tables().selectFrom('sharing.rule_version').selectAll().where('rule_id', '=', id).orderBy('version', 'desc').execute()
    },

    async insert(trx: Trx, rule: Insertable<RuleTable>, version: Insertable<RuleVersionTable>): Promise<void> {
      await tables(trx).insertInto('sharing.rule').values(rule).execute()
      await tables(trx).insertInto('sharing.rule_version').values(version).execute()
    },

    async addVersion(trx: Trx, version: Insertable<RuleVersionTable>): Promise<void> {
      await tables(trx).insertInto('sharing.rule_version').values(version).execute()
    },

    async update(trx: Trx, before: Pick<RuleRow, 'id' | 'revision'>, change: Partial<Pick<RuleTable, 'state' | 'version' | 'active_version'>>): Promise<void> {
      const { numUpdatedRows } = await tables(trx).updateTable('sharing.rule').set({ ...change, revision: before.revision + 1 })
        .where('id', '=', before.id).where('revision', '=', before.revision).executeTakeFirst()
      if (numUpdatedRows === 0n) throw new AppError('request/conflict')
    },

    async list(query: QueryOf<typeof operations.listRules>, sight: RuleSight): Promise<{ rows: RuleRow[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor, ...selection } = query
      const fingerprint = { list: 'rules', selection, sight }
      const conditions = [
        seen(sight),
        ...(query.state === undefined ? [] : [sql<SqlBool>`r.state = ${query.state}`]),
        ...(query.effect === undefined ? [] : [sql<SqlBool>`v.effect = ${query.effect}`]),
        ...(query.scope === undefined ? [] : [sql<SqlBool>`(r.scope_organisation is null) = ${query.scope === 'city'}`]),
      ]
      const all = withNewest().where(sql<SqlBool>`${sql.join(conditions, sql` and `)}`)
      let page = all
      if (cursor !== undefined) {
        const [priority, id] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(v.priority, r.id) > (${priority}::int, ${id}::uuid)`)
      }
      const [rows, { count }] = await Promise.all([
        page.orderBy('v.priority').orderBy('r.id').limit(limit + 1).execute(),
        all.clearSelect().select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), total: count, nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.priority, last.id]) }
    },
  }
}

export type RuleStore = ReturnType<typeof createRuleStore>

const seen = (sight: RuleSight) =>
  (sight.kind === 'all' ? sql<SqlBool>`true` : sql<SqlBool>`(r.scope_organisation is null or r.scope_organisation = ${sight.organisation})`)
