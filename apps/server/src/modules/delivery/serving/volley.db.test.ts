import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createReadBatches, readShape } from './read-batches.ts'
import { createVolleys, type SendVolley } from './volley.ts'

let database: TestDatabase
let send: SendVolley
beforeAll(async () => {
  database = await createTestDatabase([])
  send = createVolleys(database.store.pool)
})
afterAll(() => database.drop())

const add = { text: 'select $1::int + 1' }
const fire = (...asked: { text: string; values?: readonly unknown[] }[]) => send(asked.map(({ text, values = [] }) => ({ text, values })))

describe('a volley', () => {
  it('answers each statement with its rows, as the pool reads values, each time alike', async () => {
    const text = `select $1::text, 7::bigint, 1.50::numeric, date '2020-02-29', null::text, true, timestamp '2020-02-29 08:30:00'`
    for (let round = 0; round < 3; round++) {
      const answered = await fire({ text, values: ['a"\\,{}中'] }, { ...add, values: [round] }, { text: 'select 1 where false' })
      expect(answered).toEqual([{ rows: [['a"\\,{}中', 7, '1.50', '2020-02-29', null, true, '2020-02-29 08:30:00']] }, { rows: [[round + 1]] }, { rows: [] }])
    }
  })

  it('takes lists with any text in them', async () => {
    const list = ['a', '', 'x"y', String.raw`c:\d`, '{1,2}', 'NULL', '中，文', "'; --"]
    expect(await fire({ text: 'select q.v, q.n::int from unnest($1::text[]) with ordinality as q(v, n)', values: [list] })).toEqual([{ rows: list.map((one, index) => [one, index + 1]) }])
  })

  it('tells which statement failed, keeps what came before it, and leaves out what came behind', async () => {
    const [before, failed, after] = await fire({ ...add, values: [1] }, { text: 'select 1 / $1::int', values: [0] }, { ...add, values: [2] })
    expect(before).toEqual({ rows: [[2]] })
    expect(failed).toMatchObject({ error: { code: '22012' } })
    expect(after).toBe('not run')
  })

  it('goes on after statements that could not be prepared, or not be bound', async () => {
    for (let round = 0; round < 2; round++) {
      expect(await fire({ text: 'select * from nowhere' }, { text: 'select 5' })).toMatchObject([{ error: { code: '42P01' } }, 'not run'])
      expect(await fire({ text: 'select 6 + $1::int', values: ['x'] }, { text: 'select 5' })).toMatchObject([{ error: { code: '22P02' } }, 'not run'])
      expect(await fire({ text: 'select 6 + $1::int', values: [1] }, { text: 'select 5' })).toEqual([{ rows: [[7]] }, { rows: [[5]] }])
    }
  })

  it('rejects when its connection is cut, and the next one has another', async () => {
    await expect(fire({ text: 'select pg_terminate_backend(pg_backend_pid())' }, { ...add, values: [1] })).rejects.toThrow()
    expect(await fire({ ...add, values: [1] })).toEqual([{ rows: [[2]] }])
  })
})

describe('a read by itself', () => {
  it('is cancelled in the database, and leaves its connection to nobody', async () => {
    const { pool } = database.store
    const batches = createReadBatches(pool)
    const sleep = readShape({ text: 'select pg_sleep($1)', values: [60], types: ['float8'] }, false)
    const late = new AbortController()
    const reading = batches.read(sleep, [60], late.signal)
    const asleep = async (): Promise<number> =>
      (await pool.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and query = 'select pg_sleep($1)' and state = 'active'`)).rows[0]!.n
    await vi.waitFor(async () => expect(await asleep()).toBe(1), 20_000)
    late.abort()
    await expect(reading).rejects.toMatchObject({ code: '57014' })
    // The refusal is sent a moment before the backend says that it rests.
    await vi.waitFor(async () => expect(await asleep()).toBe(0), 20_000)
    await expect(batches.read(sleep, [0], late.signal)).rejects.toThrow()
    expect(await batches.read(sleep, [0], new AbortController().signal)).toHaveLength(1)
  })
})
