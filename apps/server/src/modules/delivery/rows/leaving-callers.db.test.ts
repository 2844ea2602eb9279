import { once } from 'node:events'
import { get } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { aHouse, type House } from '../testing/a-house.ts'

let house: House
let code: string
let address: string

beforeAll(async () => {
  house = await aHouse()
  code = await house.aResource({
    title: '停车场', openingType: 'open', fields: [{ name: '名称', type: 'text' }, { name: '泊位数', type: 'integer' }], rows: [['东门', '30'], ['西门', '20']],
  })
  // Without a table all of its pages are made by the engine.
  await house.store.db.deleteFrom('delivery.serving' as never).execute()
  address = await house.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => house.stop())

/** Work of the engine that ends when it is told to, and only then. */
const untilAborted = (begun: AbortSignal[]) => async function* (_version: unknown, _asked: unknown, signal?: AbortSignal): AsyncGenerator<readonly never[]> {
  begun.push(signal!) // whoever can leave has one
  await once(signal!, 'abort')
  signal!.throwIfAborted()
  yield []
}

const path = (): string => `/data/v1/${code}/rows`
const statistics = (): string => `/data/v1/${code}/${encodeURI('statistics?by=名称')}`

describe.each([['a page of rows', path, 'query'], ['statistics', statistics, 'tally']] as const)('a caller of %s that the engine makes, and who leaves before it is made', (_, asked, method) => {
  it('ends the work for it, and makes room for who waits', async () => {
    const begun: AbortSignal[] = []
    const read = vi.spyOn(house.engine, method).mockImplementation(untilAborted(begun))
    try {
      const first = get(address + asked()).on('error', () => undefined)
      await expect.poll(() => begun.length).toBe(1)
      const others = [1, 2].map(() => get(address + asked()).on('error', () => undefined))
      await expect.poll(() => begun.length).toBeGreaterThan(1)
      first.destroy()
      await expect.poll(() => [begun[0]!.aborted, begun.length]).toEqual([true, 3])
      expect(begun.slice(1).map(({ aborted }) => aborted)).toEqual([false, false])
      for (const one of others) one.destroy()
      await expect.poll(() => begun.every(({ aborted }) => aborted)).toBe(true)
    } finally {
      read.mockRestore()
    }
    expect((await house.get(decodeURI(asked()))).statusCode).toBe(200)
  })
})

it('who has left is noted as that, and not as a failure of the house', async () => {
  const read = vi.spyOn(house.engine, 'query').mockImplementation(untilAborted([]))
  const answered = vi.fn()
  house.app.server.once('request', (_, response) => response.once('close', () => answered(response.statusCode)))
  const request = get(address + path()).on('error', () => undefined)
  await expect.poll(() => read.mock.calls.length).toBe(1)
  request.destroy()
  await expect.poll(() => answered.mock.calls.length).toBe(1)
  read.mockRestore()
  const figures = async () => (await house.store.db.selectFrom('delivery.call_figure' as never).selectAll().execute()) as { errors: object }[] // of this module's own table
  await expect.poll(async () => (await figures()).flatMap(({ errors }) => Object.keys(errors)), { timeout: 5_000 }).toContain('request/abandoned')
  expect((await figures()).flatMap(({ errors }) => Object.keys(errors))).not.toContain('internal')
})
