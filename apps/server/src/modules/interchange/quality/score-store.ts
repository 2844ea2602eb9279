import type { MqaIndicator } from '@datong/catalog-metadata'
import { type Db, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql, type SqlBool } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { InterchangeTables, MetadataScoreTable } from './tables.ts'

export type ScoreRow = Selectable<MetadataScoreTable>
export type NewScore = Omit<Insertable<MetadataScoreTable>, 'indicators'> & { readonly indicators: Readonly<Record<MqaIndicator, number>> }

interface ListQuery {
  readonly organisation?: string | undefined
  readonly band?: string | undefined
  /** Entries without all points of this indicator, of which there are `max`. */
  readonly lacking?: { readonly id: string; readonly max: number } | undefined
  readonly limit?: number
  readonly cursor?: string
}

export interface GroupFigures {
  readonly organisation: string
  readonly entries: number
  readonly points: number
  readonly completeness: number
  readonly excellent: number
  readonly good: number
  readonly sufficient: number
  readonly bad: number
}

/** SQL of the points of descriptions. */
export function createScoreStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<InterchangeTables>(db)

  return {
    /** Writes newly worked out points; those of an older description never replace newer ones. */
    async write(rows: readonly NewScore[]): Promise<void> {
      if (rows.length === 0) return
      await tables.insertInto('interchange.metadata_score')
        .values(rows.map((row) => ({ ...row, missing: [...row.missing], indicators: JSON.stringify(row.indicators) })))
        .onConflict((conflict) => conflict.column('entry_code').doUpdateSet((excluded) => ({
          organisation: excluded.ref('excluded.organisation'), title: excluded.ref('excluded.title'), points: excluded.ref('excluded.points'), band: excluded.ref('excluded.band'),
          indicators: excluded.ref('excluded.indicators'), completeness: excluded.ref('excluded.completeness'), missing: excluded.ref('excluded.missing'),
          described_at: excluded.ref('excluded.described_at'), computed_at: excluded.ref('excluded.computed_at'),
        })).where(sql<SqlBool>`excluded.described_at >= interchange.metadata_score.described_at`))
        .execute()
    },

    async remove(entryCode: string): Promise<void> {
      await tables.deleteFrom('interchange.metadata_score').where('entry_code', '=', entryCode).execute()
      await tables.deleteFrom('interchange.link_check').where('entry_code', '=', entryCode).execute()
    },

    /** When the descriptions were last changed whose points are known, by code. */
    async describedAt(codes: readonly string[]): Promise<ReadonlyMap<string, Date>> {
      if (codes.length === 0) return new Map()
      const rows = await tables.selectFrom('interchange.metadata_score').select(['entry_code', 'described_at']).where('entry_code', 'in', [...codes]).execute()
      return new Map(rows.map((row) => [row.entry_code, row.described_at]))
    },

    /** The worst first. */
    async list({ organisation, band, lacking, limit = 20, cursor }: ListQuery): Promise<{ rows: ScoreRow[]; nextCursor: string | null; total: number }> {
      const conditions = [
        ...(organisation === undefined ? [] : [sql<SqlBool>`organisation = ${organisation}`]),
        ...(band === undefined ? [] : [sql<SqlBool>`band = ${band}`]),
        ...(lacking === undefined ? [] : [sql<SqlBool>`(indicators ->> ${lacking.id})::numeric < ${lacking.max}`]),
      ]
      const where = conditions.length === 0 ? sql<SqlBool>`true` : sql.join(conditions, sql` and `)
      const fingerprint = { organisation: organisation ?? null, band: band ?? null, lacking: lacking?.id ?? null }
      let query = tables.selectFrom('interchange.metadata_score').selectAll().where(sql<SqlBool>`${where}`)
      if (cursor !== undefined) {
        const [points, code] = cursors.decode(fingerprint, cursor)
        query = query.where(sql<SqlBool>`(points, entry_code) > (${points}::numeric, ${code}::text)`)
      }
      const [rows, { total }] = await Promise.all([
        query.orderBy('points').orderBy('entry_code').limit(limit + 1).execute(),
        tables.selectFrom('interchange.metadata_score').select(sql<number>`count(*)::int`.as('total')).where(sql<SqlBool>`${where}`).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), total, nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.points, last.entry_code]) }
    },

    /** Figures of departments. */
    async groups(organisation: string | undefined): Promise<GroupFigures[]> {
      const { rows } = await sql<GroupFigures>`select organisation, count(*)::int as entries, avg(points)::float as points, avg(completeness)::float as completeness,
          count(*) filter (where band = 'excellent')::int as excellent, count(*) filter (where band = 'good')::int as good,
          count(*) filter (where band = 'sufficient')::int as sufficient, count(*) filter (where band = 'bad')::int as bad
        from interchange.metadata_score where ${organisation === undefined ? sql`true` : sql`organisation = ${organisation}`}
        group by organisation order by avg(points) desc, organisation`.execute(db)
      return rows
    },

    /** The mean of each indicator, and how many entries lack some of its points. @param max points by indicator */
    async indicators(organisation: string | undefined, max: Readonly<Record<string, number>>): Promise<ReadonlyMap<string, { points: number; lacking: number }>> {
      const { rows } = await sql<{ id: string; points: number; lacking: number }>`select key as id, avg(value::numeric)::float as points,
          count(*) filter (where value::numeric < (${JSON.stringify(max)}::jsonb ->> key)::numeric)::int as lacking
        from interchange.metadata_score, jsonb_each_text(indicators)
        where ${organisation === undefined ? sql`true` : sql`organisation = ${organisation}`} group by key`.execute(db)
      return new Map(rows.map(({ id, ...figures }) => [id, figures]))
    },
  }
}

export type ScoreStore = ReturnType<typeof createScoreStore>
