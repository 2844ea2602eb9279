import { describe, expect, it, vi } from 'vitest'
import { keptReads } from './kept-reads.ts'
import { type ReadShape, readShape } from './read-batches.ts'

const statement = { text: 'select c0 from serving.r where c0 = $1::text order by _row limit $2', values: ['x', 21], types: ['text', 'bigint'] }

/** A database whose answers say how many reads it has seen. */
function aDatabase(rowsOf: (seen: number) => unknown[][] = (seen) => [[`read ${seen}`]]) {
  let seen = 0
  return vi.fn(async (_shape: ReadShape, _values: readonly unknown[]) => rowsOf(++seen))
}

describe('a look-up by key', () => {
  it('that was made a moment ago is answered from memory, also when it found nothing', async () => {
    const database = aDatabase((seen) => (seen === 1 ? [['a', 1, null]] : []))
    const read = keptReads(database, 100_000)
    const shape = readShape(statement, true)
    const answers = [await read(shape, ['a', 21]), await read(shape, ['a', 21]), await read(shape, ['b', 21]), await read(shape, ['b', 21])]
    expect(answers).toEqual([[['a', 1, null]], [['a', 1, null]], [], []])
    expect(database).toHaveBeenCalledTimes(2)
  })

  it.each([[['a', 21], ['a', 2]], [[null, 21], ['null', 21]], [[1, 21], ['1', 21]], [['a', 'b', 21], ['a,b', 21]]])('with the values %j is another than that with %j', async (one, other) => {
    const database = aDatabase()
    const read = keptReads(database, 100_000)
    const shape = readShape(statement, true)
    expect(await read(shape, one)).not.toEqual(await read(shape, other))
  })

  it('under one plan tells nothing of those under another, not even by its speed', async () => {
    const database = aDatabase()
    const read = keptReads(database, 100_000)
    await read(readShape(statement, true), ['a', 21])
    await read(readShape(statement, true), ['a', 21])
    expect(database).toHaveBeenCalledTimes(2)
  })

  it('that failed is made again', async () => {
    const database = aDatabase((seen) => {
      if (seen === 1) throw new Error('down')
      return [['back']]
    })
    const read = keptReads(database, 100_000)
    const shape = readShape(statement, true)
    await expect(read(shape, ['a', 21])).rejects.toThrow('down')
    expect(await read(shape, ['a', 21])).toEqual([['back']])
  })

  it('goes when others need its room, and when five minutes are over', async () => {
    vi.useFakeTimers()
    try {
      const database = aDatabase()
      const read = keptReads(database, 2_000, { now: () => Date.now() })
      const shape = readShape(statement, true)
      for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'a']) await read(shape, [key, 21])
      expect(database).toHaveBeenCalledTimes(9)
      await read(shape, ['a', 21])
      expect(database).toHaveBeenCalledTimes(9)
      vi.advanceTimersByTime(5 * 60_000 + 2_000)
      await read(shape, ['a', 21])
      expect(database).toHaveBeenCalledTimes(10)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a read that is no look-up, or a long list, or made where nothing may be kept', () => {
  it.each([
    ['single', false, 100_000, 5], ['long', true, 100_000, 10_000], ['nothing kept', true, 0, 5],
  ] as const)('is made each time (%s)', async (_, together, bytes, length) => {
    const database = aDatabase(() => [['x'.repeat(length)]])
    const read = keptReads(database, bytes)
    const shape = readShape(statement, together)
    await read(shape, ['a', 21])
    await read(shape, ['a', 21])
    expect(database).toHaveBeenCalledTimes(2)
  })
})
