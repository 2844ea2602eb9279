import type { Actor, operations, QueryOf } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Selectable, sql, type SqlBool } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import { type Sight, seen } from '../store/seen.ts'
import type { EvaluationTable, Scores, SharingTables } from '../tables.ts'

type EvaluationRow = Selectable<EvaluationTable>
type EvaluationQuery = QueryOf<typeof operations.listEvaluations>

/** An evaluation with what is needed to show it. */
export type ShownEvaluation = EvaluationRow & {
  readonly number: string
  readonly entry_code: string
  readonly entry_title: string
  readonly consumer_organisation: string | null
  readonly provider_organisation: string
}

export function createEvaluationStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<SharingTables>(db)
  return {
    async add(trx: Trx, row: { id: string; applicationId: string; grantId: string; at: Date; actor: Actor; scores: Scores; comment: string }): Promise<void> {
      await withTables<SharingTables>(trx).insertInto('sharing.evaluation').values({
        id: row.id, application_id: row.applicationId, grant_id: row.grantId, at: row.at, actor: JSON.stringify(row.actor), ...row.scores, comment: row.comment,
      }).execute()
    },

    async ofMany(applicationIds: readonly string[]): Promise<Map<string, EvaluationRow[]>> {
      const evaluations = new Map<string, EvaluationRow[]>(applicationIds.map((id) => [id, []]))
      if (applicationIds.length === 0) return evaluations
      const rows = await tables.selectFrom('sharing.evaluation').selectAll().where('application_id', 'in', [...applicationIds]).orderBy('at').execute()
      for (const row of rows) evaluations.get(row.application_id)?.push(row)
      return evaluations
    },

    async list(query: EvaluationQuery, sight: Sight): Promise<{ rows: ShownEvaluation[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor, ...selection } = query
      const fingerprint = { list: 'evaluations', selection, sight }
      const conditions = [
        seen(sight),
        ...(query.entryCode === undefined ? [] : [sql<SqlBool>`entry_code = ${query.entryCode}`]),
        ...(query.grantId === undefined ? [] : [sql<SqlBool>`e.grant_id = ${query.grantId}`]),
      ]
      const all = tables.selectFrom('sharing.evaluation as e').innerJoin('sharing.application as a', 'a.id', 'e.application_id')
        .where(sql<SqlBool>`${sql.join(conditions, sql` and `)}`)
      let page = all.selectAll('e').select(['a.number', 'a.entry_code', 'a.entry_title', 'a.consumer_organisation', 'a.provider_organisation'])
      if (cursor !== undefined) {
        const [at, id] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(e.at, e.id) < (${at}::timestamptz, ${id}::uuid)`)
      }
      const [rows, { count }] = await Promise.all([
        page.orderBy('e.at', 'desc').orderBy('e.id', 'desc').limit(limit + 1).execute(),
        all.select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), total: count, nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.at.toISOString(), last.id]) }
    },
  }
}
