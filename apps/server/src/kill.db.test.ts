import type { Application, EvidenceReceipt, Grant, Load, Version } from '@datong/contracts'
import { verifyReceipt } from '@datong/evidence-log'
import { seededRandom } from '@datong/kernel'
import { createHash } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { ReadableStream } from 'node:stream/web'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aForm } from './modules/collection/testing.ts'
import { freePort, type Kill, type ServerProcess, startServerProcess } from './testing/a-process.ts'
import { BUREAU, HERE, PASSWORD, THERE } from './testing/a-server.ts'
import { daysAhead } from './testing/days-ahead.ts'
import { foundCity, inTheStore } from './testing/found-city.ts'

/** Repeat a run with `DATONG_KILL_SEED=…`; what the processes do at the moment of a kill still differs from run to run. */
const SEED = Number(process.env['DATONG_KILL_SEED'] ?? Date.now() % 2 ** 31)
const ROUNDS = 12
const { fraction: random } = seededRandom(SEED)
const between = (from: number, to: number): number => from + Math.floor(random() * (to - from))

type Person = 'provider' | 'steward' | 'consumer' | 'auditor'
const PEOPLE: readonly (readonly [Person | 'sysadmin', string | null])[] = [
  ['sysadmin', null], ['provider', HERE], ['steward', BUREAU], ['consumer', THERE], ['auditor', BUREAU],
]

/** What the clients were told, and what therefore must be true for ever. */
const told = {
  uploads: new Map<string, { entryCode: string; batch: string; rows: number; good: boolean }>(),
  receipts: new Set<string>(),
  applications: new Map<string, { state: 'submitted' | 'approved' | 'refused'; grantId: string | null; revoked: 'no' | 'asked' | 'yes' }>(),
  /** Key → id of the grant that it calls by. */
  keys: new Map<string, string>(),
}
const seen = { receipts: 0, applications: new Map<string, string>() }

let home: string
let port: number
let server: ServerProcess
let verifierKey: string
let openEntry: string
const tokens = new Map<Person, string>()
const entries: string[] = []

beforeAll(async () => {
  console.log(`kill test: DATONG_KILL_SEED=${SEED}`)
  home = await mkdtemp(join(tmpdir(), 'datong-kill-'))
  await chmod(home, 0o755)
  await foundCity(home, PEOPLE)
  port = await freePort(random)
  server = startServerProcess(home, port)
  await server.ready()
  for (const [name] of PEOPLE) {
    if (name === 'sysadmin') continue
    const { body } = await call<{ token: string }>('POST', '/api/v1/session', null, { username: name, password: PASSWORD })
    tokens.set(name, body.token)
  }
  verifierKey = (await call<{ verifierKey: string }>('GET', '/api/v1/evidence/status', null)).body.verifierKey
  const first = await upload(300)
  openEntry = first!.entryCode
  expect((await endOfLoad(first!.loadId)).state).toBe('done')
  await call('PATCH', `/api/v1/catalog/entries/${openEntry}`, 'provider', { summary: '测试', sharingType: 'conditional', sharingCondition: '核查', openingType: 'closed' })
  await call('POST', `/api/v1/catalog/entries/${openEntry}/actions/submit`, 'provider', {})
  expect((await call('POST', `/api/v1/catalog/entries/${openEntry}/actions/publish`, 'steward', {})).status).toBe(200)
  await decideOnce(true)
  expect(told.keys.size).toBe(1)
})
afterAll(async () => {
  await server?.kill('both')
  await rm(home, { recursive: true, force: true, maxRetries: 5 })
})

async function call<T>(method: string, path: string, who: Person | { key: string } | null, body?: object): Promise<{ status: number; body: T; headers: Headers }> {
  const token = who === null ? undefined : typeof who === 'string' ? tokens.get(who) : who.key
  const answer = await patiently(() => fetch(server.origin + path, {
    method,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }))
  // A receipt was received as soon as the head of its answer was.
  const receipt = answer.headers.get('datong-evidence')
  if (receipt !== null) told.receipts.add(receipt)
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as T } // the server's answers have the contract's types
}

/** A call that is turned away because the machine is too busy is made again. */
async function patiently(send: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await send()
    if (answer.status !== 503) return answer
    await answer.body?.cancel()
    await sleep(200)
  }
}

/** A client that goes on until the server dies; whatever breaks then was not acknowledged. */
async function untilKilled(step: () => Promise<void>, pauseMs: number): Promise<void> {
  while (server.isAlive()) {
    try {
      await step()
    } catch (error) {
      if (server.isAlive()) {
        // The moment between the death and our notice of it.
        await sleep(500)
        if (server.isAlive()) throw error
      }
      return
    }
    await sleep(random() * pauseMs)
  }
}

