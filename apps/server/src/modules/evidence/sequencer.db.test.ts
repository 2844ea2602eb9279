import { openCheckpoint } from '@datong/evidence-log'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Evidence, evidenceMigrations } from './index.ts'
import { latestCheckpoint } from './log-store.ts'
import { anAccess, decide, evidenceFor, oneByOne } from './testing.ts'

describe('the sequencer', () => {
  let database: TestDatabase
  let evidence: Evidence
  const db = () => database.store.db
  const recordSome = async (n: number, by = evidence): Promise<void> => {
    await Promise.all(Array.from({ length: n }, () => by.recordAccess(anAccess())))
  }
  const use = { entryCode: 'e', organisation: null, rows: 2, bytes: 3 }
  /** What waits and what has a place, whether every place is taken once, of both kinds together. */
  const figures = async () => {
    const { rows } = await sql<{ pending: number; entries: number; contiguous: boolean }>`
      select count(*) filter (where leaf_index is null) as pending, count(leaf_index) as entries,
        coalesce(max(leaf_index) + 1 = count(distinct leaf_index) and min(leaf_index) = 0 and count(distinct id) = count(*), true) as contiguous
      from evidence.record`.execute(db())
    return rows[0]
  }

  beforeEach(async () => {
    database = await createTestDatabase(evidenceMigrations)
    evidence = evidenceFor(database.store)
  })
  afterEach(async () => {
    await evidence.stop?.()
    await database.drop()
  })

  it('signs an empty log first', async () => {
    expect(await evidence.sequenceNow()).toBe(0)
    const head = await latestCheckpoint(db())
    expect(openCheckpoint(head?.note ?? '', evidence.verifierKey)).toMatchObject({ ok: true, value: { size: 0, origin: 'test.local/log' } })
  })

  it('gives contiguous places in the order of recording, over many tiles', async () => {
    for (const n of [1, 255, 1, 300, 43]) {
      await recordSome(n)
      expect(await evidence.sequenceNow()).toBe(n)
    }
    expect(await figures()).toEqual({ pending: 0, entries: 600, contiguous: true })
    const head = await latestCheckpoint(db())
    expect(openCheckpoint(head?.note ?? '', evidence.verifierKey)).toMatchObject({ ok: true, value: { size: 600 } })
  })

  it('gives decisions and accesses their places in the one order in which they came', async () => {
    const ids = [
      await evidence.recordAccess(anAccess()), await decide(database.store, evidence), await decide(database.store, evidence),
      await evidence.recordAccess(anAccess()), await decide(database.store, evidence),
    ]
    await evidence.sequenceNow()
    const { rows } = await sql<{ id: string }>`select id from evidence.record order by leaf_index`.execute(db())
    expect(rows.map(({ id }) => id)).toEqual(ids)
  })

  it('loses and doubles nothing when two write and two work at once', async () => {
    const second = evidenceFor(database.store)
    const meanwhile = Promise.all([recordSome(400), recordSome(400, second), oneByOne(30, () => decide(database.store, evidence))])
    let moved = 0
    for (let done = false; !done; ) {
      done = await Promise.race([meanwhile.then(() => true), new Promise<false>((resolve) => setTimeout(() => resolve(false), 1))])
      for (const n of await Promise.all([evidence.sequenceNow(), second.sequenceNow()])) moved += n
    }
    while ((await figures())?.pending !== 0) moved += await second.sequenceNow()
    expect(moved).toBe(830)
    expect(await figures()).toEqual({ pending: 0, entries: 830, contiguous: true })
    await second.stop?.()
  })

  it('loses and doubles nothing when two work at once', async () => {
    await recordSome(500)
    const second = evidenceFor(database.store)
    const moved = await Promise.all([evidence, second, evidence, second].map((one) => one.sequenceNow()))
    while ((await figures())?.pending !== 0) moved.push(await second.sequenceNow())
    expect(moved.reduce((sum, n) => sum + n, 0)).toBe(500)
    expect(await figures()).toEqual({ pending: 0, entries: 500, contiguous: true })
    await second.stop?.()
  })

  it('takes more than one turn for more than one turn can hold', async () => {
    await recordSome(5_000)
    await recordSome(4_000)
    expect(await evidence.sequenceNow()).toBe(9_000)
    expect(await figures()).toEqual({ pending: 0, entries: 9_000, contiguous: true })
  })

  it('meters each use once, although it dies between metering and its commit', async () => {
    await sql`create table metered (calls int not null, rows int not null)`.execute(db())
    const metering = evidenceFor(database.store)
    metering.onUsage(async (client, batch) => {
      for (const { calls, rows } of batch) await client.query('insert into metered values ($1, $2)', [calls, rows])
    })
    await Promise.all(Array.from({ length: 40 }, () => metering.recordAccess(anAccess(), use)))
    await sql`create function die() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`.execute(db())
    await sql`create constraint trigger die after insert on metered deferrable initially deferred for each row execute function die()`.execute(db())
    await expect(metering.sequenceNow()).rejects.toThrow()
    expect(await figures()).toEqual({ pending: 40, entries: 0, contiguous: true })
    await sql`drop trigger die on metered`.execute(db())
    await Promise.all([metering.sequenceNow(), metering.sequenceNow()])
    await metering.sequenceNow()
    const { rows } = await sql`select sum(calls)::int as calls, sum(rows)::int as rows from metered`.execute(db())
    expect(rows).toEqual([{ calls: 40, rows: 80 }])
    await metering.stop?.()
  })

  it('has placed and metered what waited when it is started', async () => {
    await Promise.all(Array.from({ length: 30 }, () => evidence.recordAccess(anAccess(), use)))
    const restarted = evidenceFor(database.store)
    let calls = 0
    restarted.onUsage(async (_, batch) => {
      for (const one of batch) calls += one.calls
    })
    await restarted.start?.()
    expect(calls).toBe(30)
    expect(await figures()).toEqual({ pending: 0, entries: 30, contiguous: true })
    await restarted.stop?.()
  })

  it('leaves all as it was when it dies before it has signed', async () => {
    await recordSome(10)
    await evidence.sequenceNow()
    await recordSome(5)
    await sql`create function die() returns trigger language plpgsql as $$ begin raise exception 'power cut'; end $$`.execute(db())
    await sql`create trigger die before insert on evidence.checkpoint for each row execute function die()`.execute(db())
    await expect(evidence.sequenceNow()).rejects.toThrow('power cut')
    expect(await figures()).toEqual({ pending: 5, entries: 10, contiguous: true })
    await sql`drop trigger die on evidence.checkpoint`.execute(db())
    expect(await evidence.sequenceNow()).toBe(5)
    expect(await figures()).toEqual({ pending: 0, entries: 15, contiguous: true })
  })

  it.each([
    ['a tile', 'update evidence.tile set hashes = set_byte(hashes, 3, (get_byte(hashes, 3) + 1) % 256)', 'evidence/damaged-tile'],
    ['the head', `update evidence.checkpoint set note = replace(note, e'\\n10\\n', e'\\n11\\n')`, 'evidence/damaged-checkpoint'],
  ])('does not sign on top of %s that was changed', async (_, change, code) => {
    await recordSome(10)
    await evidence.sequenceNow()
    await db().connection().execute(async (connection) => {
      await sql`set session_replication_role = replica`.execute(connection)
      await sql.raw(change).execute(connection)
      await sql`reset session_replication_role`.execute(connection)
    })
    await recordSome(1)
    await expect(evidence.sequenceNow()).rejects.toMatchObject({ code })
    expect((await figures())?.pending).toBe(1)
    // The server starts all the same: decisions and accesses go on and wait.
    const restarted = evidenceFor(database.store)
    await restarted.start?.()
    await recordSome(1, restarted)
    await restarted.stop?.()
    expect((await figures())?.pending).toBe(2)
  })

  it('works by itself once started', async () => {
    await evidence.start?.()
    await recordSome(20)
    await expect.poll(figures, { timeout: 20_000 }).toEqual({ pending: 0, entries: 20, contiguous: true })
    expect(await evidence.isWell()).toBe(true)
  })

  it('keeps one head an hour besides the newest', async () => {
    for (let i = 0; i < 4; i++) {
      await recordSome(1)
      await evidence.sequenceNow()
    }
    const { rows } = await sql<{ size: number }>`select size from evidence.checkpoint order by size`.execute(db())
    expect(rows.length).toBeLessThanOrEqual(3)
    expect(rows.at(-1)?.size).toBe(4)
  })
})
