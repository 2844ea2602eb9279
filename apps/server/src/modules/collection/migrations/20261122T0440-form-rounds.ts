import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * Rounds of forms: a form is asked once or for each period, and each department has a part in each round. What was there becomes the
 * first round of its form; parts keep the name that evidence has of them.
 */
export const formRoundsMigration: Migration = {
  name: '20261122T0440-form-rounds',
  async up(db) {
    await sql`alter table collection.form
      add column rhythm text not null default 'once' check (rhythm in ('once', 'monthly', 'quarterly', 'yearly')),
      add column keeps text not null default 'together' check (keeps in ('together', 'apart')),
      add column opens_day integer not null default 1,
      add column due_day integer not null default 5,
      add constraint form_days check (opens_day between 1 and due_day)`.execute(db)
    await sql`create table collection.form_department (
      form_id uuid not null references collection.form,
      organisation text not null,
      primary key (form_id, organisation)
    )`.execute(db)
    await sql`create index form_department_by_organisation on collection.form_department (organisation, form_id)`.execute(db)
    await sql`insert into collection.form_department select form_id, organisation from collection.form_task`.execute(db)
    await sql`create table collection.form_round (
      form_id uuid not null references collection.form,
      number integer not null,
      subject text not null generated always as (form_id::text || '/' || number) stored,
      period text,
      state text not null default 'open' check (state in ('open', 'closed')),
      opened_at timestamptz not null,
      due_at timestamptz,
      counts_from timestamptz,
      counts_days integer not null default 0,
      load_wanted boolean not null default false,
      primary key (form_id, number)
    )`.execute(db)
    await sql`create unique index form_round_by_period on collection.form_round (form_id, coalesce(period, ''))`.execute(db)
    await sql`insert into collection.form_round (form_id, number, opened_at, due_at, counts_from, load_wanted)
      select id, 1, created_at, day_end, day_end, handed_in <> loaded
      from collection.form, lateral (select (due_on + 1)::timestamp at time zone 'Asia/Shanghai' - interval '1 millisecond') as due (day_end) where state <> 'draft'`.execute(db)
    await sql`alter table collection.form drop column handed_in, drop column loaded`.execute(db)

    await sql`delete from collection.form_task using collection.form where form.id = form_task.form_id and form.state = 'draft'`.execute(db)
    await sql`alter table collection.form_row drop constraint form_row_form_id_organisation_fkey`.execute(db)
    await sql`alter table collection.form_task
      drop constraint form_task_pkey, drop constraint form_task_state_check, drop constraint form_task_form_id_fkey, drop column subject,
      add column round integer not null default 1,
      add column asked_at timestamptz,
      add column due_at timestamptz,
      add column counts_from timestamptz,
      add column counts_days integer not null default 0,
      add column first_submitted_at timestamptz,
      add column first_due_at timestamptz,
      add column told text check (told in ('soon', 'late')),
      add constraint form_task_state_check check (state in ('filling', 'submitted', 'returned', 'accepted'))`.execute(db)
    await sql`update collection.form_task set asked_at = round.opened_at, due_at = round.due_at, counts_from = round.counts_from, first_submitted_at = submitted_at,
      first_due_at = case when submitted_at is not null then round.due_at end
      from collection.form_round round where round.form_id = form_task.form_id`.execute(db)
    await sql`alter table collection.form_task
      alter column round drop default, alter column asked_at set not null,
      add column subject text not null generated always as (form_id::text || case when round = 1 then '' else '/' || round end || '/' || organisation) stored,
      add primary key (form_id, round, organisation),
      add foreign key (form_id, round) references collection.form_round`.execute(db)
    await sql`create index form_task_waiting on collection.form_task (due_at) where due_at is not null and state in ('filling', 'returned')`.execute(db)

    await sql`alter table collection.form_row add column round integer not null default 1`.execute(db)
    await sql`alter table collection.form_row alter column round drop default,
      add foreign key (form_id, round, organisation) references collection.form_task on update cascade`.execute(db)
    await sql`drop index collection.form_row_in_order`.execute(db)
    await sql`create index form_row_in_order on collection.form_row (form_id, round, organisation, place)`.execute(db)

    await sql`create constraint trigger form_round_has_evidence after insert or update of state on collection.form_round
      deferrable initially deferred for each row execute function evidence.require_record('form-round', 'subject')`.execute(db)
  },
}
