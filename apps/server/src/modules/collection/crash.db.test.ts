import type { DataEngine } from '@datong/data-engine'
import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { isAppError, systemClock, systemRandom } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance } from 'fastify'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import { createSealer } from '../../platform/seal.ts'
import { anOfficer, plainOrganisations, recordingEvents } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { catalogFor } from '../catalog/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { evidenceFor } from '../evidence/testing.ts'
import type { CollectionContext } from './context.ts'
import { failStuckLoads, finishLoad, PROFILING_LIMIT_MS } from './loads/finish-load.ts'
import { collectionMigrations, createCollection } from './index.ts'
import { createLoadStore } from './loads/load-store.ts'
import { retryLoad } from './loads/retry-load.ts'
import { runLoad } from './loads/run-load.ts'
import { aForm, peopleCsv } from './testing.ts'
import { admitUpload, beginLoad, receiveUpload } from './uploads/upload.ts'
import { createFormStore } from './forms/form-store.ts'
import { createRecipeStore } from './recipes/recipe-store.ts'
import { createSourceStore } from './sources/source-store.ts'
import { createUploadIntake } from './uploads/upload-intake.ts'
import { uploadRoute } from './uploads/upload-route.ts'
import { createObjectStore } from './objects/object-store.ts'
import { createLakeStore } from './versions/lake-store.ts'
import { createVersionStore } from './versions/version-store.ts'
import { createViewStore } from './views/view-store.ts'
import { openWorkspace } from './workspace.ts'

const officer = anOfficer('provider', '11990100MB0000002B', 'provider')
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

let database: TestDatabase
let engine: DataEngine
let home: string
let base: CollectionContext
let events: ReturnType<typeof recordingEvents>

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...collectionMigrations])
  home = await mkdtemp(join(tmpdir(), 'datong-crash-'))
  engine = await createDuckDbEngine({ allowedDirectories: [home], temporaryDirectory: join(home, 'engine') })
  const { store } = database
  const cursors = createCursorCodec(new Uint8Array(32))
  const workspace = await openWorkspace(home, join(home, 'lake'), systemClock)
  events = recordingEvents()
  base = {
    store, engine, events, cursors, calendar: { holidays: new Set(), workdays: new Set() }, evidence: evidenceFor(store), catalog: (await catalogFor(store)).catalog, organisations: { ...plainOrganisations, find: () => undefined }, standards: { codesAt: () => undefined, codeVersions: () => undefined },
    jobs: { enqueue: async () => 'job', work: async () => undefined }, clock: systemClock, random: systemRandom, log: quiet,
    homeFolder: home, lakeFolder: join(home, 'lake'), maxUploadBytes: 1_000_000,
    sealer: createSealer(new Uint8Array(32)), dropFolder: join(home, 'drop'), sources: createSourceStore(store.db, cursors),
    outbound: { allowLoopback: false, pushNetworks: null, harvestNetworks: [], sourceNetworks: [] },
    loads: createLoadStore(store.db, cursors), versions: createVersionStore(store.db), views: createViewStore(store.db, cursors), lakes: createLakeStore(store.db, cursors), objects: createObjectStore(store.db), workspace, recipes: createRecipeStore(store.db, cursors), forms: createFormStore(store.db, cursors),
    intakes: { upload: createUploadIntake(workspace, createRecipeStore(store.db, cursors)) },
  }
})
afterAll(async () => {
  await engine.close()
  await database.drop()
  await rm(home, { recursive: true, force: true })
})
beforeEach(async () => {
  events.published.splice(0)
  for (const name of await readdir(join(home, 'incoming'))) await rm(join(home, 'incoming', name))
})

