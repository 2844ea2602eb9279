import type { Application, EvidenceReceipt, Grant, Load } from '@datong/contracts'
import { verifyReceipt } from '@datong/evidence-log'
import { chinaDay, seededRandom, systemClock } from '@datong/kernel'
import { toEighteenDigits } from '@datong/recognizers'
import { hash } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aForm } from './modules/collection/testing.ts'
import { freePort, type ServerProcess, startServerProcess } from './testing/a-process.ts'
import { BUREAU, HERE, PASSWORD, THERE } from './testing/a-server.ts'
import { daysAhead } from './testing/days-ahead.ts'
import { foundCity, inTheStore } from './testing/found-city.ts'

/** Repeat a run with `DATONG_KILL_SEED=…`; what the processes do at the moment of a kill still differs from run to run. */
const SEED = Number(process.env['DATONG_KILL_SEED'] ?? Date.now() % 2 ** 31)
const { fraction: random } = seededRandom(SEED)
const between = (from: number, to: number): number => from + Math.floor(random() * (to - from))

const KILLS = ['node', 'both', 'node', 'both'] as const
/** Connections of each system; each waits for its answer before it asks again, so a kill leaves at most one call of each unanswered. */
const CONNECTIONS = 16
const PER_DAY = 1_000_000
const PEOPLE = [['sysadmin', null], ['provider', HERE], ['steward', BUREAU], ['consumer', THERE], ['auditor', BUREAU]] as const
type Person = Exclude<(typeof PEOPLE)[number][0], 'sysadmin'>

/** A department's system with one grant, and what it was answered. */
interface System {
  readonly form: 'rows' | 'verify'
  readonly key: string
  readonly grant: Grant
  /** Receipt → SHA-256 of the bytes that came with it, of answers that came whole. */
  readonly answered: Map<string, string>
}

/** Numbers with right check digits, none twice. */
const citizens = Array.from({ length: 400 }, (_, row) => toEighteenDigits(`110105${String(491228 - (row % 9) * 100)}${String(row).padStart(3, '0')}`)!)
const nameOf = (row: number): string => `${'赵钱孙李周吴郑王'[row % 8]}${'一二三四五六七八九'[row % 9]}`

let home: string
let port: number
let server: ServerProcess
let code: string
let verifierKey: string
let systems: readonly System[]
let unanswered = 0
const tokens = new Map<Person, string>()
const seen = new Set<string>()

beforeAll(async () => {
  console.log(`kill during calls: DATONG_KILL_SEED=${SEED}`)
  home = await mkdtemp(join(tmpdir(), 'datong-kill-calls-'))
  await chmod(home, 0o755)
  await foundCity(home, PEOPLE)
  port = await freePort(random)
  await start()
  for (const [name] of PEOPLE) if (name !== 'sysadmin') tokens.set(name, (await call<{ token: string }>('POST', '/api/v1/session', null, { username: name, password: PASSWORD })).token)
  verifierKey = (await call<{ verifierKey: string }>('GET', '/api/v1/evidence/status', null)).verifierKey
  code = await aPublishedTable()
  systems = [await aSystem('rows'), await aSystem('verify')]
})
afterAll(async () => {
  await server?.kill('both')
  await rm(home, { recursive: true, force: true, maxRetries: 5 })
})

async function start(): Promise<void> {
  server = startServerProcess(home, port)
  await server.ready()
}

