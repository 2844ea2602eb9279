import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Evidence, evidenceMigrations, type TimedUsage } from './index.ts'
import { aDraft, evidenceFor } from './testing.ts'

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

  it('holds accesses durable and metered in one transaction, in any number of batches', async () => {
    await sql`create table metered (entry_code text primary key, calls int not null, rows bigint not null)`.execute(db())
    const metered = evidenceFor(database.store)
    const batches: number[] = []
    metered.onUsage(async (client, batch: readonly TimedUsage[]) => {
      batches.push(batch.length)
      for (const { entryCode, rows } of batch) {
        await client.query(`insert into metered values ($1, 1, $2) on conflict (entry_code)
          do update set calls = metered.calls + 1, rows = metered.rows + excluded.rows`, [entryCode, rows])
      }
    })
    const before = await count('evidence.pending')
    const ids = await Promise.all(Array.from({ length: 200 }, (_, i) =>
      metered.recordAccess(aDraft({ chain: 'access', action: 'delivery.rows.read' }), { entryCode: `e${i % 3}`, organisation: null, rows: i, bytes: 9 })))
    expect(new Set(ids).size).toBe(200)
    expect(await count('evidence.pending')).toBe(before + 200)
    const { rows } = await sql<{ calls: number; rows: number }>`select sum(calls) as calls, sum(rows) as rows from metered`.execute(db())
    expect(rows[0]).toEqual({ calls: 200, rows: String(199 * 100) })
    expect(batches.reduce((sum, n) => sum + n, 0)).toBe(200)
    await metered.stop?.()
  })

  it('records an access neither when its metering fails nor half', async () => {
    const failing = evidenceFor(database.store)
    let fail = true
    failing.onUsage(async (client) => {
      if (fail) await client.query('select 1 / 0')
    })
    const before = await count('evidence.pending')
    const access = () => failing.recordAccess(aDraft({ chain: 'access' }), { entryCode: 'e', organisation: null, rows: 1, bytes: 1 })
    const outcomes = await Promise.allSettled([access(), access()])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await count('evidence.pending')).toBe(before)
    fail = false
    await access()
    expect(await count('evidence.pending')).toBe(before + 1)
    await failing.stop?.()
  })

  it('goes on after its connection was cut', async () => {
    const cut = evidenceFor(database.store)
    await cut.recordAccess(aDraft({ chain: 'access' }))
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
      and pid <> pg_backend_pid() and query like 'insert into evidence.pending (id, at%json_to_recordset%'`.execute(db())
    const outcomes: string[] = []
    for (let i = 0; i < 3; i++) outcomes.push(await cut.recordAccess(aDraft({ chain: 'access' })).then(() => 'durable', () => 'refused'))
    expect(outcomes.at(-1)).toBe('durable')
    await cut.stop?.()
  })

  it.each([
    'update evidence.pending set action = \'x\'',
    'delete from evidence.pending',
    'truncate evidence.pending',
    'truncate evidence.entry',
    'update evidence.entry set action = \'x\'',
    'delete from evidence.entry',
    'insert into evidence.tile values (0, 9, 1, \'\')',
    'update evidence.checkpoint set note = \'\'',
    'delete from evidence.checkpoint',
  ])('the storage refuses "%s"', async (statement) => {
    await expect(sql.raw(statement).execute(db())).rejects.toThrow('is not allowed')
  })
})