/** Uploads a table in pieces, so that a kill may come between them. */
async function upload(rows: number, entryCode?: string, good = true): Promise<{ loadId: string; entryCode: string } | undefined> {
  const batch = Math.floor(random() * 1e12).toString(36)
  const lines = Array.from({ length: rows }, (_, row) => `B${row},第${row}行,${row * 7},${batch}`)
  const content = good ? ['编号,名称,数量,批次', ...lines, ''].join('\n') : '编号,名称\n'
  const form = aForm([...(entryCode === undefined ? [{ name: 'title', value: `表 ${batch}` }] : [{ name: 'entryCode', value: entryCode }]), { name: 'file', value: content, fileName: `${batch}.csv` }])
  const bytes = form.payload as Buffer // aForm makes a Buffer
  const pause = random() * 60
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 16_384) {
      yield bytes.subarray(at, at + 16_384)
      await sleep(pause)
    }
  }
  const request = () => ({
    method: 'POST', headers: { ...form.headers, authorization: `Bearer ${tokens.get('provider')}` }, body: ReadableStream.from(pieces()), duplex: 'half',
  } as RequestInit) // the DOM's types do not know `duplex`
  const answer = await patiently(() => fetch(`${server.origin}/api/v1/collection/uploads`, request()))
  const body = (await answer.json()) as { loadId: string; entryCode: string }
  // An entry whose first load is under way may be someone else's business just now: nothing was acknowledged.
  if (answer.status !== 202) return undefined
  told.uploads.set(body.loadId, { entryCode: body.entryCode, batch, rows, good })
  if (good && entryCode === undefined) entries.push(body.entryCode)
  return body
}

/** One application from filing to decision, with a key when it is granted, and now and then its revocation. */
async function decideOnce(always = false): Promise<void> {
  const filed = await call<Application>('POST', '/api/v1/sharing/applications', 'consumer', {
    entryCode: openEntry, fields: ['编号', '数量'], purpose: '测试', use: '测试', delivery: 'api', until: daysAhead(300),
  })
  if (filed.status !== 201) throw new Error(`filing was answered with ${filed.status}`)
  const { id } = filed.body
  told.applications.set(id, { state: 'submitted', grantId: null, revoked: 'no' })
  const act = (action: string, body: object) => call<Application>('POST', `/api/v1/sharing/applications/${id}/actions/${action}`, 'provider', body)
  if (!always && random() < 0.25) {
    if ((await act('refuse', { reason: '无关', legalBasis: '条例' })).status === 200) told.applications.set(id, { state: 'refused', grantId: null, revoked: 'no' })
    return
  }
  const { status, body } = await act('approve', { quota: { perSecond: 100_000, perDay: 1_000_000_000 } })
  if (status !== 200 || body.grantId === null) return
  const known = { state: 'approved' as const, grantId: body.grantId, revoked: 'no' as const }
  told.applications.set(id, known)
  const grant = await call<Grant>('GET', `/api/v1/sharing/grants/${body.grantId}`, 'consumer')
  const made = await call<{ key: string }>('POST', `/api/v1/apps/${grant.body.appId}/keys`, 'consumer', { name: '系统' })
  if (made.status === 201) told.keys.set(made.body.key, body.grantId)
  if (always || random() < 0.6) return
  told.applications.set(id, { ...known, revoked: 'asked' })
  if ((await act('revoke', { reason: '结束' })).status === 200) told.applications.set(id, { ...known, revoked: 'yes' })
}

async function readOnce(): Promise<void> {
  const revoked = new Set([...told.applications.values()].filter((one) => one.revoked !== 'no').map(({ grantId }) => grantId))
  const keys = [...told.keys].filter(([, grantId]) => !revoked.has(grantId)).map(([key]) => key)
  const key = keys[between(0, keys.length)]! // the first grant is never revoked
  const { status, headers } = await call('GET', `/data/v1/${openEntry}/rows?limit=${between(1, 40)}`, { key })
  if (status === 200 && headers.get('datong-evidence') === null) throw new Error('rows without a receipt')
}

async function uploadOnce(): Promise<void> {
  const again = entries.length > 0 && random() < 0.5
  await upload(between(20, 4_000), again ? entries[between(0, entries.length)] : undefined, random() > 0.15)
}

