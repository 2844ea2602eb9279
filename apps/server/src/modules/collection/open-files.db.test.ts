import { createReadStream, existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOfficer } from '../../platform/testing.ts'
import { aServer, HERE, type TestServer } from '../../testing/a-server.ts'

const folder = join(process.env['DATONG_SHARED'] ?? join(import.meta.dirname, '../../../../../../shared'), 'data/open')
const officer = anOfficer('loader', HERE, 'provider')

describe.skipIf(!existsSync(folder))('real open files (DATONG_SHARED)', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await aServer()
  })
  afterAll(() => server.stop())

  it('each become an entry without hand-work, and their rows add up', async () => {
    const files = await readdir(folder)
    expect(files.length).toBeGreaterThanOrEqual(10)
    for (const fileName of files) {
      const { loadId, entryCode } = await server.collection.upload(createReadStream(join(folder, fileName)), { fileName }, officer)
      let load = await server.collection.findLoad(loadId)
      while (load?.finishedAt === null) {
        await sleep(50)
        load = await server.collection.findLoad(loadId)
      }
      expect([fileName, load?.state, load?.error]).toEqual([fileName, 'done', null])
      expect(load?.rowsRead).toBe((load?.rowsStored ?? 0) + (load?.rowsRejected ?? 0))
      expect((load?.rowsRejected ?? 0) / (load?.rowsRead ?? 1)).toBeLessThan(0.01)
      expect(await server.catalog.find(entryCode)).toMatchObject({ version: 1, rowCount: load?.rowsStored, stars: expect.any(Number) })
    }
  })
})
