import { CAR_PARKS, CATALOG } from '@datong/catalog-metadata/testing'
import { catalogToDcat, type DatasetDescription, writeJsonLd, writeRdfXml, writeTurtle } from '@datong/catalog-metadata'
import type { HarvestAction, HarvestKind } from '@datong/contracts'
import { createJobRunner } from '@datong/job-runner'
import { systemRandom } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCursorCodec } from '../../platform/cursor.ts'
import { anOfficer, plainOrganisations } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { catalogFor } from '../catalog/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { evidenceFor } from '../evidence/testing.ts'
import type { HarvestContext } from './deps.ts'
import { createHarvestStore } from './harvest-store.ts'
import { harvestMigrations } from './index.ts'
import { runSource } from './running/run-source.ts'
import { createSchedule, queueDueRuns } from './running/watch-schedule.ts'
import { actOnSource } from './sources/act-on-source.ts'
import { makeSource } from './sources/make-source.ts'
import { takeMerger } from './sources/take-merger.ts'
import { aCkan, aPackage, aPeer, json, type Peer } from './testing.ts'

const steward = anOfficer('steward', 'B', 'steward')
const cursors = createCursorCodec(new Uint8Array(32))

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let context: HarvestContext
let folder: string
let peer: Peer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datong-harvest-'))
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...harvestMigrations])
  const { store } = database
  house = await catalogFor(store)
  peer = await aPeer(() => undefined)
  context = {
    db: store.db, evidence: evidenceFor(store), events: house.events, catalog: house.catalog, organisations: { ...plainOrganisations, has: (code) => code === 'P1' },
    settings: { allowLoopback: true, pushNetworks: null, harvestNetworks: [], sourceNetworks: [] }, cursors, clock: house.clock, random: systemRandom,
    log: { info: () => undefined, warn: () => undefined }, workFolder: folder, store: createHarvestStore(store.db, cursors),
    jobs: { work: async () => undefined, enqueue: async () => undefined },
  }
})
afterEach(async () => {
  await peer.close()
  await database.drop()
})

const aSource = (kind: HarvestKind, url: string, publishes = true) =>
  makeSource(context, { name: '省平台', kind, url, organisation: 'P1', schedule: 'daily', publishes }, steward)

const act = (id: string, action: HarvestAction) => actOnSource(context, id, action, '', steward)

async function latest(id: string) {
  const { items: [run] } = await context.store.listRuns(id, { limit: 1 })
  return run!
}

/** Asks for a run and does its work here. */
async function run(id: string, action: HarvestAction = 'run', signal = new AbortController().signal, isLastAttempt = true) {
  house.clock.advance(60_000)
  await act(id, action)
  await runSource(context, (await latest(id)).id, { signal, isLastAttempt })
  return latest(id)
}

const entries = async () => (await house.catalog.findMany(await house.catalog.codesOf('P1'))).toSorted((a, b) => (a.origin?.identifier ?? '').localeCompare(b.origin?.identifier ?? ''))
const counts = ({ state, seen, created, changed, same, withdrawn, rejected }: Awaited<ReturnType<typeof latest>>) => ({ state, seen, created, changed, same, withdrawn, rejected })
const packages = (count: number, change: (index: number) => object = () => ({})) => Array.from({ length: count }, (_, index) => aPackage(index, change(index)))

/** Longer than an index takes, and not to be packed. */
const LONG = randomBytes(9_000).toString('base64')

