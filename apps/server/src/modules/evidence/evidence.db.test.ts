import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Evidence, evidenceMigrations, type TimedUsage } from './index.ts'
import { becomeSequencer } from './sequencer-store.ts'
import { aDraft, anAccess, evidenceFor } from './testing.ts'

describe('recording evidence', () => {
  let database: TestDatabase
  let evidence: Evidence
  const db = () => database.store.db
  const count = async (table: string): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db())
    return rows[0]?.n ?? 0
  }

  beforeAll(async () => {
    database = await createTestDatabase(evidenceMigrations)
    evidence = evidenceFor(database.store)
    await sql`create table thing (code text primary key, state text not null, note text)`.execute(db())
    await sql`create constraint trigger evidence after insert or update of state on thing
      deferrable initially deferred for each row execute function evidence.require_record('thing', 'code')`.execute(db())
  })
  afterAll(async () => {
    await evidence.stop?.()
    await database.drop()
  })

  it('leaves nothing of a transaction that rolled back', async () => {
    await expect(db().transaction().execute(async (trx) => {
      await evidence.record(trx, aDraft())
      throw new Error('changed my mind')
    })).rejects.toThrow('changed my mind')
    expect(await count('evidence.pending')).toBe(0)
  })

  it.each([['off', 'on'], ['remote_apply', 'remote_apply']])('commits durably on a server whose synchronous_commit is %s', async (set, then) => {
    // Rolled back, so that nothing waits for a standby that there is not.
    const seen: unknown[] = []
    await expect(db().transaction().execute(async (trx) => {
      await sql`set local synchronous_commit = ${sql.lit(set)}`.execute(trx)
      await evidence.record(trx, aDraft())
      seen.push(...(await sql`show synchronous_commit`.execute(trx)).rows)
      throw new Error('enough')
    })).rejects.toThrow('enough')
    const client = await database.store.pool.connect()
    await client.query(`begin; set local synchronous_commit = ${set}`)
    expect(await becomeSequencer(client)).toBe(true)
    seen.push(...(await client.query('show synchronous_commit')).rows)
    await client.query('rollback')
    client.release()
    expect(seen).toEqual([{ synchronous_commit: then }, { synchronous_commit: then }])
  })

  it('lets a guarded change commit with its evidence', async () => {
    await db().transaction().execute(async (trx) => {
      await sql`insert into thing values ('a', 'draft')`.execute(trx)
      await evidence.record(trx, aDraft({ subject: { type: 'thing', id: 'a', title: '' } }))
    })
    expect(await count('thing')).toBe(1)
  })

  it('stops a guarded change without evidence at its commit', async () => {
    await expect(sql`update thing set state = 'published' where code = 'a'`.execute(db())).rejects.toThrow('UPDATE of thing a without its evidence')
    await sql`update thing set note = 'not guarded' where code = 'a'`.execute(db())
  })

  it('is not content with evidence about another thing, or of another transaction', async () => {
    await expect(db().transaction().execute(async (trx) => {
      await sql`update thing set state = 'published' where code = 'a'`.execute(trx)
      await evidence.record(trx, aDraft({ subject: { type: 'thing', id: 'b', title: '' } }))
    })).rejects.toThrow('without its evidence')
    await db().transaction().execute((trx) => evidence.record(trx, aDraft({ subject: { type: 'thing', id: 'a', title: '' } })))
    await expect(sql`update thing set state = 'published' where code = 'a'`.execute(db())).rejects.toThrow('without its evidence')
  })

  it('holds accesses durable in few rows, and their metering for the sequencer', async () => {
    await sql`create table metered (entry_code text primary key, calls int not null, rows bigint not null)`.execute(db())
    const metered = evidenceFor(database.store)
    metered.onUsage(async (client, batch: readonly TimedUsage[]) => {
      for (const { entryCode, calls, rows } of batch) {
        await client.query(`insert into metered values ($1, $2, $3) on conflict (entry_code)
          do update set calls = metered.calls + excluded.calls, rows = metered.rows + excluded.rows`, [entryCode, calls, rows])
      }
    })
    const before = await count('evidence.record')
    const ids = await Promise.all(Array.from({ length: 200 }, (_, i) =>
      metered.recordAccess(anAccess(), { entryCode: `e${i % 3}`, organisation: null, rows: i, bytes: 9 })))
    expect(new Set(ids).size).toBe(200)
    expect(await count('evidence.record')).toBe(before + 200)
    expect(await count('evidence.segment')).toBeLessThan(10)
    expect(await count('metered')).toBe(0)
    await metered.sequenceNow()
    const { rows } = await sql`select sum(calls)::int as calls, sum(rows)::int as rows, count(*)::int as keys from metered`.execute(db())
    expect(rows[0]).toEqual({ calls: 200, rows: 199 * 100, keys: 3 })
    await metered.stop?.()
  })

  it('records the same by a template as without one', async () => {
    const { chain: _chain, ...frame } = anAccess({ detail: { grant: 'S-1', fields: ['a', 'b'] } })
    const usage = { grantId: null, entryCode: 'e', organisation: null }
    const template = evidence.accessTemplate({ ...frame, usage })
    const ids = await Promise.all([
      template.record({ rows: 3, filter: 'x' }, { rows: 3, bytes: 9 }),
      evidence.recordAccess(anAccess({ detail: { filter: 'x', rows: 3, grant: 'S-1', fields: ['a', 'b'] } }), { ...usage, rows: 3, bytes: 9 }),
    ])
    const { rows } = await sql<{ body: string }>`select body from evidence.record where id in (${sql.join(ids)})`.execute(db())
    expect(rows).toHaveLength(2)
    expect(rows[0]).toEqual(rows[1])
    const { rows: uses } = await sql<{ usage: string }>`select usage from evidence.segment order by id desc limit 1`.execute(db())
    expect(JSON.parse(uses[0]?.usage ?? '')).toEqual([{ ...usage, calls: 2, rows: 6, bytes: 18 }])
  })

  it('fails one bad access, and none that would have shared its batch', async () => {
    const outcomes = await Promise.allSettled([
      evidence.recordAccess(anAccess()), evidence.recordAccess(anAccess({ detail: { share: Number.NaN } })),
      evidence.recordAccess(anAccess({ action: 'a\u0000' })), evidence.recordAccess(anAccess()),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  })

  it('keeps what waits, evidence and metering, while metering fails', async () => {
    const failing = evidenceFor(database.store)
    let [fail, metered] = [true, 0]
    await failing.sequenceNow()
    failing.onUsage(async (client, batch) => {
      if (fail) await client.query('select 1 / 0')
      for (const { calls } of batch) metered += calls
    })
    await Promise.all([1, 2].map(() => failing.recordAccess(anAccess(), { entryCode: 'e', organisation: null, rows: 1, bytes: 1 })))
    await expect(failing.sequenceNow()).rejects.toThrow('division by zero')
    const waiting = await sql<{ n: number }>`select sum(count)::int as n from evidence.unplaced`.execute(db())
    expect(waiting.rows[0]?.n).toBe(2)
    fail = false
    expect(await failing.sequenceNow()).toBe(2)
    expect(metered).toBe(2)
    await failing.stop?.()
  })

  it('goes on after its connection was cut', async () => {
    const cut = evidenceFor(database.store)
    await cut.recordAccess(anAccess())
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
      and pid <> pg_backend_pid() and query like '%insert into evidence.segment%'`.execute(db())
    const outcomes: string[] = []
    for (let i = 0; i < 3; i++) outcomes.push(await cut.recordAccess(anAccess()).then(() => 'durable', () => 'refused'))
    expect(outcomes.at(-1)).toBe('durable')
    await cut.stop?.()
  })

  it.each([
    'update evidence.pending set action = \'x\'',
    'delete from evidence.pending',
    'truncate evidence.pending',
    'truncate evidence.entry',
    'update evidence.segment set usage = null',
    'delete from evidence.segment',
    'truncate evidence.segment',
    'insert into evidence.placement values (999, gen_random_uuid(), 1)',
    'update evidence.placement set first_leaf = first_leaf + 1',
    'delete from evidence.placement',
    'truncate evidence.placement',
    'update evidence.unplaced set count = 0',
    'delete from evidence.unplaced',
    'truncate evidence.unplaced',
    'update evidence.entry set action = \'x\'',
    'delete from evidence.entry',
    'insert into evidence.tile values (0, 9, 1, \'\')',
    'update evidence.checkpoint set note = \'\'',
    'delete from evidence.checkpoint',
  ])('the storage refuses "%s"', async (statement) => {
    await expect(sql.raw(statement).execute(db())).rejects.toThrow('is not allowed')
  })
})