async function* bytesOf(...chunks: readonly (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    if (chunk instanceof Error) throw chunk
    yield Buffer.from(chunk)
  }
}
async function anUpload(content = peopleCsv(60)): Promise<{ loadId: string; entryCode: string }> {
  const admitted = await admitUpload(base, { fileName: '参保.csv' }, officer)
  return beginLoad(base, await receiveUpload(base, admitted, bytesOf(content)), officer)
}
const attempt = (context: CollectionContext, loadId: string, number = 1) => runLoad(context, loadId, { attempt: number, signal: new AbortController().signal })
const leftovers = async () => Promise.all(['incoming', 'scratch', 'lake/.staging'].map((folder) => readdir(join(home, folder))))
const broken = () => Promise.reject(new Error('the power went'))

/** Every place where an attempt can break, as a context that breaks there. */
const BREAKS: Record<string, () => CollectionContext> = {
  'while staging': () => ({ ...base, engine: { ...engine, stage: broken } }),
  'while typing': () => ({ ...base, engine: { ...engine, inferTypes: broken } }),
  'before storing': () => ({ ...base, engine: { ...engine, writeVersion: broken } }),
  'after storing': () => ({
    ...base, engine: { ...engine, writeVersion: async (...given) => { await engine.writeVersion(...given); return broken() } },
  }),
  'after the folder was moved, before the commit': () => {
    const noEvents: EventBus = { publish: broken, subscribe: events.subscribe }
    return { ...base, events: noEvents }
  },
  'while evidence is written': () => ({ ...base, evidence: { record: broken } }),
}

describe('a load that breaks', () => {
  it.each(Object.keys(BREAKS))('%s, and is run again, makes one version and leaves nothing behind', async (place) => {
    const { loadId, entryCode } = await anUpload()
    await expect(attempt(BREAKS[place]!(), loadId)).rejects.toThrow('the power went')
    expect((await base.loads.find(loadId))).toMatchObject({ outcome: null, version: null })
    expect(await leftovers()).toEqual([[loadId], [], []])
    await attempt(base, loadId, 2)
    await attempt(base, loadId, 3)
    expect(await base.loads.find(loadId)).toMatchObject({ version: 1, phase: 'profiling', rows_read: 60, rows_stored: 60 })
    expect((await base.versions.list(entryCode)).map(({ number }) => number)).toEqual([1])
    expect(await readdir(join(home, 'lake', entryCode))).toEqual(['v1'])
    expect(events.published.filter(({ name }) => name === 'collection.version-made')).toHaveLength(1)
  })

  it('again and again for no known reason fails without telling what was in the file', async () => {
    const { loadId } = await anUpload()
    const logged: string[] = []
    const context = {
      ...BREAKS['while typing']!(), log: { ...quiet, error: (details: object) => void logged.push(String('err' in details && details.err)) },
      engine: { ...engine, inferTypes: () => Promise.reject(new Error(`Conversion Error: "${'339902197001010011'}" in line 3`)) },
    }
    await expect(attempt(context, loadId, 1)).rejects.toThrow()
    await attempt(context, loadId, 3)
    expect(await base.loads.find(loadId)).toMatchObject({ outcome: 'failed', error: { code: 'server/failure', errors: [] } })
    expect(logged.join()).toContain('Conversion Error')
    expect(logged.join()).not.toContain('339902')
  })

  it('by losing rows fails loudly', async () => {
    const { loadId } = await anUpload()
    const forgetful = { ...engine, writeVersion: async (...given: Parameters<DataEngine['writeVersion']>) => ({ ...(await engine.writeVersion(...given)), rowsStored: 59 }) }
    await attempt({ ...base, engine: forgetful }, loadId)
    expect(await base.loads.find(loadId)).toMatchObject({ outcome: 'failed', version: null, error: { code: 'collection/rows-lost' } })
  })
})

