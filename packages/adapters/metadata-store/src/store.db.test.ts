import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { notify } from './store.ts'
import { createTestDatabase, type TestDatabase } from './testing/index.ts'

describe('an open store', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  it('reads values without losing digits or days', async () => {
    const { rows } = await sql<Record<string, unknown>>`select 9007199254740991::int8 as big, 1.10::numeric as price,
      date '2026-01-31' as day, timestamptz '2026-01-31T08:00:00+08' as at, timestamp '2026-01-31 08:00' as local,
      array[1, 2]::int8[] as bigs, array[date '2026-01-31', null] as days`.execute(database.store.db)
    expect(rows[0]).toEqual({
      big: 9007199254740991, price: '1.10', day: '2026-01-31', at: new Date('2026-01-31T00:00:00Z'),
      local: '2026-01-31 08:00:00', bigs: [1, 2], days: ['2026-01-31', null],
    })
  })

  it('refuses an int8 that a number cannot hold', async () => {
    await expect(sql`select 9007199254740993::int8 as big`.execute(database.store.db)).rejects.toThrow(/outside/)
  })

  it('compares text by code point whatever the locale of the machine', async () => {
    const { rows } = await sql<{ collation: string; encoding: string }>`select datlocale as collation,
      pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()`.execute(database.store.db)
    expect(rows[0]?.encoding).toBe('UTF8')
  })

  it('delivers a notification only when its transaction commits', async () => {
    const heard: string[] = []
    const subscription = await database.store.listen('news', (payload) => heard.push(payload))
    const { db } = database.store
    await expect(db.transaction().execute(async (trx) => {
      await notify(trx, 'news', 'never')
      throw new Error('roll back')
    })).rejects.toThrow('roll back')
    await db.transaction().execute((trx) => notify(trx, 'news', 'once'))
    await expect.poll(() => heard).toEqual(['once'])
    await subscription.close()
  })

  it('tells when the listening connection is lost and listens again', async () => {
    const events: string[] = []
    await database.store.listen('news', (payload) => events.push(payload), {
      onLost: () => events.push('lost'),
      onRestored: () => events.push('restored'),
    })
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike any (array['listen%', 'select 1']) and pid <> pg_backend_pid()`.execute(database.store.db)
    await expect.poll(() => events, { timeout: 20_000 }).toEqual(['lost', 'restored'])
    await notify(database.store.db, 'news', 'after')
    await expect.poll(() => events).toContain('after')
  })

  it('outlives the loss of a connection that is lent out', async () => {
    const held = await database.store.pool.connect()
    const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid')
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.store.db)
    await expect.poll(() => held.query('select 1').then(() => 'answers', () => 'fails')).toBe('fails')
    held.release(true) // whoever saw it fail gives it up
    await expect(sql`select 1`.execute(database.store.db)).resolves.toBeDefined()
  })
})
