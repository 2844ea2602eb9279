import { compileMask } from '@datong/anonymisation'
import type { EvidenceItem } from '@datong/contracts'
import type { FieldSchema, Reading } from '@datong/data-engine'
import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { systemClock, systemRandom } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { createTestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHttpServer, createLog, createMetrics } from '../../../http/index.ts'
import { type Caller, PUBLIC_CALLER } from '../../../platform/caller.ts'
import { createCursorCodec } from '../../../platform/cursor.ts'
import { anOfficer, aSystem, plainOrganisations } from '../../../platform/testing.ts'
import { catalogMigrations } from '../../catalog/index.ts'
import { catalogFor } from '../../catalog/testing.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { evidenceFor } from '../../evidence/testing.ts'
import { sharingMigrations } from '../../sharing/index.ts'
import { anApplication, depsFor, sharingFor } from '../../sharing/testing.ts'
import type { DeliveryDeps, LakeVersion } from '../deps.ts'
import { createDelivery, createMisses, createQuotas, deliveryMigrations } from '../index.ts'
import { plainForms } from '../testing.ts'

export const PROVIDER = anOfficer('provider', 'P1', 'provider')
const CONSUMER = anOfficer('consumer', 'C1', 'consumer')
const STEWARD = anOfficer('steward', 'B', 'steward')

/** A field of a test resource: its type, what it was recognised as, how it is masked. */
export interface TestField {
  readonly name: string
  readonly type: FieldSchema['type']
  readonly precision?: number
  readonly scale?: number
  readonly recognizer?: string
  readonly masking?: string
  readonly identifier?: boolean
}

const READINGS: Readonly<Record<FieldSchema['type'], Reading>> = {
  text: 'text', integer: 'integer', decimal: 'decimal', boolean: 'boolean-true-false', date: 'date-ymd', datetime: 'datetime-ymd',
}

