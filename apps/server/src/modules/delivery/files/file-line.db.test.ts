import { once } from 'node:events'
import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { aHouse, type House } from '../testing/a-house.ts'

let house: House
let code: string
let open: string
let otherOpen: string
let address: string

beforeAll(async () => {
  house = await aHouse()
  const resource = { fields: [{ name: '名称', type: 'text' }], rows: [['东门'], ['西门']] } as const
  code = await house.aResource({ title: '停车场', ...resource })
  open = await house.aResource({ title: '公园', openingType: 'open', ...resource })
  otherOpen = await house.aResource({ title: '广场', openingType: 'open', ...resource })
  address = await house.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => house.stop())

const aKey = async (): Promise<string> => (await house.aSystemWith({ [code]: { fields: ['名称'] } })).key

/** Files whose making takes as long as the test wants, and how many are made at once. */
function slowly() {
  const release = Promise.withResolvers<undefined>()
  const state = { begun: 0, now: 0, most: 0, release: () => release.resolve(undefined), restore: () => reads.mockRestore() }
  const query = house.engine.query.bind(house.engine)
  const reads = vi.spyOn(house.engine, 'query').mockImplementation(async function* (...asked) {
    state.begun++
    state.most = Math.max(state.most, ++state.now)
    try {
      await release.promise
      yield* query(...asked)
    } finally {
      state.now--
    }
  })
  return state
}

describe('files that are made while their callers wait', () => {
  it('are made two at once and one for each caller; some wait, and others are told to come later', async () => {
    const making = slowly()
    try {
      const keys = [await aKey(), await aKey(), await aKey()]
      const download = (key: string) => house.get(`/data/v1/${code}/download?format=parquet`, key)
      const greedy = Array.from({ length: 6 }, () => download(keys[0]!))
      const others = keys.slice(1).map(download)
      await expect.poll(() => making.begun).toBe(2)
      await sleep(100)
      making.release()
      expect((await Promise.all(greedy)).map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 200, 503, 503, 503])
      expect((await Promise.all(others)).map(({ statusCode }) => statusCode)).toEqual([200, 200])
      expect(making.most).toBe(2)
    } finally {
      making.restore()
    }
  })

  it('of open data are one file for all who ask for it, and no line', async () => {
    const making = slowly()
    try {
      const asked = Array.from({ length: 30 }, () => house.get(`/data/v1/${open}/download?format=parquet`))
      await expect.poll(() => making.begun).toBe(1)
      making.release()
      expect(new Set((await Promise.all(asked)).map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
      expect(making.begun).toBe(1)
    } finally {
      making.restore()
    }
  })

  it('are not made for who left the line', async () => {
    const making = slowly()
    try {
      const key = await aKey()
      const first = house.get(`/data/v1/${code}/download?format=parquet`, key)
      await expect.poll(() => making.begun).toBe(1)
      await leaving(`/data/v1/${code}/download?format=parquet`, key)
      making.release()
      expect((await first).statusCode).toBe(200)
      await sleep(100)
      expect(making.begun).toBe(1)
    } finally {
      making.restore()
    }
  })

  it('of open data are made for who stayed, though who asked first has left', async () => {
    const making = slowly()
    try {
      const before = house.get(`/data/v1/${otherOpen}/download?format=parquet`)
      await expect.poll(() => making.begun).toBe(1)
      const path = `/data/v1/${open}/download?format=xlsx`
      const [, stayed] = await Promise.all([leaving(path), sleep(50).then(() => house.get(path)), sleep(200).then(making.release)])
      expect([(await before).statusCode, stayed.statusCode]).toEqual([200, 200])
    } finally {
      making.restore()
    }
  })
})

/** Asks, and leaves before the answer. */
async function leaving(path: string, key?: string): Promise<void> {
  const asked = get(address + path, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }).on('error', () => undefined)
  const [, response] = await once(house.app.server, 'request') as [unknown, NodeJS.EventEmitter] // what it tells
  await sleep(100)
  asked.destroy()
  await once(response, 'close')
}
