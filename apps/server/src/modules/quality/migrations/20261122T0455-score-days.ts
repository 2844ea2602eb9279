import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Scores by dimension as an object; figures of an unknown form hold none. */
const scoresOf = (column: string) => sql`coalesce((
  select jsonb_object_agg(d.value ->> 'dimension', d.value -> 'score')
  from jsonb_array_elements(case jsonb_typeof(${sql.ref(column)}) when 'array' then ${sql.ref(column)} else '[]'::jsonb end) d
  where d.value ->> 'dimension' is not null), '{}'::jsonb)`

const dayOf = (column: string) => sql`(${sql.ref(column)} at time zone 'Asia/Shanghai')::date`

/**
 * How the score of each entry went: what it was at the end of a day, until the day of the next row. Of before, the figures of
 * each version on the day on which it came, and what was known last.
 */
export const scoreDaysMigration: Migration = {
  name: '20261122T0455-score-days',
  async up(db) {
    await sql`create table quality.score_day (
      entry_code text not null,
      day date not null,
      organisation text not null,
      published boolean not null,
      version integer not null,
      overall double precision not null,
      stars integer not null check (stars between 1 and 5),
      scores jsonb not null,
      primary key (entry_code, day)
    )`.execute(db)
    await sql`insert into quality.score_day
      with version as (
        select v.* from quality.version v
        where not exists (select from quality.hold h where h.entry_code = v.entry_code and h.version = v.version and h.state = 'held')
      ), known as (
        select 1 as rank, v.entry_code, ${dayOf('v.checked_at')} as day, v.version, v.overall, v.stars, ${scoresOf('v.dimensions')} as scores from version v
        union all
        select 2, v.entry_code, ${dayOf('e.published_at')}, v.version, v.overall, v.stars, ${scoresOf('v.dimensions')}
          from catalog.entry e cross join lateral (select * from version o where o.entry_code = e.code and o.checked_at <= e.published_at order by o.version desc limit 1) v
        union all
        select 3, s.entry_code, ${dayOf('s.checked_at')}, s.version, s.overall, s.stars, ${scoresOf('s.dimensions')} from quality.standing s
      )
      select distinct on (k.entry_code, k.day) k.entry_code, k.day, e.organisation, coalesce(${dayOf('e.published_at')} <= k.day, false), k.version, k.overall, k.stars, k.scores
      from known k join catalog.entry e on e.code = k.entry_code and e.state <> 'withdrawn'
      order by k.entry_code, k.day, k.rank desc, k.version desc`.execute(db)
  },
}