describe('a version', () => {
  it('has a manifest whose digest is its content hash, and files whose digests are in it', async () => {
    const { loadId, entryCode } = await anUpload()
    await attempt(base, loadId)
    const [version] = await base.versions.list(entryCode)
    const folder = join(home, 'lake', entryCode, 'v1')
    const digest = async (path: string) => createHash('sha256').update(await readFile(path)).digest('hex')
    expect(await digest(join(folder, 'manifest.json'))).toBe(version?.content_hash)
    for (const file of version!.manifest.files) expect(await digest(join(folder, file.path))).toBe(file.sha256)
    await expect(sql`update collection.version set row_count = 1 where entry_code = ${entryCode}`.execute(base.store.db)).rejects.toThrow('never changed')
  })

  it('becomes current when it is described, once, and not before', async () => {
    const { loadId, entryCode } = await anUpload()
    await attempt(base, loadId)
    expect(await base.versions.findCurrent(entryCode)).toBeUndefined()
    await finishLoad(base, { entryCode, version: 1, loadId })
    await finishLoad(base, { entryCode, version: 1, loadId })
    expect(await base.versions.findCurrent(entryCode)).toMatchObject({ number: 1 })
    const { rows } = await sql<{ action: string }>`select action from evidence.pending where subject_id in (${loadId}, ${`${entryCode}/v1`}) order by seq`.execute(base.store.db)
    expect(rows.map(({ action }) => action)).toEqual([
      'collection.load.received', 'collection.load.stored', 'collection.version.made', 'collection.load.done', 'collection.version.used',
    ])
    expect(await leftovers()).toEqual([[], [], []])
  })

  it('that nobody describes in time fails its load, and is told again when that is retried', async () => {
    const { loadId, entryCode } = await anUpload()
    await attempt(base, loadId)
    await failStuckLoads(base)
    expect((await base.loads.find(loadId))?.outcome).toBeNull()
    await failStuckLoads({ ...base, clock: { now: () => new Date(Date.now() + PROFILING_LIMIT_MS + 60_000) } })
    expect((await base.loads.find(loadId))?.outcome).toBe('failed')
    await retryLoad(base, loadId, officer)
    expect(events.published.filter(({ name }) => name === 'collection.version-made')).toHaveLength(2)
    expect(await base.loads.find(loadId)).toMatchObject({ outcome: null, phase: 'profiling', version: 1 })
    await finishLoad(base, { entryCode, version: 1, loadId })
    expect((await base.loads.find(loadId))?.outcome).toBe('done')
  })
})

describe('an outcome', () => {
  it('cannot be written without evidence', async () => {
    const { loadId } = await anUpload('a\n1\n')
    await expect(sql`update collection.load set outcome = 'done', finished_at = now() where id = ${loadId}`.execute(base.store.db)).rejects.toThrow('without its evidence')
    await base.loads.move(loadId, { progress: 0.3 })
  })
})

