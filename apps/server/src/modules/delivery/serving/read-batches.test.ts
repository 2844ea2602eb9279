import { describe, expect, it } from 'vitest'
import { createReadBatches, readShape } from './read-batches.ts'

type Asked = Readonly<{ text: string; values: readonly unknown[] }>

/** A pool that answers each key with the rows that a table of pairs has for it. */
function aPool(rows: Readonly<Record<string, readonly string[]>>, fails: (asked: Asked) => Error | undefined = () => undefined) {
  const asked: Asked[] = []
  const answer = (key: unknown): string[][] => (rows[String(key)] ?? []).map((cell) => [cell])
  return {
    asked,
    async query(question: Asked) {
      asked.push(question)
      const failure = fails(question)
      if (failure !== undefined) throw failure
      const [first] = question.values
      const found = Array.isArray(first) ? first.flatMap((key, index) => answer(key).map((cells) => [...cells, index + 1])) : answer(first)
      return { rows: found }
    },
  }
}

const statement = { text: 'select c0 from serving.r where c0 = $1::text order by _row limit $2', values: ['x', 21], types: ['text', 'bigint'] }
const shape = readShape(statement, true)
const rows = { a: ['a1', 'a2'], b: ['b1'], c: [] }
// The driver's many overloads stand for the one that is used here.
const batchesOn = (pool: ReturnType<typeof aPool>) => createReadBatches(pool as unknown as Parameters<typeof createReadBatches>[0])
const codedError = (code: string) => Object.assign(new Error(code), { code })

describe('reads of one shape', () => {
  it('that come together share a statement, and each gets its own rows in their order', async () => {
    const pool = aPool(rows)
    const batches = batchesOn(pool)
    expect(await Promise.all(['a', 'b', 'c', 'a'].map((key) => batches.read(shape, [key, 21])))).toEqual([[['a1'], ['a2']], [['b1']], [], [['a1'], ['a2']]])
    expect(pool.asked).toHaveLength(1)
    expect(pool.asked[0]?.values).toEqual([['a', 'b', 'c', 'a'], 21])
  })

  it('go as they are when one comes alone, or when their limits differ', async () => {
    const pool = aPool(rows)
    const batches = batchesOn(pool)
    await Promise.all([batches.read(shape, ['a', 21]), batches.read(shape, ['b', 2])])
    expect(pool.asked.map(({ values }) => values)).toEqual([['a', 21], ['b', 2]])
  })

  it('never go together when their shape is not for that', async () => {
    const pool = aPool(rows)
    const batches = batchesOn(pool)
    const alone = readShape(statement, false)
    await Promise.all([batches.read(alone, ['a', 21]), batches.read(alone, ['b', 21])])
    expect(pool.asked).toHaveLength(2)
  })

  it('are asked one by one when a value of one does not fit, so that only that one fails', async () => {
    const pool = aPool(rows, ({ values }) => (values.flat().includes('bad') ? codedError('22P02') : undefined))
    const batches = batchesOn(pool)
    const answers = await Promise.allSettled(['a', 'bad', 'b'].map((key) => batches.read(shape, [key, 21])))
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('all fail when the database does, and the next ones are asked again', async () => {
    let down = true
    const pool = aPool(rows, () => (down ? codedError('57P01') : undefined))
    const batches = batchesOn(pool)
    const answers = await Promise.allSettled(['a', 'b'].map((key) => batches.read(shape, [key, 21])))
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(pool.asked).toHaveLength(1)
    down = false
    expect(await batches.read(shape, ['b', 21])).toEqual([['b1']])
  })

  it('gather while others are under way, however many come', async () => {
    const pool = aPool(rows)
    const batches = batchesOn(pool)
    const answers = await Promise.all(Array.from({ length: 500 }, (_, index) => batches.read(shape, [index % 2 === 0 ? 'a' : 'b', 21])))
    expect(answers.every((found, index) => found.length === (index % 2 === 0 ? 2 : 1))).toBe(true)
    expect(pool.asked.length).toBeLessThan(20)
  })

  it('of many shapes take turns, so that calls of one gather while those of others are under way; who is slow holds nobody up', async () => {
    const slow = Promise.withResolvers<void>()
    const asked: Asked[] = []
    const pool = {
      async query(question: Asked) {
        asked.push(question)
        if (question.text.includes('serving.s')) await slow.promise
        return { rows: [] }
      },
    }
    const batches = createReadBatches(pool as unknown as Parameters<typeof createReadBatches>[0]) // as above
    const shapeOf = (table: string) => readShape({ ...statement, text: statement.text.replace('serving.r', `serving.${table}`) }, true)
    const stuck = Array.from({ length: 10 }, (_, index) => batches.read(shapeOf(`s${index}`), ['a', 21]))
    expect(await Promise.all(Array.from({ length: 10 }, () => batches.read(shape, ['a', 21])))).toHaveLength(10)
    expect(asked.filter(({ text }) => text.includes('serving.r'))).toHaveLength(1)
    slow.resolve()
    await Promise.all(stuck)
    expect(asked).toHaveLength(11)
  })
})