interface ResourceOptions {
  readonly title: string
  readonly fields: readonly TestField[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly openingType?: 'open' | 'closed'
}

/** Delivery over a database of its own, with resources of any content and systems with grants for them. */
export async function aHouse(settings: Partial<Pick<DeliveryDeps, 'signaturesFrom' | 'watermarkFrom'>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'datong-delivery-'))
  const database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations, ...deliveryMigrations])
  const { store } = database
  const house = await catalogFor(store)
  const systems = new Map<string, string | null>()
  const { apps } = depsFor(store, house)
  const sharing = sharingFor(store, house, { apps: { ...apps, findOwn: async (id) => (systems.has(id) ? { id, name: '系统' } : undefined) } })
  const evidence = evidenceFor(store)
  const engine = await createDuckDbEngine({ allowedDirectories: [folder], temporaryDirectory: join(folder, 'tmp') })
  const versions = new Map<string, LakeVersion>()
  const callers = new Map<string, Caller>([['provider', PROVIDER], ['consumer', CONSUMER], ['steward', STEWARD], ['auditor', anOfficer('auditor', 'B', 'auditor')]])
  const delivery = createDelivery({
    ...plainForms(store), ...settings,
    store, evidence, events: house.events, catalog: house.catalog, sharing, engine,
    lake: { current: async (code) => versions.get(code), version: async (code) => versions.get(code) },
    maskOf: (method, field) => compileMask({ method }, field.type, {}), organisations: plainOrganisations,
    quotas: createQuotas({ clock: systemClock }), misses: createMisses({ clock: house.clock }), publicQuota: { perSecond: 1_000, perDay: 100_000 },
    cursors: createCursorCodec(new Uint8Array(32)), clock: house.clock, workFolder: join(folder, 'downloads'), linkFolder: join(folder, 'links'),
    apps: { find: async (id) => (systems.has(id) ? { id, name: '系统', organisation: systems.get(id) ?? null } : undefined) },
    log: { info: () => undefined, warn: () => undefined },
  })
  await delivery.start?.()
  const http = await createHttpServer({
    routes: [...delivery.routes, ...evidence.routes], plainRoutes: [], probes: {}, metrics: createMetrics(), log: createLog('silent'), clock: systemClock, random: systemRandom,
    version: 'test', webRoot: null, checkAnswers: true, maxEventLoopDelayMs: 0,
    authenticate: async ({ headers }) => ({ caller: callers.get((headers.authorization ?? '').replace('Bearer ', '')) ?? PUBLIC_CALLER, csrfToken: null }),
  })

  /** A published resource with these rows. */
  async function aResource({ title, fields, rows, openingType = 'closed' }: ResourceOptions): Promise<string> {
    const { catalog, events } = house
    const { code } = await inTransaction(store.db, (trx) => catalog.draft(trx, { title, organisation: 'P1', actor: PROVIDER.actor }))
    const schemas = fields.map(({ name, type, precision, scale }): FieldSchema => ({
      name, type, nullable: true, ...(precision === undefined ? {} : { precision }), ...(scale === undefined ? {} : { scale }),
    }))
    const path = join(folder, `${code}.csv`)
    const cell = (text: string | null): string => (text === null ? '' : `"${text.replaceAll('"', '""')}"`)
    await writeFile(path, rows.map((row, index) => `${[String(index + 2), ...row.map(cell)].join(',')}\n`).join(''))
    const staged = await engine.stage({ path, names: fields.map(({ name }) => name), rows: rows.length, maxRecordBytes: 10_000, innerLineBreaks: false, firstLine: 2 })
    const written = await engine.writeVersion(staged, schemas.map((schema) => ({ ...schema, reading: READINGS[schema.type] })), { directory: join(folder, code), reject: () => undefined })
    versions.set(code, { number: 1, files: written.files.map((file) => file.path), fields: schemas, rowCount: rows.length })
    const version = { entryCode: code, version: 1, loadId: '00000000-0000-7000-8000-000000000001' }
    events.published.push({ name: 'collection.version-made', payload: { ...version, fields: schemas, rowCount: rows.length, at: '2026-11-20T01:00:00Z' } })
    events.published.push({
      name: 'protection.fields-graded',
      payload: {
        ...version, stars: 4, identifierCandidates: fields.filter((field) => field.identifier).map(({ name }) => name),
        fields: fields.map(({ name, recognizer = null, masking = null }) => ({ name, recognizer, grade: masking === null ? 'public' : 'internal', masking, confidence: 0.9, evidence: [] })),
      },
    })
    await events.deliver()
    await catalog.edit(code, { summary: title, sharingType: 'conditional', sharingCondition: '履行法定职责需要', openingType }, PROVIDER)
    await catalog.act(code, 'submit', {}, PROVIDER)
    await catalog.act(code, 'publish', {}, STEWARD)
    await events.deliver()
    return code
  }

  /** A system of department C1 with a grant for these fields of each resource; the name is its key. */
  async function aSystemWith(grants: Readonly<Record<string, Partial<Parameters<typeof anApplication>[1]> & { quota?: { perSecond: number; perDay: number } }>>) {
    const given: { applicationId: string; grantId: string }[] = []
    const appId = `01a1ffff-0000-7000-8000-${String(systems.size + 1).padStart(12, '0')}`
    for (const [code, { quota = { perSecond: 10_000, perDay: 1_000_000 }, ...change }] of Object.entries(grants)) {
      const { id } = await sharing.apply(anApplication(code, change), CONSUMER)
      const { grantId } = await sharing.act(id, 'approve', { quota }, PROVIDER)
      given.push({ applicationId: id, grantId: grantId! })
      // The test's sharing makes an app for each grant; here they belong to one system.
      await inTransaction(store.db, async (trx) => {
        await sql`update sharing.grant set app_id = ${appId} where id = ${grantId}`.execute(trx)
        const subject = { type: 'grant', id: grantId!, title: 'test' } // approved, so there is one
        await evidence.record(trx, { chain: 'decision', action: 'test.grant.moved', actor: PROVIDER.actor, parties: ['P1'], subject, detail: {} })
      })
    }
    systems.set(appId, 'C1')
    const key = `key-${systems.size}`
    callers.set(key, aSystem(appId, 'C1'))
    return { key, appId, grants: given }
  }

  /** One more grant for a system, as its department applies for it. */
  async function anotherGrant(appId: string, code: string, change: Parameters<typeof anApplication>[1]): Promise<void> {
    const { id } = await sharing.apply(anApplication(code, { ...change, appId }), CONSUMER)
    await sharing.act(id, 'approve', {}, PROVIDER)
  }

  const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, who = '', payload?: unknown) =>
    http.app.inject({
      method, url: encodeURI(path), headers: { ...(who === '' ? {} : { authorization: `Bearer ${who}` }), ...(payload === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(payload === undefined ? {} : { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
    })

  return {
    ...house, store, sharing, evidence, engine, delivery, app: http.app, callers, versions, aResource, aSystemWith, anotherGrant,
    get: (path: string, who?: string) => call('GET', path, who),
    post: (path: string, payload: unknown, who?: string) => call('POST', path, who, payload),
    call,
    /** The newest records with this action, the oldest of them first. */
    async records(action: string): Promise<EvidenceItem['body'][]> {
      await evidence.sequenceNow()
      const answer = await call('GET', `/api/v1/evidence/entries?action=${action}&limit=200`, 'auditor')
      return answer.json<{ items: EvidenceItem[] }>().items.map(({ body }) => body).reverse()
    },
    async stop(): Promise<void> {
      await http.close(0)
      await delivery.stop?.()
      await evidence.stop?.()
      await engine.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type House = Awaited<ReturnType<typeof aHouse>>
