import type { EvidenceReceipt, operations, Role } from '@datong/contracts'
import { auditLog, verifyReceipt } from '@datong/evidence-log'
import { fixedClock } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, PUBLIC_CALLER, reachOf } from '../../platform/caller.ts'
import { evidenceMigrations } from './index.ts'
import { placeOf, recordIdOf } from './segments/segment-id.ts'
import { anAccess, decide, evidenceFor } from './testing.ts'

const ONE = '11330000000000001X'
const TWO = '11330000000000002X'
const user = (role: Role, organisation: string | null): Caller => ({
  actor: { kind: 'user', id: `u-${role}`, name: role, organisation }, roles: [role], organisation, keyId: null,
})
const auditor = user('auditor', null)

describe('the evidence operations', () => {
  let database: TestDatabase
  let evidence: ReturnType<typeof evidenceFor>
  let http: FastifyInstance
  const ids: string[] = []
  const clock = fixedClock('2026-01-01T00:00:00Z')
  let isTicking = false

  const call = async <T>(id: keyof typeof operations, caller: Caller, input: { params?: object; query?: object } = {}): Promise<T> => {
    const route = evidence.routes.find(({ operation }) => operation.id === id)
    if (route === undefined) throw new Error(`no route ${id}`)
    const context = { caller, reach: reachOf(route.operation, caller), params: {}, query: {}, body: {}, signal: new AbortController().signal, ...input }
    // The http mount gives a validated context; no handler of this module touches request or reply.
    return (await route.handle(context as Parameters<typeof route.handle>[0], {} as FastifyRequest, {} as FastifyReply)) as T
  }
  interface Listed { items: { id: string; leafIndex: number | null; body: { detail: { n: number } } }[]; nextCursor: string | null }
  const list = (caller: Caller, query: object = {}): Promise<Listed> => call<Listed>('listEvidence', caller, { query })
  const numbers = async (caller: Caller, query: object = {}): Promise<number[]> =>
    (await list(caller, { limit: 200, ...query })).items.map(({ body }) => body.detail.n)

  beforeAll(async () => {
    database = await createTestDatabase(evidenceMigrations)
    const now = () => {
      if (isTicking) clock.advance(1)
      return clock.now()
    }
    evidence = evidenceFor(database.store, { clock: { now } })
    http = Fastify()
    for (const { method, path, handle } of evidence.plainRoutes ?? []) http.route({ method, url: path, handler: handle })
    for (let n = 0; n < 8; n++) {
      clock.set(new Date(Date.UTC(2026, 0, 1, n)))
      const said = {
        parties: n < 4 ? [ONE] : [TWO], detail: { n }, action: n === 7 ? 'delivery.rows.read' : 'catalog.entry.published',
        subject: { type: 'entry', id: `e-${n}`, title: '' }, actor: { kind: 'application', id: `app-${n}`, name: '', organisation: null },
      } as const
      ids.push(n % 2 === 0 ? await decide(database.store, evidence, said) : await evidence.recordAccess(anAccess(said)))
      if (n === 5) await evidence.sequenceNow()
    }
  })
  afterAll(async () => {
    await http.close()
    await evidence.stop?.()
    await evidence.jobs.stop()
    await database.drop()
  })

  it('lists newest first what each role may see', async () => {
    expect(await numbers(auditor)).toEqual([7, 6, 5, 4, 3, 2, 1, 0])
    expect(await numbers(user('security', null))).toEqual([7, 6, 5, 4, 3, 2, 1, 0])
    expect(await numbers(user('steward', TWO))).toEqual([6, 4, 2, 0])
    expect(await numbers(user('provider', ONE))).toEqual([3, 2, 1, 0])
    expect(await numbers(user('consumer', TWO))).toEqual([7, 6, 5, 4])
    expect(await numbers(user('developer', null))).toEqual([])
    expect(await numbers(user('provider', null))).toEqual([])
  })

  it('filters by chain, action, organisation, subject and time', async () => {
    expect(await numbers(auditor, { chain: 'access' })).toEqual([7, 5, 3, 1])
    expect(await numbers(auditor, { action: 'delivery' })).toEqual([7])
    expect(await numbers(auditor, { action: 'deliv' })).toEqual([])
    expect(await numbers(auditor, { organisation: ONE })).toEqual([3, 2, 1, 0])
    expect(await numbers(user('consumer', TWO), { organisation: ONE })).toEqual([])
    expect(await numbers(auditor, { subject: 'e-4' })).toEqual([4])
    expect(await numbers(auditor, { from: '2026-01-01T02:00:00Z', to: '2026-01-01T04:00:00Z' })).toEqual([4, 3, 2])
  })

  it('pages through waiting and sequenced records without gap or double', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await list(auditor, { limit: 3, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual([...ids].reverse())
  })

  it('refuses the cursor of another query', async () => {
    const { nextCursor } = await list(auditor, { limit: 3 })
    await expect(list(auditor, { limit: 3, chain: 'access', cursor: nextCursor })).rejects.toMatchObject({ code: 'request/invalid-cursor' })
    await expect(list(user('provider', ONE), { limit: 3, cursor: nextCursor })).rejects.toMatchObject({ code: 'request/invalid-cursor' })
  })

  it('gives receipts that hold with nothing but the key', async () => {
    await evidence.sequenceNow()
    for (const id of ids) {
      const { item, proof, state, verifierKey } = await call<EvidenceReceipt>('getReceipt', auditor, { params: { id } })
      expect(state).toBe('sequenced')
      const verdict = verifyReceipt({ ...proof, proof: proof?.inclusion, body: item.body }, verifierKey)
      expect(verdict).toMatchObject({ ok: true, leaf: { id, at: item.at, chain: item.chain } })
    }
  })

  it('waits for the place of a record that was just made, and says pending when none comes', async () => {
    const id = await evidence.recordAccess(anAccess())
    const waiting = call<EvidenceReceipt>('getReceipt', auditor, { params: { id } })
    await evidence.sequenceNow()
    expect(await waiting).toMatchObject({ state: 'sequenced' })
    const late = await evidence.recordAccess(anAccess())
    expect(await call<EvidenceReceipt>('getReceipt', auditor, { params: { id: late } })).toMatchObject({ state: 'pending', proof: null })
    await evidence.sequenceNow()
  })

  it('answers alike for an unseen and an unknown receipt', async () => {
    const unknown = '018f0000-0000-7000-8000-000000000000'
    for (const [caller, id] of [[auditor, unknown], [user('consumer', TWO), ids[0]], [PUBLIC_CALLER, ids[0]]] as const) {
      await expect(call('getReceipt', caller, { params: { id } })).rejects.toMatchObject({ code: 'request/not-found' })
    }
  })

  it('answers for the neighbours of a record as for unknown ones, unless they may be seen', async () => {
    const party = (organisation: string) => anAccess({ parties: [organisation], actor: { kind: 'application', id: organisation, name: '', organisation } })
    const [own = '', other = ''] = await Promise.all([evidence.recordAccess(party(ONE)), evidence.recordAccess(party(TWO))])
    expect([placeOf(other), placeOf(own).ordinal]).toEqual([{ ...placeOf(own), ordinal: 1 }, 0])
    await evidence.sequenceNow()
    const open = (id: string) => call<EvidenceReceipt>('getReceipt', user('provider', ONE), { params: { id } })
    expect(await open(own)).toMatchObject({ state: 'sequenced', item: { id: own } })
    expect(await open(own.toUpperCase())).toMatchObject({ state: 'sequenced', item: { id: own } })
    for (const id of [other, recordIdOf(own, 2), recordIdOf(own, 4095)]) {
      await expect(open(id)).rejects.toMatchObject({ code: 'request/not-found', params: {} })
    }
  })

  it('serves the log so that anyone can check all of it over HTTP', async () => {
    const read = async (path: string): Promise<Uint8Array> => {
      const answer = await http.inject(`/log/${path}`)
      if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`)
      return answer.rawPayload
    }
    const key = (await http.inject('/log/key')).body.trim()
    expect(key).toBe(evidence.verifierKey)
    const report = await auditLog({
      checkpoint: await read('checkpoint'), verifierKey: key,
      readTile: (level, index, width) => read(`tile/${level}/${String(index).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`),
      readEntries: (index, width) => read(`tile/entries/${String(index).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`),
    })
    expect(report).toMatchObject({ ok: true, size: 12, entriesRead: 12 })
  })

  it('serves tiles with the right headers and nothing that is not in the layout', async () => {
    const tile = await http.inject('/log/tile/0/000.p/12')
    expect(tile.headers['content-type']).toBe('application/octet-stream')
    expect((await http.inject('/log/tile/0/000.p/7')).rawPayload).toEqual(tile.rawPayload.subarray(0, 7 * 32))
    expect((await http.inject('/log/checkpoint')).headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' })
    for (const path of ['tile/0/000', 'tile/0/001.p/1', 'tile/0/000.p/13', 'tile/1/000.p/1', 'tile/0/0', 'tile/entries/000', 'tile/entries/000.p/13', 'tile/x/000']) {
      expect((await http.inject(`/log/${path}`)).statusCode, path).not.toBe(200)
    }
  })

  it('checks the whole log in the background and reports the damaged place', async () => {
    isTicking = true
    interface Audit { id: string; state: string; damages: { where: string }[]; checked: number; entries: number }
    await evidence.jobs.start()
    await evidence.start?.()
    const finished = async (): Promise<Audit> => {
      const { id } = await call<Audit>('startAudit', auditor)
      let audit: Audit | undefined
      await expect.poll(async () => (audit = await call<Audit>('getAudit', auditor, { params: { id } })).state, { timeout: 20_000 }).not.toBe('running')
      if (audit === undefined) throw new Error('no audit')
      return audit
    }
    expect(await finished()).toMatchObject({ state: 'sound', damages: [] })
    await database.store.db.connection().execute(async (connection) => {
      await sql`set session_replication_role = replica`.execute(connection)
      await sql`update evidence.entry set body = set_byte(body, 30, 33) where leaf_index = 4`.execute(connection)
      await sql`reset session_replication_role`.execute(connection)
    })
    expect(await finished()).toMatchObject({ state: 'damaged', damages: [{ where: 'entry 4' }] })
    expect(await call('evidenceStatus', PUBLIC_CALLER)).toMatchObject({ origin: 'test.local/log', lastAudit: { state: 'damaged' } })
    const actions = (await list(auditor, { action: 'evidence.audit', limit: 10 })).items.map(({ body }) => (body as unknown as { action: string }).action)
    expect(actions).toEqual(['evidence.audit.finished', 'evidence.audit.started', 'evidence.audit.finished', 'evidence.audit.started'])
  })
})
