import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrations, type Modules } from '../../compose.ts'
import { anOfficer } from '../../platform/testing.ts'
import { composeOn } from '../../testing/compose-on.ts'
import { peopleCsv } from './testing.ts'

const officer = anOfficer('provider', '11990100MB0000002B', 'provider')
const WORKER = join(import.meta.dirname, '../../testing/hold-worker.ts')
const KILLS = 6

let database: TestDatabase
let home: string
let api: Modules & { stop(): Promise<void> }
let worker: ChildProcess | undefined

beforeAll(async () => {
  database = await createTestDatabase(migrations)
  home = await mkdtemp(join(tmpdir(), 'datong-kill-'))
  api = await composeOn(database.connectionString, home, 'api')
})
afterAll(async () => {
  worker?.kill('SIGKILL')
  await api.stop()
  await database.drop()
  await rm(home, { recursive: true, force: true })
})

async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [WORKER, database.connectionString, home], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  if (child.stdout === null) throw new Error('no output to listen to')
  await once(child.stdout, 'data')
  return child
}
async function* bytes(text: string) {
  yield Buffer.from(text)
}
const states = (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await api.collection.findLoad(id))!)) // uploaded, so there

describe('a worker that is killed again and again', () => {
  it('loses no acknowledged upload, makes one version of each, and leaves nothing behind', async () => {
    const text = peopleCsv(20_000)
    const uploads = await Promise.all(['甲.csv', '乙.csv', '丙.csv'].map((fileName) => api.collection.upload(bytes(text), { fileName }, officer)))
    const ids = uploads.map(({ loadId }) => loadId)
    let killed = 0
    for (; killed < KILLS; killed++) {
      worker = await startWorker()
      await sleep(200 + 350 * killed)
      const ended = once(worker, 'exit')
      worker.kill('SIGKILL')
      await ended
      if ((await states(ids)).every(({ finishedAt }) => finishedAt !== null)) break
    }
    worker = await startWorker()
    while ((await states(ids)).some(({ finishedAt }) => finishedAt === null)) await sleep(100)
    for (const load of await states(ids)) expect(load).toMatchObject({ state: 'done', version: 1, rowsRead: 20_000, rowsStored: 20_000, rowsRejected: 0 })
    for (const { entryCode } of uploads) expect(await readdir(join(home, 'lake', entryCode))).toEqual(['v1'])
    expect(await readdir(join(home, 'scratch'))).toEqual([])
    expect(await readdir(join(home, 'lake', '.staging'))).toEqual([])
    expect(await readdir(join(home, 'incoming'))).toEqual([])
  })
})
