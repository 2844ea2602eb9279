import { sql } from 'kysely'
import type { Migration } from '../../../platform/server-module.ts'

/**
 * Accesses by the batch. One row of `segment` holds the records of one group commit; it is written once. `unplaced` queues
 * it for the sequencer, which writes its place into `placement`. The sequence of `pending` numbers both queues, so that
 * decisions and accesses get their places in one order.
 */
export const segmentsMigration: Migration = {
  name: '20261122T0210-segments',
  up: async (db) => {
    await sql`create table evidence.segment (
      id uuid primary key check (substr(id::text, 15, 4) = '7000'),
      count integer not null check (count between 1 and 4096),
      marks text[] not null,
      usage text,
      seed bytea not null check (octet_length(seed) = 32),
      bodies bytea not null,
      salts bytea not null,
      commitments bytea not null,
      check (octet_length(salts) = 16 * count and octet_length(commitments) = 32 * count)
    )`.execute(db)
    // Nothing in these can be compressed: not trying saves the time.
    await sql`alter table evidence.segment alter salts set storage external, alter commitments set storage external`.execute(db)
    // A short list of what is not yet in the index: who finds it full puts all of it in, and holds up the accesses of its batch.
    await sql`create index segment_marks on evidence.segment using gin (marks) with (gin_pending_list_limit = 256)`.execute(db)
    await sql`create table evidence.unplaced (
      seq bigint primary key default nextval('evidence.pending_seq_seq'),
      segment_id uuid not null,
      count integer not null
    ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`.execute(db)
    await sql`create table evidence.placement (
      first_leaf bigint primary key,
      segment_id uuid not null unique,
      count integer not null
    )`.execute(db)
    await guardSegments(db)
    await describeRecords(db)
  },
}

/** A segment never changes and never goes; the sequencer alone takes from the queue and gives places. */
async function guardSegments(db: Parameters<Migration['up']>[0]): Promise<void> {
  for (const table of ['segment', 'placement']) {
    await sql`create trigger append_only before update or delete or truncate on ${sql.table(`evidence.${table}`)}
      for each statement execute function evidence.refuse_change()`.execute(db)
  }
  await sql`create trigger no_change before update or truncate on evidence.unplaced
    for each statement execute function evidence.refuse_change()`.execute(db)
  await sql`create trigger sequencer_only before delete on evidence.unplaced
    for each statement execute function evidence.refuse_change_outside_sequencer()`.execute(db)
  await sql`create trigger sequencer_only before insert on evidence.placement
    for each statement execute function evidence.refuse_change_outside_sequencer()`.execute(db)
}

/** Every record as a row, waiting or placed, of either kind: for people with SQL. The program reads the tables. */
async function describeRecords(db: Parameters<Migration['up']>[0]): Promise<void> {
  await sql`create view evidence.record (id, leaf_index, chain, body) as
    select id, leaf_index, chain, convert_from(body, 'UTF8') from evidence.entry
    union all
    select id, null, chain, convert_from(body, 'UTF8') from evidence.pending
    union all
    select overlay(segment.id::text placing lpad(to_hex(line.number - 1), 3, '0') from 16)::uuid,
      placement.first_leaf + line.number - 1, 'access', line.body
    from evidence.segment left join evidence.placement on placement.segment_id = segment.id
    cross join lateral string_to_table(convert_from(segment.bodies, 'UTF8'), e'\n') with ordinality as line(body, number)`.execute(db)
}
