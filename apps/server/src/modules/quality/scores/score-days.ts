import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { DIMENSIONS } from '@datong/quality-rules'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { QualityTables, ScoreDayTable } from '../tables.ts'

export type ScoreDay = Selectable<ScoreDayTable>

/** Means over the published entries of one department on one day; `organisation` null: of all. */
export interface GroupDay {
  readonly day: string
  readonly organisation: string | null
  readonly entries: number
  readonly scores: ScoreDay['scores']
}

/** What a row says beside its day. */
const COLUMNS = ['organisation', 'published', 'version', 'overall', 'stars', 'scores'] as const

/** SQL of how scores went. Days are those of China, as `YYYY-MM-DD`. */
export function createScoreDays(db: Db) {
  const tables = (trx?: Trx) => withTables<QualityTables>(trx ?? db)
  const until = (trx: Trx | undefined, entryCode: string, day: string) => tables(trx).selectFrom('quality.score_day').select(['entry_code', sql<string>`day::text`.as('day'), ...COLUMNS])
    .where('entry_code', '=', entryCode).where('day', '<=', day).orderBy('day', 'desc').limit(1)

  return {
    /** Keeps what a score is at the end of a day; what says the same as the day before is not written again. */
    async note(trx: Trx, row: Insertable<ScoreDayTable>): Promise<void> {
      const { entry_code: _, day: __, ...rest } = row
      const { numUpdatedRows } = await tables(trx).updateTable('quality.score_day').set(rest).where('entry_code', '=', row.entry_code).where('day', '=', row.day).executeTakeFirst()
      if (numUpdatedRows > 0n) return
      await sql`insert into quality.score_day select * from (values (${row.entry_code}, ${row.day}::date, ${row.organisation}, ${row.published}::boolean, ${row.version}::int, ${row.overall}::float8, ${row.stars}::int, ${row.scores}::jsonb))
          as n (entry_code, day, organisation, published, version, overall, stars, scores)
        where not exists (select from (select * from quality.score_day s where s.entry_code = n.entry_code and s.day < n.day order by s.day desc limit 1) s
          where (s.organisation, s.published, s.version, s.overall, s.stars, s.scores) = (n.organisation, n.published, n.version, n.overall, n.stars, n.scores))
        on conflict (entry_code, day) do update set organisation = excluded.organisation, published = excluded.published, version = excluded.version, overall = excluded.overall,
          stars = excluded.stars, scores = excluded.scores`.execute(trx)
    },

    /** From a day on nobody outside gets the entry; its score counts no longer. */
    async end(trx: Trx, entryCode: string, day: string): Promise<void> {
      const last = await until(trx, entryCode, day).executeTakeFirst()
      if (last?.published === true) await this.note(trx, { ...last, day, published: false, scores: JSON.stringify(last.scores) })
    },

    /** What an entry's score was on a day, and each day since on which it changed. */
    async ofEntry(entryCode: string, from: string): Promise<ScoreDay[]> {
      const before = await until(undefined, entryCode, from).executeTakeFirst()
      const since = await tables().selectFrom('quality.score_day').select(['entry_code', sql<string>`day::text`.as('day'), ...COLUMNS]).where('entry_code', '=', entryCode).where('day', '>', from).orderBy('day').execute()
      return [...(before === undefined ? [] : [{ ...before, day: from }]), ...since]
    },

    /** Departments and all together on each of these days; groups without a published entry are left out. */
    async ofGroups(days: readonly string[]): Promise<GroupDay[]> {
      const means = sql.join(DIMENSIONS.map((dimension) => sql`${sql.lit(dimension)}, avg((scores ->> ${sql.lit(dimension)})::float8)`))
      const { rows } = await sql<GroupDay>`
        with known as (
          select d.day, s.organisation, s.scores from unnest(${[...days]}::date[]) as d (day) cross join quality.standing p
          cross join lateral (select * from quality.score_day o where o.entry_code = p.entry_code and o.day <= d.day order by o.day desc limit 1) s
          where s.published)
        select day::text, organisation, count(*)::int as entries, jsonb_build_object(${means}) as scores from known group by grouping sets ((day, organisation), (day)) order by 1, 2`.execute(db)
      return rows
    },

    /** The score of a merged department's entries is its successor's, the years before too. */
    async passOn(from: string, to: string): Promise<void> {
      await tables().updateTable('quality.score_day').set({ organisation: to }).where('organisation', '=', from).execute()
    },
  }
}

export type ScoreDays = ReturnType<typeof createScoreDays>
