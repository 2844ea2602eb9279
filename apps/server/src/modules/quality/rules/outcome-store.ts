import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { OutcomeTable, QualityTables, RuleVersionTable } from '../tables.ts'

export type OutcomeRow = Selectable<OutcomeTable>
/** What a rule found, with what it was then. */
export type OutcomeWithRule = Omit<OutcomeRow, 'sealed'> & Pick<Selectable<RuleVersionTable>, 'title' | 'title_typed' | 'field' | 'dimension' | 'severity' | 'tolerance_share'> & { readonly kind: string }

const COLUMNS = ['o.entry_code', 'o.version', 'o.rule_id', 'o.rule_version', 'o.verdict', 'o.checked', 'o.failed', 'o.doubtful', 'o.score', 'o.params', 'o.kept', 'o.checked_at'] as const

/** SQL of what rules found. */
export function createOutcomeStore(db: Db) {
  const tables = (trx?: Trx) => withTables<QualityTables>(trx ?? db)
  const withRule = (trx?: Trx) => tables(trx).selectFrom('quality.outcome as o')
    .innerJoin('quality.rule as r', 'r.id', 'o.rule_id')
    .innerJoin('quality.rule_version as v', (join) => join.onRef('v.rule_id', '=', 'o.rule_id').onRef('v.version', '=', 'o.rule_version'))
    .select([...COLUMNS, 'r.kind', 'v.title', 'v.title_typed', 'v.field', 'v.dimension', 'v.severity', 'v.tolerance_share'])
  return {
    /** What was found in a version, of rules that are still in force. */
    async ofVersion(entryCode: string, version: number, trx?: Trx): Promise<OutcomeWithRule[]> {
      return withRule(trx).where('o.entry_code', '=', entryCode).where('o.version', '=', version).where('r.state', '=', 'active').orderBy('o.rule_id').execute()
    },

    /** What a rule found, by version of the data, the newest first. */
    async ofRule(ruleId: string, limit: number): Promise<OutcomeWithRule[]> {
      return withRule().where('o.rule_id', '=', ruleId).orderBy('o.version', 'desc').limit(limit).execute()
    },

    /** What each of these rules found in the newest version that it was held against. */
    async newestOf(ruleIds: readonly string[]): Promise<ReadonlyMap<string, OutcomeWithRule>> {
      if (ruleIds.length === 0) return new Map()
      const rows = await withRule().where('o.rule_id', 'in', ruleIds)
        .where('o.version', '=', sql<number>`(select max(n.version) from quality.outcome n where n.rule_id = o.rule_id)`).execute()
      return new Map(rows.map((row) => [row.rule_id, row]))
    },

    /** With the rows that were kept; the newest version when none is named. */
    async withRows(ruleId: string, version: number | undefined): Promise<OutcomeRow | undefined> {
      return tables().selectFrom('quality.outcome').selectAll().where('rule_id', '=', ruleId)
        .$if(version !== undefined, (query) => query.where('version', '=', version!)).orderBy('version', 'desc').limit(1).executeTakeFirst() // only with a version
    },

    /** What was found last takes the place of what was found before, but never of what a newer version of the rule found. */
    async keep(trx: Trx, rows: readonly Insertable<OutcomeTable>[]): Promise<void> {
      for (const row of rows) {
        const { rule_id: _, version: __, ...rest } = row
        await tables(trx).insertInto('quality.outcome').values(row).onConflict((conflict) => conflict.columns(['rule_id', 'version']).doUpdateSet(rest).where('quality.outcome.rule_version', '<=', row.rule_version)).execute()
      }
    },
  }
}

export type OutcomeStore = ReturnType<typeof createOutcomeStore>
