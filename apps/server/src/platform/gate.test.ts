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