/** What people do; a refusal is a fault of the test. A server that is too busy is asked again. */
async function call<T>(method: string, path: string, who: Person | null, body?: object): Promise<T> {
  const token = who === null ? undefined : tokens.get(who)
  const answer = await fetch(server.origin + path, {
    method,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (answer.status === 503) {
    await sleep(200)
    return call(method, path, who, body)
  }
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T // the server's answers have the contract's types
}

async function aPublishedTable(): Promise<string> {
  const content = ['公民身份号码,姓名,数量', ...citizens.map((number, row) => `${number},${nameOf(row)},${row}`), ''].join('\n')
  const form = aForm([{ name: 'title', value: '人员登记' }, { name: 'file', value: content, fileName: 'people.csv' }])
  const sent = await fetch(`${server.origin}/api/v1/collection/uploads`, { method: 'POST', headers: { 'content-type': form.headers['content-type'] ?? '', authorization: `Bearer ${tokens.get('provider')}` }, body: Uint8Array.from(form.payload as Buffer) }) // aForm makes a Buffer
  const { loadId, entryCode } = (await sent.json()) as { loadId: string; entryCode: string } // checked by what follows
  for (let load: Load | undefined; load?.state !== 'done'; await sleep(50)) {
    load = await call<Load>('GET', `/api/v1/collection/loads/${loadId}`, 'provider')
    if (load.state === 'failed') throw new Error(JSON.stringify(load.error))
  }
  await call('PATCH', `/api/v1/catalog/entries/${entryCode}`, 'provider', { summary: '测试', sharingType: 'conditional', sharingCondition: '核查', openingType: 'closed' })
  await call('POST', `/api/v1/catalog/entries/${entryCode}/actions/submit`, 'provider', {})
  await call('POST', `/api/v1/catalog/entries/${entryCode}/actions/publish`, 'steward', {})
  return entryCode
}

async function aSystem(form: System['form']): Promise<System> {
  const { id } = await call<Application>('POST', '/api/v1/sharing/applications', 'consumer', {
    entryCode: code, fields: ['公民身份号码', '姓名', '数量'], purpose: `测试 ${form}`, use: '测试', delivery: form === 'rows' ? 'api' : 'verify', until: daysAhead(300),
  })
  const { grantId } = await call<Application>('POST', `/api/v1/sharing/applications/${id}/actions/approve`, 'provider', { quota: { perSecond: 100_000, perDay: PER_DAY } })
  const grant = await call<Grant>('GET', `/api/v1/sharing/grants/${grantId}`, 'consumer')
  const { key } = await call<{ key: string }>('POST', `/api/v1/apps/${grant.appId}/keys`, 'consumer', { name: '系统' })
  return { form, key, grant, answered: new Map() }
}

/** One governed call; compressed or not, the receipt is for the bytes of the answer. */
function ask({ form, key }: System): Promise<Response> {
  const row = between(0, citizens.length)
  const headers = { authorization: `Bearer ${key}`, ...(random() < 0.5 ? { 'accept-encoding': 'identity' } : {}) }
  if (form === 'rows') return fetch(`${server.origin}/data/v1/${code}/rows?${new URLSearchParams(random() < 0.5 ? { 公民身份号码: `eq.${citizens[row]}` } : { limit: String(between(1, 60)) })}`, { headers })
  return fetch(`${server.origin}/data/v1/${code}/verify`, {
    method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ 公民身份号码: citizens[row], 姓名: nameOf(row) }),
  })
}

/** A connection that asks until the server dies; the call that breaks then was not answered. */
async function askUntilKilled(system: System): Promise<void> {
  while (server.isAlive()) {
    try {
      const answer = await ask(system)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      const receipt = answer.headers.get('datong-evidence')
      // A busy machine may turn calls away before they are counted.
      if (answer.status === 503) continue
      if (answer.status !== 200 || receipt === null) throw new Error(`answered with ${answer.status}, receipt ${receipt}: ${new TextDecoder().decode(bytes)}`)
      if (system.answered.has(receipt)) throw new Error(`receipt ${receipt} was given twice`)
      system.answered.set(receipt, hash('sha256', bytes, 'base64url'))
    } catch (error) {
      // The moment between the death and our notice of it.
      if (server.isAlive()) await sleep(500)
      if (server.isAlive()) throw error
      unanswered++
    }
  }
}

