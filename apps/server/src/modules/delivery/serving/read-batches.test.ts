import { describe, expect, it } from 'vitest'
import { createReadBatches, readShape } from './read-batches.ts'
import type { Asked, Outcome } from './volley.ts'

const statement = { text: 'select c0 from serving.r where c0 = $1::text order by _row limit $2', values: ['x', 21], types: ['text', 'bigint'] }
const shapeOf = (table: string) => readShape({ ...statement, text: statement.text.replace('serving.r', `serving.${table}`) }, true)
const shape = shapeOf('r')

const rows: Readonly<Record<string, readonly string[]>> = { a: ['a1', 'a2'], b: ['b1'], c: [] }
const codedError = (code: string) => Object.assign(new Error(code), { code })

type Fault = (asked: Asked) => Error | undefined

/** A server that answers each key with the rows above, statement by statement until one fails. */
function aServer(fault: Fault = () => undefined) {
  const volleys: (readonly Asked[])[] = []
  const alone: Asked[] = []
  const answer = (key: unknown): string[][] => (rows[String(key)] ?? []).map((cell) => [cell])
  const rowsOf = ({ values: [first] }: Asked): unknown[][] =>
    Array.isArray(first) ? first.flatMap((key, index) => answer(key).map((cells) => [...cells, index + 1])) : answer(first)
  const send = async (asked: readonly Asked[]): Promise<Outcome[]> => {
    volleys.push(asked)
    const failing = asked.findIndex((one) => fault(one) !== undefined)
    return asked.map((one, index) => (failing === -1 || index < failing ? { rows: rowsOf(one) } : index === failing ? { error: fault(one) } : 'not run'))
  }
  const query = async (asked: Asked) => {
    alone.push(asked)
    const error = fault(asked)
    if (error !== undefined) throw error
    return { rows: rowsOf(asked) }
  }
  // The driver's many overloads stand for the one that is used here.
  const pool = { query } as unknown as Parameters<typeof createReadBatches>[0]
  return { volleys, alone, batches: createReadBatches(pool, send) }
}

describe('reads', () => {
  it('that come together go together, whichever tables they read, and each gets its own rows in their order', async () => {
    const { batches, volleys } = aServer()
    const other = shapeOf('s')
    const asked = [batches.read(shape, ['a', 21]), batches.read(other, ['b', 21]), batches.read(shape, ['c', 21]), batches.read(shape, ['a', 2])]
    expect(await Promise.all(asked)).toEqual([[['a1'], ['a2']], [['b1']], [], [['a1'], ['a2']]])
    expect(volleys).toHaveLength(1)
  })

  it('of one shape share a statement when they are many', async () => {
    const { batches, volleys } = aServer()
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => batches.read(shape, [index % 2 === 0 ? 'a' : 'b', 21])))
    expect(answers.every((found, index) => found.length === (index % 2 === 0 ? 2 : 1))).toBe(true)
    expect(volleys.map((asked) => asked.length)).toEqual([1])
  })

  it('never go together when their shape is not for that', async () => {
    const { batches, volleys, alone } = aServer()
    const single = readShape(statement, false)
    await Promise.all([batches.read(single, ['a', 21]), batches.read(single, ['b', 21])])
    expect([volleys.length, alone.length]).toEqual([0, 2])
  })

  it.each([3, 30])('of which one brings a value that does not fit fail for that one only, of %i', async (count) => {
    const { batches } = aServer(({ values }) => (values.flat().includes('bad') ? codedError('22P02') : undefined))
    const keys = Array.from({ length: count }, (_, index) => (index === 1 ? 'bad' : 'a'))
    const answers = await Promise.allSettled(keys.map((key) => batches.read(shape, [key, 21])))
    expect(answers.map(({ status }) => status)).toEqual(keys.map((key) => (key === 'bad' ? 'rejected' : 'fulfilled')))
  })

  it('of a table that is gone fail, and those of others do not', async () => {
    const { batches } = aServer(({ text }) => (text.includes('serving.s') ? codedError('42P01') : undefined))
    const gone = batches.read(shapeOf('s'), ['a', 21])
    const others = batches.read(shape, ['b', 21])
    await expect(gone).rejects.toThrow('42P01')
    expect(await others).toEqual([['b1']])
  })

  it('all fail when the connection does, and the next ones are asked again', async () => {
    let down = true
    const { batches: _batches, ...server } = aServer()
    const send = async (): Promise<Outcome[]> => {
      if (down) throw new Error('gone')
      server.volleys.push([])
      return [{ rows: [['b1']] }]
    }
    const batches = createReadBatches({} as Parameters<typeof createReadBatches>[0], send) // never asks the pool
    const answers = await Promise.allSettled(['a', 'b'].map((key) => batches.read(shape, [key, 21])))
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    down = false
    expect(await batches.read(shape, ['b', 21])).toEqual([['b1']])
  })

  it('gather while others are under way, however many come', async () => {
    const { batches, volleys } = aServer()
    const answers = await Promise.all(Array.from({ length: 500 }, (_, index) => batches.read(shape, [index % 2 === 0 ? 'a' : 'b', 21])))
    expect(answers.every((found, index) => found.length === (index % 2 === 0 ? 2 : 1))).toBe(true)
    expect(volleys.length).toBeLessThan(20)
  })

  it('hold others up for a moment at most, however slow they are', async () => {
    const slow = Promise.withResolvers<void>()
    const send = async (asked: readonly Asked[]): Promise<Outcome[]> => {
      if (asked.some(({ text }) => text.includes('serving.s'))) await slow.promise
      return asked.map(() => ({ rows: [] }))
    }
    const batches = createReadBatches({} as Parameters<typeof createReadBatches>[0], send) // as above
    const stuck: Promise<unknown>[] = []
    for (let round = 0; round < 5; round++) {
      stuck.push(batches.read(shapeOf('s'), ['a', 21]))
      expect(await batches.read(shape, ['a', round])).toHaveLength(0)
    }
    slow.resolve()
    await Promise.all(stuck)
  })
})