describe('an upload', () => {
  it('broken off half-way leaves nothing', async () => {
    const admitted = await admitUpload(base, { fileName: 'a.csv' }, officer)
    await expect(receiveUpload(base, admitted, bytesOf('编号\n1\n', new Error('connection lost')))).rejects.toThrow('connection lost')
    expect(await leftovers()).toEqual([[], [], []])
  })

  it('over the limit leaves nothing', async () => {
    const admitted = await admitUpload(base, { fileName: 'a.csv' }, officer)
    const refusal = await receiveUpload(base, admitted, bytesOf('x'.repeat(1_000_001))).catch((error: unknown) => error)
    expect(isAppError(refusal) && refusal.code).toBe('request/too-large')
    expect(await leftovers()).toEqual([[], [], []])
  })

  describe('over HTTP', () => {
    let app: FastifyInstance
    let port: number
    beforeAll(async () => {
      app = Fastify()
      await app.register(multipart)
      const route = uploadRoute(base)
      app.setErrorHandler((error, _, reply) => void reply.code(isAppError(error) ? 422 : 500).send({ code: isAppError(error) ? error.code : String(error) }))
      app.post('/', async (request, reply) => {
        const context = { caller: officer, reach: 'own', params: {}, query: {}, body: undefined, signal: new AbortController().signal } as const
        return route.handle(context, request, reply)
      })
      port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port)
    })
    afterAll(() => app.close())
    const post = async (parts: Parameters<typeof aForm>[0]) => {
      const { payload, headers } = aForm(parts)
      const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: payload as Buffer<ArrayBuffer>, headers }) // aForm makes a Buffer
      return { status: answer.status, body: await answer.json() as unknown }
    }
    const entries = async () => (await sql<{ n: number }>`select count(*)::int as n from catalog.entry`.execute(base.store.db)).rows[0]?.n

    it('broken off half-way leaves neither file nor entry', async () => {
      const before = await entries()
      const { payload, headers } = aForm([{ name: 'file', value: 'x'.repeat(500_000), fileName: 'a.csv' }])
      const socket = connect(port, '127.0.0.1')
      await once(socket, 'connect')
      const head = `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: ${headers['content-type']}\r\ncontent-length: ${(payload as Buffer).length}\r\n\r\n`
      socket.write(head)
      socket.write((payload as Buffer).subarray(0, 300_000)) // aForm makes a Buffer
      while ((await leftovers())[0]?.length !== 1) await sleep(10)
      socket.destroy()
      while ((await leftovers())[0]?.length !== 0) await sleep(10)
      expect(await entries()).toBe(before)
    })

    it('over the limit is refused and leaves nothing', async () => {
      expect(await post([{ name: 'file', value: 'x'.repeat(1_500_000), fileName: 'a.csv' }])).toEqual({ status: 422, body: { code: 'request/too-large' } })
      expect(await leftovers()).toEqual([[], [], []])
    })

    it('is taken whole, with its Chinese name', async () => {
      const { status, body } = await post([{ name: 'title', value: '停车场' }, { name: 'file', value: 'x'.repeat(900_000), fileName: '停车场（2026年）.csv' }])
      expect(status).toBe(202)
      const { loadId } = body as { loadId: string } // the route's answer
      expect(await base.loads.find(loadId)).toMatchObject({ bytes: 900_000, file_name: '停车场（2026年）.csv', entry_title: '停车场' })
    })
  })

  it('whose transaction fails leaves neither file nor entry', async () => {
    const admitted = await admitUpload(base, { fileName: 'a.csv', title: '没有提交的条目' }, officer)
    const received = await receiveUpload(base, admitted, bytesOf('a\n1\n'))
    await expect(beginLoad({ ...base, jobs: { ...base.jobs, enqueue: broken } }, received, officer)).rejects.toThrow()
    expect(await leftovers()).toEqual([[], [], []])
    const { rows } = await sql`select 1 from catalog.entry where title = '没有提交的条目'`.execute(base.store.db)
    expect(rows).toEqual([])
  })

  it('keeps a harmless file name', async () => {
    const admitted = await admitUpload(base, { fileName: '../../etc/\u202e参保\u0007.表.csv' }, officer)
    expect(admitted).toMatchObject({ fileName: '参保.表.csv', title: '参保.表' })
  })
})

describe('tidying', () => {
  it('removes what dead processes left, and nothing else', async () => {
    const { loadId } = await anUpload('a\n1\n')
    const mine = base.workspace.arrivingPath(loadId)
    const dead = mine.replace(/~\d+~\d+~/, `~${2 ** 22 + 7}~1~`)
    const reborn = mine.replace(/~(\d+)~\d+~/, '~$1~1~')
    for (const path of [mine, dead, reborn]) await writeFile(path, 'half')
    await mkdir(dead.replace('incoming', 'lake/.staging'))
    const collection = await createCollection({ ...base, events: recordingEvents() })
    await collection.start?.()
    await collection.stop?.()
    expect((await leftovers()).map((names) => names.toSorted())).toEqual([[loadId, mine.split('/').at(-1)].toSorted(), [], []])
  })
})