/** The entry behind each answer that came since the last look: in the log, provable by the log's key, with the hash of the very bytes. */
async function checkAnswers({ answered, form }: System): Promise<void> {
  const fresh = [...answered].filter(([receipt]) => !seen.has(receipt))
  expect(fresh.length).toBeGreaterThan(0)
  const check = async (): Promise<void> => {
    for (let next = fresh.pop(); next !== undefined; next = fresh.pop()) {
      const [id, sha256] = next
      const { state, item, proof } = await call<EvidenceReceipt>('GET', `/api/v1/evidence/receipts/${id}`, 'auditor')
      expect([id, state, item.body.action, item.body.detail['answerHash']]).toEqual([id, 'sequenced', form === 'rows' ? 'delivery.rows.read' : 'delivery.record.verified', sha256])
      const { leaf, salt, leafIndex, inclusion, checkpoint } = proof! // sequenced, so there is one
      expect(verifyReceipt({ leaf, salt, leafIndex, proof: inclusion, checkpoint, body: item.body }, verifierKey).checks.filter(({ ok }) => !ok)).toEqual([])
      seen.add(id)
    }
  }
  await Promise.all(Array.from({ length: 8 }, check))
}

/** Calls of a grant as the log has them, and as they were counted; today's, and all. */
async function countsOf({ grant }: System): Promise<{ proved: number; counted: number; countedToday: number }> {
  const [row] = await inTheStore<{ proved: number; counted: number; countedToday: number }>(home, `
    select (select count(*)::int from evidence.record where chain = 'access' and body::jsonb->'detail'->>'grantId' = '${grant.id}') as proved,
      coalesce(sum(calls), 0)::int as counted, coalesce(sum(calls) filter (where day = '${chinaDay(systemClock.now())}'), 0)::int as "countedToday"
    from delivery.usage where grant_id = '${grant.id}'`)
  return row! // an aggregate has one row
}

/** Nothing answered is missing, nothing is there that was not asked, and the quota goes on where the log stands. */
async function checkCounts(system: System, kills: number): Promise<void> {
  const { proved, counted, countedToday } = await countsOf(system)
  expect([counted, (await call<Grant>('GET', `/api/v1/sharing/grants/${system.grant.id}`, 'consumer')).callsTotal]).toEqual([proved, proved])
  expect(proved).toBeGreaterThanOrEqual(system.answered.size)
  expect(proved).toBeLessThanOrEqual(system.answered.size + CONNECTIONS * kills)
  const today = chinaDay(systemClock.now())
  const answer = await ask(system)
  const sha256 = hash('sha256', new Uint8Array(await answer.arrayBuffer()), 'base64url')
  system.answered.set(answer.headers.get('datong-evidence')!, sha256) // restricted, so there is one
  // At midnight in China the day's quota is whole again.
  if (today === chinaDay(systemClock.now())) expect(answer.headers.get('ratelimit')).toMatch(new RegExp(`^"day";r=${PER_DAY - countedToday - 1};`))
}

async function checkLog(): Promise<void> {
  const { id } = await call<{ id: string }>('POST', '/api/v1/evidence/audits', 'auditor', {})
  const audit = () => call<{ state: string; damages: unknown[] }>('GET', `/api/v1/evidence/audits/${id}`, 'auditor')
  await expect.poll(async () => (await audit()).state, { timeout: 60_000, interval: 50 }).not.toBe('running')
  expect(await audit()).toMatchObject({ state: 'sound', damages: [] })
}

describe('killed while it answers calls, the server', () => {
  it.each(KILLS.map((kind, index) => [index + 1, kind] as const))('has evidence of each answer and counted exactly what the log proves, kill %i (%s)', async (kills, kind) => {
    const before = systems.map(({ answered }) => answered.size)
    const asking = Promise.all(systems.flatMap((system) => Array.from({ length: CONNECTIONS }, () => askUntilKilled(system))))
    const flowing = expect.poll(() => systems.every(({ answered }, index) => answered.size > before[index]! + 2 * CONNECTIONS), { timeout: 60_000, interval: 10 }).toBe(true)
    await Promise.race([flowing, asking])
    await sleep(between(0, 700))
    await server.kill(kind)
    await asking
    await start()
    // The counts first: they are whole before the server is ready.
    for (const system of systems) await checkCounts(system, kills)
    for (const system of systems) await checkAnswers(system)
    await checkLog()
  })

  it('was killed with calls under way', () => {
    expect(unanswered).toBeGreaterThan(0)
    console.log(`kill during calls: ${systems.map(({ form, answered }) => `${answered.size} ${form}`).join(', ')} answered, ${unanswered} cut off`)
  })
})