describe('a run over a CKAN', () => {
  it('takes all pages over, and afterwards asks only for what changed', async () => {
    peer.answer = aCkan(packages(130))
    const { id } = await aSource('ckan', peer.url)
    expect(counts(await run(id))).toEqual({ state: 'done', seen: 130, created: 130, changed: 0, same: 0, withdrawn: 0, rejected: 0 })
    const [first, ...others] = await entries()
    expect(others).toHaveLength(129)
    expect(first).toMatchObject({
      title: '数据集0', state: 'published', openingType: 'open', sharingType: 'unconditional', organisation: 'P1',
      links: [{ url: 'https://example.gov.cn/0.csv', format: 'CSV' }], origin: { source: peer.url, identifier: 'p-0000', url: `${peer.url}/dataset/set-0` },
    })
    expect(first?.dataUpdatedAt).toEqual(new Date('2026-11-01T00:00:00Z'))

    house.clock.set('2026-11-21T02:00:00Z')
    peer.answer = aCkan([aPackage(7, { title: '改名' })])
    expect(counts(await run(id))).toMatchObject({ state: 'done', seen: 1, created: 0, changed: 1, withdrawn: 0 })
    expect(decodeURIComponent(peer.asked.at(-1)!)).toContain('fq=metadata_modified:[2026-11-20T01:01:00.000Z+TO+*]')
    expect((await entries())[7]?.title).toBe('改名')
  })

  it('changes nothing that did not change, and withdraws what is gone when it asks for everything', async () => {
    peer.answer = aCkan(packages(20))
    const { id } = await aSource('ckan', peer.url)
    await run(id)
    const revisions = (await entries()).map(({ revision }) => revision)
    peer.answer = aCkan(packages(20).slice(0, 17))
    expect(counts(await run(id, 'run-fully'))).toEqual({ state: 'done', seen: 17, created: 0, changed: 0, same: 17, withdrawn: 3, rejected: 0 })
    const after = await entries()
    expect(after.map(({ state }) => state).slice(16)).toEqual(['published', 'withdrawn', 'withdrawn', 'withdrawn'])
    expect(after.slice(0, 17).map(({ revision }) => revision)).toEqual(revisions.slice(0, 17))
  })

  it('is held when most of a source is gone, until a person accepts it', async () => {
    peer.answer = aCkan(packages(20))
    const { id } = await aSource('ckan', peer.url)
    await run(id)
    peer.answer = aCkan(packages(2))
    expect(await run(id, 'run-fully')).toMatchObject({ state: 'held', vanished: 18, withdrawn: 0 })
    expect((await entries()).every(({ state }) => state === 'published')).toBe(true)
    expect(await run(id, 'accept')).toMatchObject({ state: 'done', withdrawn: 18 })
    expect((await entries()).filter(({ state }) => state === 'withdrawn')).toHaveLength(18)
  })

  it('sets a record aside that cannot be taken over, with its reason, and takes the others', async () => {
    peer.answer = aCkan([aPackage(1), { id: 'nameless' }, aPackage(2, { title: '\u0000', name: '' }), [], aPackage(4, { id: LONG }), aPackage(3, { notes: `a\u0000b${'长'.repeat(9_000)}` })])
    const { id } = await aSource('ckan', peer.url)
    const done = await run(id)
    expect(counts(done)).toMatchObject({ state: 'done', seen: 6, created: 2, rejected: 4 })
    const { items } = await context.store.listProblems(done.id, {})
    expect(items.map(({ identifier, code }) => [identifier, code])).toEqual([['nameless', 'missing-title'], ['p-0002', 'missing-title'], [null, 'missing-identifier'], [LONG.slice(0, 300), 'harvest/unusable-record']])
    expect((await entries()).map(({ summary }) => summary.length)).toEqual([2, 4_000])
  })

  it('leaves to people here what they decided, and brings drafts where it may not publish', async () => {
    peer.answer = aCkan([aPackage(1)])
    const { id } = await aSource('ckan', peer.url, false)
    await run(id)
    const [draft] = await entries()
    expect(draft?.state).toBe('draft')
    await house.catalog.edit(draft!.code, { openingType: 'closed' }, steward)
    peer.answer = aCkan([aPackage(1, { title: '新题' })])
    await run(id, 'run-fully')
    expect((await entries())[0]).toMatchObject({ title: '新题', openingType: 'closed', state: 'draft' })
  })

  it('goes on where it was broken off, asking for no page twice', async () => {
    peer.answer = aCkan(packages(210))
    const { id } = await aSource('ckan', peer.url)
    const stop = new AbortController()
    const whole = peer.answer
    peer.answer = (request, response) => {
      // The process dies while the second page is on its way.
      if (request.url?.includes('start=100')) stop.abort()
      whole(request, response)
    }
    await expect(run(id, 'run', stop.signal, false)).rejects.toThrow('abort')
    expect(await latest(id)).toMatchObject({ state: 'running', position: '100', seen: 100 })
    peer.answer = whole
    peer.asked.length = 0
    await runSource(context, (await latest(id)).id, { signal: new AbortController().signal, isLastAttempt: true })
    expect(counts(await latest(id))).toMatchObject({ state: 'done', seen: 210, created: 210 })
    expect(peer.asked.map((path) => new URL(path, peer.url).searchParams.get('start'))).toEqual(['100', '200'])
  })

  it('fails with a reason that people can read, and can be resumed', async () => {
    peer.answer = (request, response) => (request.url?.includes('start=100') ? void response.writeHead(500).end() : aCkan(packages(105))(request, response))
    const { id } = await aSource('ckan', peer.url)
    expect(await run(id)).toMatchObject({ state: 'failed', failure: { code: 'harvest/refused-by-source', detail: '127.0.0.1 status-500' }, seen: 100 })
    peer.answer = aCkan(packages(105))
    expect(counts(await run(id, 'resume'))).toMatchObject({ state: 'done', seen: 105, created: 105 })
  })

  it('ends when it is stopped by hand, between two pages', async () => {
    const { id } = await aSource('ckan', peer.url)
    peer.answer = (request, response) => {
      if (!request.url?.includes('start=100')) return aCkan(packages(300))(request, response)
      void act(id, 'stop').then(() => aCkan(packages(300))(request, response))
    }
    expect(counts(await run(id))).toMatchObject({ state: 'stopped', seen: 100, created: 100 })
  })

  it('sees everything of a site that gives fewer rows at once than it was asked for', async () => {
    const all = packages(130)
    peer.answer = (request, response) => {
      const start = Number(new URL(request.url ?? '', peer.url).searchParams.get('start'))
      json(response, { success: true, result: { count: all.length, results: all.slice(start, start + 50) } })
    }
    const { id } = await aSource('ckan', peer.url)
    expect(counts(await run(id))).toMatchObject({ state: 'done', seen: 130, created: 130 })
  })

  it('fails at a site that answers with the same page for ever', async () => {
    peer.answer = (_, response) => json(response, { success: true, result: { count: 1_000_000, results: packages(100) } })
    const { id } = await aSource('ckan', peer.url)
    expect(await run(id)).toMatchObject({ state: 'failed', seen: 100, failure: { code: 'harvest/not-a-catalogue' } })
    expect(peer.asked).toHaveLength(2)
  })

  it.each([
    ['HTML', '<!doctype html><title>登录</title>'],
    ['an error', '{"success": false, "error": {"__type": "Authorization Error"}}'],
    ['half a document', '{"success": true, "result": {"count": 2, "results": ['],
  ])('fails when the address answers with %s, and writes nothing', async (_, text) => {
    peer.answer = (__, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(text)
    const { id } = await aSource('ckan', peer.url)
    expect(await run(id)).toMatchObject({ state: 'failed', failure: { code: 'harvest/not-a-catalogue' } })
    expect(await entries()).toEqual([])
  })
})

describe('a run over DCAT', () => {
  const page = (origin: string, number: number, next: boolean) => {
    const dataset: DatasetDescription = { ...CAR_PARKS, iri: `https://x.cn/dataset/${number}`, identifier: `d-${number}`, relations: [] }
    const address = (at: number): string => `${origin}/catalog?page=${at}`
    return [...catalogToDcat(CATALOG, [dataset], { self: address(number), first: address(1), previous: null, next: next ? address(number + 1) : null, last: address(3), totalItems: 3 })]
  }
  const WRITERS = { Turtle: ['text/turtle', writeTurtle], 'RDF/XML': ['application/rdf+xml', writeRdfXml], 'JSON-LD': ['application/ld+json', writeJsonLd] } as const

  it.each(Object.entries(WRITERS))('follows the pages of a catalogue in %s', async (_, [mediaType, write]) => {
    peer.answer = (request, response) => {
      const number = Number(new URL(request.url ?? '', peer.url).searchParams.get('page') ?? 1)
      response.writeHead(200, { 'content-type': mediaType }).end(write(page(peer.url, number, number < 3)))
    }
    const { id } = await aSource('dcat', `${peer.url}/catalog`)
    expect(counts(await run(id))).toMatchObject({ state: 'done', seen: 3, created: 3 })
    const [entry] = await entries()
    expect(entry).toMatchObject({
      title: '停车场基本信息', titleEn: 'Car parks', theme: 'transport', updateCycle: 'daily', licence: 'CC-BY-4.0', contactEmail: 'data@example.gov.cn',
      spatial: { division: '990100', name: '某市' }, temporal: { from: '2026-01-01', to: null }, keywords: ['停车', '泊位'],
    })
    expect(entry?.links).toHaveLength(2)
  })

  it('whose next page is the first again fails instead of running for ever', async () => {
    peer.answer = (_, response) => void response.writeHead(200, { 'content-type': 'text/turtle' }).end(writeTurtle(page(peer.url, 1, true)))
    const { id } = await aSource('dcat', `${peer.url}/catalog?page=1`)
    expect(await run(id)).toMatchObject({ state: 'failed', failure: { code: 'harvest/not-a-catalogue' }, created: 1 })
  })
})

describe('a run over DCAT-US', () => {
  const dataJson = (count: number): object => ({
    conformsTo: 'https://project-open-data.cio.gov/v1.1/schema',
    dataset: Array.from({ length: count }, (_, index) => ({ identifier: `u-${index}`, title: `Set ${index}`, description: 'words', modified: null, keyword: ['a'], accessLevel: index === 0 ? 'restricted public' : 'public', distribution: [{ downloadURL: `https://x.gov/${index}.csv`, mediaType: 'text/csv' }] })),
  })

  it('reads the document in pieces, does not ask for it again when it is the same, and sees what is gone when it changed', async () => {
    let count = 205
    peer.answer = (request, response) => {
      if (request.headers['if-none-match'] === `"${count}"`) response.writeHead(304).end()
      else json(response, dataJson(count), { etag: `"${count}"` })
    }
    const { id } = await aSource('dcat-us', `${peer.url}/data.json`)
    expect(counts(await run(id))).toMatchObject({ state: 'done', seen: 205, created: 205 })
    expect((await entries())[0]).toMatchObject({ title: 'Set 0', titleEn: null, openingType: 'on-application' })
    expect(counts(await run(id))).toMatchObject({ state: 'done', seen: 0, withdrawn: 0 })
    count = 200
    expect(counts(await run(id))).toMatchObject({ state: 'done', seen: 200, same: 200, withdrawn: 5 })
  })

  const REAL = join(process.env['DATONG_SHARED'] ?? join(import.meta.dirname, '../../../../../../shared'), 'data/reference/us_dcatus_catalog_with_none.json')
  it.skipIf(!existsSync(REAL))('takes a real catalogue with nulls over (DATONG_SHARED)', async () => {
    const text = readFileSync(REAL, 'utf8')
    peer.answer = (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(text)
    const { id } = await aSource('dcat-us', `${peer.url}/data.json`)
    const records = (JSON.parse(text) as { dataset: unknown[] }).dataset.length
    const done = await run(id)
    expect(counts(done)).toEqual({ state: 'done', seen: records, created: records - done.rejected, changed: 0, same: 0, withdrawn: 0, rejected: done.rejected })
    expect(done.rejected).toBeLessThan(records * 0.01)
  })
})

it('a source that hangs stops no other', async () => {
  const { store } = database
  const jobs = createJobRunner({ store, log: { info: () => undefined, warn: () => undefined, error: () => undefined }, role: 'all', stopTimeoutMs: 500 })
  const stuck = await aPeer(() => undefined)
  context = { ...context, jobs }
  const schedule = createSchedule(context)
  await schedule.start()
  await jobs.start()
  try {
    peer.answer = aCkan(packages(3))
    const hanging = await Promise.all([1, 2, 3].map((number) => aSource('ckan', `${stuck.url}/${number}`)))
    const well = await aSource('ckan', peer.url)
    house.clock.set('2026-11-22T02:00:00Z')
    expect(await queueDueRuns(context)).toBe(4)
    expect(await queueDueRuns(context)).toBe(0)
    await expect.poll(async () => (await latest(well.id)).state, { timeout: 30_000 }).toBe('done')
    expect((await Promise.all(hanging.map(async ({ id }) => (await latest(id)).state))).every((state) => state === 'running' || state === 'queued')).toBe(true)
  } finally {
    await stuck.close()
    await schedule.stop()
    await jobs.stop()
  }
})

it('a source passes to the successor when departments merge', async () => {
  const { id } = await aSource('ckan', peer.url)
  for (let told = 0; told < 2; told++) await takeMerger(context, { predecessor: 'P1', successor: 'P2', at: '2026-11-22T00:00:00Z' })
  expect(await context.store.findSource(id)).toMatchObject({ organisation: 'P2', revision: 1 })
})

it('one address is one source, and a removed one runs no more', async () => {
  const { id } = await aSource('ckan', peer.url)
  await expect(aSource('ckan', peer.url)).rejects.toMatchObject({ code: 'harvest/source-exists' })
  await act(id, 'remove')
  await expect(act(id, 'run')).rejects.toMatchObject({ code: 'request/not-found' })
  house.clock.set('2026-11-25T02:00:00Z')
  expect(await queueDueRuns(context)).toBe(0)
  await expect(aSource('ckan', peer.url)).resolves.toMatchObject({ state: 'active' })
})