async function endOfLoad(id: string): Promise<Load> {
  for (const deadline = Date.now() + 60_000; ; await sleep(50)) {
    const { body } = await call<Load>('GET', `/api/v1/collection/loads/${id}`, 'provider')
    if (body.state === 'done' || body.state === 'failed') return body
    if (Date.now() > deadline) throw new Error(`load ${id} does not end: ${JSON.stringify(body)}`)
  }
}

/** Every receipt that came since the last look is in the log, and the log's key alone proves it. */
async function checkReceipts(): Promise<void> {
  const fresh = [...told.receipts].slice(seen.receipts)
  for (const id of fresh) {
    const { status, body } = await call<EvidenceReceipt>('GET', `/api/v1/evidence/receipts/${id}`, 'auditor')
    expect([id, status, body.state]).toEqual([id, 200, 'sequenced'])
    const { leaf, salt, leafIndex, inclusion, checkpoint } = body.proof!
    const verdict = verifyReceipt({ leaf, salt, leafIndex, proof: inclusion, checkpoint, body: body.item.body }, verifierKey)
    expect(verdict.checks.filter(({ ok }) => !ok)).toEqual([])
  }
  seen.receipts += fresh.length
}

async function checkAudit(): Promise<void> {
  const { body } = await call<{ id: string }>('POST', '/api/v1/evidence/audits', 'auditor', {})
  const state = async () => (await call<{ state: string; damages: unknown[] }>('GET', `/api/v1/evidence/audits/${body.id}`, 'auditor')).body
  await expect.poll(async () => (await state()).state, { timeout: 60_000, interval: 50 }).not.toBe('running')
  expect(await state()).toMatchObject({ state: 'sound', damages: [] })
}

/** A decision that was acknowledged stands; one that was not may have been taken all the same, but only once. */
async function checkDecisions(): Promise<void> {
  for (const [id, { state, grantId, revoked }] of told.applications) {
    const settled = `${state} ${revoked}`
    if (seen.applications.get(id) === settled) continue
    const { body } = await call<Application>('GET', `/api/v1/sharing/applications/${id}`, 'provider')
    if (state === 'submitted') expect(['submitted', 'approved', 'refused']).toContain(body.state)
    else expect(body).toMatchObject({ state, grantId })
    if (revoked === 'yes') expect((await call<Grant>('GET', `/api/v1/sharing/grants/${grantId}`, 'provider')).body.state).toBe('revoked')
    if (state !== 'submitted') seen.applications.set(id, settled)
  }
  const revoked = new Map([...told.applications.values()].map((one) => [one.grantId, one.revoked]))
  for (const [key, grantId] of [...told.keys].slice(-10)) {
    const { status, body } = await call<{ code?: string }>('GET', `/data/v1/${openEntry}/rows?limit=1`, { key })
    const outcome = status === 200 ? 'reads' : body.code
    const allowed = { no: ['reads'], asked: ['reads', 'delivery/revoked'], yes: ['delivery/revoked'] }[revoked.get(grantId) ?? 'no']
    expect(allowed).toContain(outcome)
  }
}

/** Uses that were metered are exactly those that the log proves; the last ones a moment later. */
async function checkMetering(): Promise<void> {
  const differing = () => inTheStore(home, `
    with proved as (
      select body->'detail'->>'grant' as number, count(*) as calls, sum((body->'detail'->>'rows')::bigint) as rows
      from (select body::jsonb as body from evidence.record where chain = 'access') as record
      where body->'detail'->>'grant' is not null group by 1),
    metered as (
      select number, sum(calls) as calls, sum(rows) as rows from delivery.usage join sharing.grant on sharing.grant.id = grant_id group by 1)
    select * from proved full join metered using (number)
    where proved.calls is distinct from metered.calls or proved.rows is distinct from metered.rows`)
  await expect.poll(differing, { timeout: 20_000 }).toEqual([])
}

/** What is there of a version is all there: its row, its folder, its digests, and no second one of the same load. */
async function checkVersions(): Promise<void> {
  const rows = await inTheStore<{ load_id: string; folder: string; content_hash: string; row_count: string; manifest: { files: { path: string; sha256: string }[] } }>(home,
    'select load_id, folder, content_hash, row_count, manifest from collection.version')
  expect(new Set(rows.map(({ load_id }) => load_id)).size).toBe(rows.length)
  const digest = async (path: string) => createHash('sha256').update(await readFile(path)).digest('hex')
  for (const { folder, content_hash, manifest, load_id, row_count } of rows) {
    const path = join(home, 'lake', folder)
    expect(await digest(join(path, 'manifest.json'))).toBe(content_hash)
    for (const file of manifest.files) expect(await digest(join(path, file.path))).toBe(file.sha256)
    const upload = told.uploads.get(load_id)
    if (upload !== undefined) expect(Number(row_count)).toBe(upload.rows)
  }
  const current = await inTheStore(home, `select 1 from collection.current_version
    join collection.version using (entry_code, number) join collection.load on collection.load.id = load_id where outcome is distinct from 'done'`)
  expect(current).toEqual([])
}

