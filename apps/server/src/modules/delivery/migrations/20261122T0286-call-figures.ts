import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** How calls went: number, errors by code, and time by class, by day, entry, organisation and app. */
export const callFiguresMigration: Migration = {
  name: '20261122T0286-call-figures',
  async up(db) {
    await sql`create table delivery.call_figure (
      day date not null,
      entry_code text not null,
      organisation text,
      app_id uuid,
      calls bigint not null,
      errors jsonb not null,
      latency bigint[] not null,
      unique nulls not distinct (day, entry_code, organisation, app_id)
    )`.execute(db)
    await sql`create index call_figure_by_app on delivery.call_figure (app_id, day)`.execute(db)
    await sql`create function delivery.add_counts(a jsonb, b jsonb) returns jsonb language sql immutable as $$
      select coalesce(jsonb_object_agg(key, total), '{}') from (
        select key, sum(value::bigint) as total from (select * from jsonb_each_text(a) union all select * from jsonb_each_text(b)) both_sides group by key
      ) totals $$`.execute(db)
    await sql`create function delivery.add_each(a bigint[], b bigint[]) returns bigint[] language sql immutable as $$
      select array_agg(coalesce(x, 0) + coalesce(y, 0) order by place)
      from unnest(a, b) with ordinality as sides(x, y, place) $$`.execute(db)
  },
}
