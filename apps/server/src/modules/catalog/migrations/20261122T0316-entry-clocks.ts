import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Clocks of the catalogue and its lists, their limits, and what an entry needs to be returned and withdrawn with notice. */
export const entryClocksMigration: Migration = {
  name: '20261122T0316-entry-clocks',
  async up(db) {
    await sql`create table catalog.setting (
      key text primary key,
      value integer not null check (value >= 0),
      source text not null,
      to_be_confirmed boolean not null,
      changed_at timestamptz not null,
      changed_by jsonb not null
    )`.execute(db)
    await sql`create constraint trigger setting_has_evidence after insert or update on catalog.setting
      deferrable initially deferred for each row execute function evidence.require_record('catalog-limit', 'key')`.execute(db)

    await sql`create table catalog.clock (
      id uuid primary key,
      kind text not null check (kind in ('review', 'change', 'cycle', 'negative-review', 'demand')),
      subject_type text not null check (subject_type in ('entry', 'negative-item', 'demand')),
      subject_id text not null,
      title text not null,
      organisation text not null,
      waits_for text not null check (waits_for in ('bureau', 'department')),
      note text not null default '',
      begun_at timestamptz not null,
      working_days integer not null check (working_days >= 0),
      extended_by integer not null default 0,
      started_at timestamptz not null,
      paused_at timestamptz,
      due_at timestamptz not null,
      counts_from timestamptz not null,
      counts_days integer not null,
      soon_at timestamptz not null,
      stopped_at timestamptz,
      source text not null,
      outcome text check (outcome in ('kept', 'missed', 'dropped')),
      soon_told_at timestamptz,
      late_told_at timestamptz,
      urged_at timestamptz,
      check ((stopped_at is null) = (outcome is null))
    )`.execute(db)
    await sql`create unique index clock_going on catalog.clock (subject_type, subject_id, kind) where stopped_at is null`.execute(db)
    await sql`create index clock_by_due on catalog.clock (due_at, id) where stopped_at is null`.execute(db)
    await sql`create index clock_by_organisation on catalog.clock (organisation, stopped_at)`.execute(db)
    await sql`create index clock_untold_soon on catalog.clock (soon_at) where stopped_at is null and paused_at is null and soon_told_at is null`.execute(db)
    await sql`create index clock_untold_late on catalog.clock (due_at) where stopped_at is null and paused_at is null and late_told_at is null`.execute(db)
    for (const subject of ['entry', 'negative-item', 'demand']) {
      await sql`create constraint trigger ${sql.ref(`clock_of_${subject}_has_evidence`)}
        after insert or update of due_at, paused_at, stopped_at, urged_at on catalog.clock
        deferrable initially deferred for each row when (new.subject_type = ${sql.lit(subject)})
        execute function evidence.require_record(${sql.lit(subject)}, 'subject_id')`.execute(db)
    }

    await sql`alter table catalog.entry add column faults jsonb not null default '[]', add column withdrawal jsonb`.execute(db)
    await sql`create index entry_by_end on catalog.entry ((withdrawal ->> 'endsOn')) where state = 'published' and withdrawal is not null`.execute(db)
    await sql`create constraint trigger entry_course_has_evidence after update of faults, withdrawal on catalog.entry
      deferrable initially deferred for each row execute function evidence.require_record('entry', 'code')`.execute(db)
  },
}