describe('killed without warning, the server', () => {
  it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))('keeps its word, round %i', async () => {
    const clients = [untilKilled(uploadOnce, 400), untilKilled(decideOnce, 100), ...Array.from({ length: 3 }, () => untilKilled(readOnce, 20))]
    await sleep(between(200, 2_500))
    const kind: Kill = random() < 0.5 ? 'node' : 'both'
    await server.kill(kind)
    await Promise.all(clients)
    // Sometimes it dies again while it is still coming up.
    if (random() < 0.3) {
      server = startServerProcess(home, port)
      await sleep(between(100, 3_000))
      await server.kill(random() < 0.5 ? 'node' : 'both')
    }
    server = startServerProcess(home, port)
    await server.ready()
    await checkReceipts()
    await checkDecisions()
    await checkVersions()
    await checkAudit()
  })

  it('ends every upload that it took as one version or a failure, and shows all of its rows', async () => {
    expect(told.uploads.size).toBeGreaterThan(ROUNDS / 2)
    for (const [id, { entryCode, batch, rows, good }] of told.uploads) {
      const load = await endOfLoad(id)
      expect(load.rowsRead).toBe(load.rowsStored + load.rowsRejected)
      expect([id, load.state, load.error?.code]).toEqual([id, good ? 'done' : 'failed', good ? undefined : 'collection/no-rows'])
      const { body: { items } } = await call<{ items: Version[] }>('GET', `/api/v1/collection/entries/${entryCode}/versions`, 'provider')
      const made = items.filter(({ loadId }) => loadId === id)
      expect(made.map(({ number, rowCount }) => [number, rowCount])).toEqual(good ? [[load.version, rows]] : [])
      if (made[0]?.current !== true || entryCode === openEntry) continue
      const page = await call<{ items: { 批次: string }[]; version: number }>('GET', `/data/v1/${entryCode}/rows?limit=1000`, 'provider')
      expect([page.body.version, page.body.items.length]).toEqual([load.version, Math.min(rows, 1_000)])
      expect(new Set(page.body.items.map((row) => row.批次))).toEqual(new Set([batch]))
    }
  })

  it.runIf(process.platform === 'linux')('goes on by itself when only its database dies', async () => {
    const clients = [untilKilled(uploadOnce, 400), untilKilled(decideOnce, 100), ...Array.from({ length: 3 }, () => untilKilled(readOnce, 20))]
    for (const what of ['session', 'all'] as const) {
      await sleep(500)
      server.breakDatabase(what)
      await sleep(2_000)
      await expect.poll(async () => (await fetch(`${server.origin}/readyz`)).status, { timeout: 30_000, interval: 100 }).toBe(200)
      const before = told.receipts.size
      await expect.poll(() => told.receipts.size, { timeout: 30_000, interval: 100 }).toBeGreaterThan(before + 10)
    }
    await server.kill('node')
    await Promise.all(clients)
    server = startServerProcess(home, port)
    await server.ready()
    await checkReceipts()
    await checkDecisions()
    await checkVersions()
    await checkAudit()
  })

  it('leaves nothing behind of what it did not finish', async () => {
    for (const id of told.uploads.keys()) await endOfLoad(id)
    await server.kill('both')
    server = startServerProcess(home, port)
    await server.ready()
    const names = await Promise.all(['incoming', 'scratch', join('lake', '.staging')].map((folder) => readdir(join(home, folder))))
    expect(names.flat().filter((name) => name.includes('~'))).toEqual([])
    const [, scratch, staging] = names
    expect([scratch, staging]).toEqual([[], []])
  })

  it('meters exactly what the log proves', async () => {
    await checkVersions()
    await checkMetering()
    const receipts = await inTheStore<{ id: string }>(home, 'select id from evidence.record where leaf_index is not null')
    const known = new Set(receipts.map(({ id }) => id))
    expect([...told.receipts].filter((id) => !known.has(id))).toEqual([])
    console.log(`kill test: ${told.uploads.size} uploads, ${told.receipts.size} receipts, ${told.applications.size} applications, ${told.keys.size} keys held`)
  })

  it('stops cleanly when asked to', async () => {
    expect(await server.interrupt()).toBe(0)
  })
})
