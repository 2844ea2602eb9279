import { systemClock, systemRandom } from '@datong/kernel'
import { EventEmitter } from 'node:events'
import type pg from 'pg'
import { describe, expect, it } from 'vitest'
import { prepareAccess } from './access-template.ts'
import { AccessWriter } from './access-writer.ts'
import type { Access } from './segments/seal-segment.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const access = (): Access => prepareAccess(
  { chain: 'access', action: 'delivery.rows.read', actor: { kind: 'application', id: 'a', name: 'a', organisation: 'C1' }, parties: ['P1'], subject: { type: 'entry', id: 'e', title: 'e' }, detail: {} },
  { entryCode: 'e', grantId: null, organisation: null, rows: 1, bytes: 1 },
)

/** A pool whose connections come, and whose writes end, when the test says so. */
function aPool() {
  const asked: PromiseWithResolvers<pg.PoolClient>[] = []
  const writes: PromiseWithResolvers<unknown>[] = []
  const released: boolean[] = []
  const texts: string[] = []
  const client = (): pg.PoolClient => Object.assign(new EventEmitter(), {
    release: (broken = false) => void released.push(broken as boolean),
    query: (query: string | { text: string }) => {
      texts.push(typeof query === 'string' ? query : query.text)
      if (typeof query === 'string') return Promise.resolve()
      const end = Promise.withResolvers<unknown>()
      writes.push(end)
      return end.promise
    },
  }) as unknown as pg.PoolClient // what the writer uses of one
  const pool = { connect: () => (asked.push(Promise.withResolvers()), asked.at(-1)!.promise) } as unknown as pg.Pool // the same
  const writer = new AccessWriter({ pool, log: { info: () => undefined, warn: () => undefined, error: () => undefined }, clock: systemClock, random: systemRandom })
  return { writer, asked, writes, released, texts, give: (place: number) => asked[place]!.resolve(client()) }
}

describe('a write of accesses', () => {
  it('that found no connection takes the one that another write gives back', async () => {
    const { writer, asked, writes, give } = aPool()
    const first = writer.write([access()])
    give(0)
    await turn()
    const second = writer.write([access()])
    await turn()
    expect([asked.length, writes.length]).toEqual([2, 1])
    writes[0]!.resolve({})
    await first
    await turn()
    // The pool never gave a second connection.
    expect(writes).toHaveLength(2)
    writes[1]!.resolve({})
    await second
  })

  it('fails with the pool when no connection comes, and the next one asks again', async () => {
    const { writer, asked, writes, give } = aPool()
    const failed = writer.write([access()])
    asked[0]!.reject(new Error('timeout exceeded when trying to connect'))
    await expect(failed).rejects.toThrow('timeout exceeded')
    const next = writer.write([access()])
    give(1)
    await turn()
    writes[0]!.resolve({})
    await expect(next).resolves.toHaveLength(1)
  })

  it('asks for one connection for each write that waits, and keeps what comes late', async () => {
    const { writer, asked, writes, give } = aPool()
    const first = writer.write([access()])
    give(0)
    await turn()
    const second = writer.write([access()])
    writes[0]!.resolve({})
    await first
    await turn()
    writes[1]!.resolve({})
    await second
    // What was asked for in vain serves the next pair.
    const pair = [writer.write([access()]), writer.write([access()])]
    give(1)
    await turn()
    for (const write of writes.slice(2)) write.resolve({})
    await Promise.all(pair)
    expect(asked).toHaveLength(2)
  })

  it('lets go of its connection when the writer was closed meanwhile', async () => {
    const { writer, writes, released, give } = aPool()
    const write = writer.write([access()])
    give(0)
    await turn()
    writer.close()
    writes[0]!.resolve({})
    await write
    expect(released).toEqual([true])
  })

  it('is synchronous whatever the server is set to later', async () => {
    const { writer, writes, texts, give } = aPool()
    const write = writer.write([access()])
    give(0)
    await turn()
    writes[0]!.resolve({})
    await write
    expect(texts[0]).toMatch(/^select set_config\('synchronous_commit', case/)
  })
})
