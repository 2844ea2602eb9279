import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createGate } from './gate.ts'

it('lets two through at once, makes one wait for the first that ends, well or not, and sends others away', async () => {
  const gate = createGate({ atOnce: 2, mostWaiting: 1 })
  const [first, second, third] = [Promise.withResolvers<string>(), Promise.withResolvers<string>(), Promise.withResolvers<string>()]
  const begun: string[] = []
  const enter = (name: string, { promise }: PromiseWithResolvers<string>): Promise<string> => gate.run(() => {
    begun.push(name)
    return promise
  })
  const [one, two, three] = [enter('first', first), enter('second', second), enter('third', third)]
  await expect(gate.run(() => Promise.resolve())).rejects.toMatchObject({ code: 'request/overloaded' })
  expect(begun).toEqual(['first', 'second'])
  second.reject(new Error('it failed'))
  await expect(two).rejects.toThrow('it failed')
  third.resolve('c')
  expect(await three).toBe('c')
  first.resolve('a')
  expect(await one).toBe('a')
  expect(await gate.run(() => Promise.resolve('d'))).toBe('d')
})

it('keeps a place for others when one asks for all, and for no more than are allowed of one in the line', async () => {
  const gate = createGate({ atOnce: 3, mostWaiting: 10, ofOne: { atOnce: 2, mostWaiting: 1 } })
  const begun: string[] = []
  const works = new Map<string, PromiseWithResolvers<string>>()
  const enter = (name: string): Promise<string> => {
    const work = Promise.withResolvers<string>()
    works.set(name, work)
    return gate.run(() => {
      begun.push(name)
      return work.promise
    }, name[0])
  }
  const greedy = ['a1', 'a2', 'a3'].map(enter)
  const other = enter('b1')
  await expect(enter('a4')).rejects.toMatchObject({ code: 'request/overloaded' })
  expect(begun).toEqual(['a1', 'a2', 'b1'])
  works.get('b1')!.resolve('b')
  expect(await other).toBe('b')
  expect(begun).not.toContain('a3')
  for (const name of ['a1', 'a2', 'a3']) works.get(name)!.resolve(name)
  expect(await Promise.all(greedy)).toEqual(['a1', 'a2', 'a3'])
})

it('lets everybody through in the end, never more at once than allowed, whoever asks and however long it takes', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.record({ who: fc.constantFrom('a', 'b', 'c'), turns: fc.nat(5) }), { maxLength: 40 }), async (asked) => {
    const gate = createGate({ atOnce: 3, mostWaiting: 100, ofOne: { atOnce: 2, mostWaiting: 100 } })
    const now = new Map<string, number>()
    await Promise.all(asked.map(({ who, turns }) => gate.run(async () => {
      now.set(who, (now.get(who) ?? 0) + 1)
      expect(now.get(who)).toBeLessThanOrEqual(2)
      expect([...now.values()].reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(3)
      for (let turn = 0; turn < turns; turn++) await undefined
      now.set(who, now.get(who)! - 1) // set above
    }, who)))
  }), { numRuns: 200 })
})
