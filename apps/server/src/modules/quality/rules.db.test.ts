import type { operations, Quality, QualityOverview, QualityRule, ResponseOf } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOfficer } from '../../platform/testing.ts'
import { aServer, HERE, type TestServer, THERE } from '../../testing/a-server.ts'
import { createScoreDays } from './scores/score-days.ts'
import { createStandingStore } from './scores/standing-store.ts'

type RuleWhole = ResponseOf<typeof operations.getQualityRule>
type EntryRules = ResponseOf<typeof operations.listEntryRules>
type Suggested = ResponseOf<typeof operations.suggestRules>
type Rows = ResponseOf<typeof operations.listFailingRows>

const officer = anOfficer('provider', HERE, 'provider')
let server: TestServer
let sessions: Record<'owner' | 'other' | 'consumer' | 'steward' | 'auditor', Awaited<ReturnType<TestServer['as']>>>

beforeAll(async () => {
  server = await aServer()
  sessions = { owner: await server.as('provider', HERE), other: await server.as('provider', THERE), consumer: await server.as('consumer', THERE), steward: await server.as('steward', null), auditor: await server.as('auditor', null) }
})
afterAll(() => server.stop())

async function load(content: string, entryCode?: string): Promise<string> {
  async function* bytes() {
    yield Buffer.from(content)
  }
  const loaded = await server.collection.upload(bytes(), { fileName: '停车场.csv', ...(entryCode === undefined ? {} : { entryCode }) }, officer)
  await until(async () => (await server.collection.findLoad(loaded.loadId))?.finishedAt !== null)
  return loaded.entryCode
}
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await holds());) {
    if (Date.now() > end) throw new Error('it does not come')
    await sleep(25)
  }
}
async function call<T>(who: keyof typeof sessions, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object): Promise<{ status: number; body: T }> {
  const answer = await server.app.inject({ method, url: `/api/v1/quality/${url}`, headers: sessions[who].headers, ...(payload === undefined ? {} : { payload }) })
  return { status: answer.statusCode, body: answer.json<T>() }
}
const rulesOf = async (code: string): Promise<EntryRules> => (await call<EntryRules>('owner', 'GET', `entries/${code}/rules`)).body
const settled = (code: string): Promise<void> => until(async () => !(await rulesOf(code)).checking)

/** Parking lots: a number, a name, a phone, bays. @param wrong changes line by line */
const lots = (rows: number, wrong: Readonly<Record<number, string>> = {}): string =>
  ['编号,名称,联系电话,泊位数', ...Array.from({ length: rows }, (_, i) => wrong[i] ?? `P${String(i + 1).padStart(4, '0')},停车场${i + 1}号,1380013${String(i).padStart(4, '0')},${(i % 90) + 10}`), ''].join('\n')

const notNull = (change: object = {}) => ({ kind: 'not-null', title: '名称必填', field: '名称', parameters: {}, severity: 'major', toleranceShare: 0, ...change })

describe('rules of an entry', () => {
  it('are suggested with reasons, taken by one click, and held against the version in use', async () => {
    const code = await load(lots(80, { 3: 'P0004,,13800130003,10', 7: 'P0008,无,13800130007,17' }))
    const { body: { items } } = await call<Suggested>('owner', 'GET', `entries/${code}/suggestions`)
    const found = items.find(({ kind, field }) => kind === 'not-null' && field === '名称')
    expect(found).toMatchObject({ title: expect.stringContaining('名称'), dimension: 'completeness', reason: 'filled' })
    const phone = items.find(({ kind }) => kind === 'phone')
    expect(phone).toMatchObject({ field: '联系电话', reason: 'recognised' })

    const dismissed = items.find(({ kind }) => kind === 'row-count')!
    expect((await call('owner', 'POST', `entries/${code}/suggestions/dismiss`, { keys: [dismissed.key] })).body).toEqual({ decided: 1 })
    expect((await call('owner', 'POST', `entries/${code}/suggestions/accept`, { keys: [found!.key, phone!.key] })).body).toEqual({ decided: 2 })
    await settled(code)
    const rules = await rulesOf(code)
    expect(rules.items).toHaveLength(2)
    // Nobody named it: each language says it by kind and field.
    expect(rules.items.find(({ kind }) => kind === 'not-null')).toMatchObject({ naming: { kind: 'not-null', field: found!.field }, title: expect.stringContaining('：') })
    expect(rules.items.find(({ kind }) => kind === 'not-null')).toMatchObject({ origin: 'suggested', state: 'active', outcome: { version: 1, checked: 80, failed: 1 } })
    const left = (await call<Suggested>('owner', 'GET', `entries/${code}/suggestions`)).body.items
    expect(left.map(({ key }) => key)).not.toContain(found!.key)
    expect(left.map(({ key }) => key)).not.toContain(dismissed.key)
    expect((await call('owner', 'POST', `entries/${code}/suggestions/accept`, { keys: [found!.key] })).status).toBe(404)
  })

  it('keep the rows that fail: whole to the owner, without values that are not public to others', async () => {
    const code = await load(lots(60, { 4: 'P0005,,13800130004,10', 9: 'P0010,,13800130009,10' }))
    const { body: made, status } = await call<RuleWhole>('owner', 'POST', `entries/${code}/rules`, notNull())
    expect([status, made.version, made.outcome, made.title, made.naming]).toEqual([201, 1, null, '名称必填', null])
    await settled(code)
    const seen = (await call<Rows>('owner', 'GET', `rules/${made.id}/failing-rows`)).body
    expect(seen).toMatchObject({ version: 1, failed: 2 })
    expect(seen.fields[0]).toEqual({ name: '名称', concerned: true, hidden: false })
    expect(seen.rows.map(({ row }) => row)).toEqual([4, 9])
    expect(seen.rows[0]!.values).toContain('P0005')
    await until(async () => {
      const { items } = (await server.app.inject({ url: '/api/v1/evidence/entries?chain=access&action=quality.failing-rows.read', headers: sessions.auditor.headers })).json<{ items: { body: { subject: { id: string } } }[] }>()
      return items.some(({ body }) => body.subject.id === made.id)
    })
    const steward = (await call<Rows>('steward', 'GET', `rules/${made.id}/failing-rows`)).body
    expect(steward.rows.map(({ row }) => row)).toEqual([4, 9])
    expect(JSON.stringify(steward)).not.toMatch(/13800130004/)
    expect((await call('consumer', 'GET', `rules/${made.id}/failing-rows`)).status).toBe(403)
    expect((await call('other', 'GET', `rules/${made.id}/failing-rows`)).status).toBe(404)
    const { rows } = await sql<{ text: string }>`select encode(sealed, 'escape') as text from quality.outcome where rule_id = ${made.id}`.execute(server.store.db)
    expect(rows[0]!.text).not.toMatch(/P0005|13800130004/)
  })

  it('are tried before they are kept, and refused with all that is wrong', async () => {
    const code = await load(lots(60, { 4: 'P0005,,13800130004,10' }))
    expect((await call('owner', 'POST', `entries/${code}/rules/try`, notNull())).body).toMatchObject({ verdict: 'failed', checked: 60, failed: 1, kept: 0 })
    expect((await call('owner', 'POST', `entries/${code}/rules/try`, notNull({ toleranceShare: 0.1 }))).body).toMatchObject({ verdict: 'passed', failed: 1 })
    expect((await rulesOf(code)).items).toEqual([])
    const refused = await call<{ code: string; errors: { pointer: string }[] }>('owner', 'POST', `entries/${code}/rules`, { ...notNull({ kind: 'value-range', field: '没有这个', parameters: { 没有: 1 } }) })
    expect(refused.status).toBe(422)
    expect(refused.body.code).toBe('quality/invalid-rule')
    expect(refused.body.errors.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(['/field', '/parameters/没有']))
    const pattern = await call<{ errors: { pointer: string }[] }>('owner', 'POST', `entries/${code}/rules`, notNull({ kind: 'pattern', parameters: { pattern: '(a+)+(?=b)' } }))
    expect(pattern.body.errors.map(({ pointer }) => pointer)).toEqual(['/parameters/pattern'])
  })

  it('are not held against the data of another department but by the steward: a failing row would tell what it holds', async () => {
    const code = await load(lots(10))
    const reference = notNull({ kind: 'reference', field: '编号', parameters: { entry: '301001-999999', keyFields: ['编号'] } })
    expect((await call<{ errors: { code: string }[] }>('owner', 'POST', `entries/${code}/rules`, reference)).body.errors).toMatchObject([{ code: 'not-allowed' }])
    expect((await call('owner', 'POST', `entries/${code}/rules`, notNull({ kind: 'reference', field: '编号', parameters: { entry: code, keyFields: ['编号'] } }))).status).toBe(201)
    expect((await call('steward', 'POST', `entries/${code}/rules`, reference)).status).toBe(201)
  })

  it('have versions; who saw an older one is told so', async () => {
    const code = await load(lots(60, { 4: 'P0005,,13800130004,10' }))
    const { id, revision } = (await call<RuleWhole>('owner', 'POST', `entries/${code}/rules`, notNull())).body
    const { kind: _, ...content } = notNull({ toleranceShare: 0.05, severity: 'minor' })
    const changed = await call<RuleWhole>('owner', 'PUT', `rules/${id}`, { ...content, revision })
    expect(changed.body.versions.map(({ version }) => version)).toEqual([2, 1])
    expect(changed.body.versions[0]!.changes).toEqual(expect.arrayContaining([{ pointer: '/severity', before: '"major"', after: '"minor"' }, { pointer: '/toleranceShare', before: '0', after: '0.05' }]))
    expect((await call('owner', 'PUT', `rules/${id}`, { ...content, revision })).status).toBe(409)
    await settled(code)
    expect((await rulesOf(code)).items[0]).toMatchObject({ outcome: { ruleVersion: 2, verdict: 'passed' } })
    const { title: _title, ...unnamed } = content
    const nameless = await call<RuleWhole>('owner', 'PUT', `rules/${id}`, { ...unnamed, title: null, revision: changed.body.revision })
    expect(nameless.body).toMatchObject({ title: '名称：非空', naming: { kind: 'not-null', field: '名称' } })
    expect(nameless.body.versions[0]!.changes).toEqual([{ pointer: '/title', before: '"名称必填"', after: null }])
    const retired = await call<RuleWhole>('owner', 'POST', `rules/${id}/actions/retire`, { reason: '不再需要', revision: nameless.body.revision })
    expect(retired.body).toMatchObject({ state: 'retired', allowedActions: [] })
    expect((await call('owner', 'POST', `rules/${id}/actions/resume`, { reason: '又要', revision: retired.body.revision })).status).toBe(409)
    expect((await rulesOf(code)).items).toEqual([])
    expect((await call('other', 'PUT', `rules/${id}`, { ...content, revision })).status).toBe(404)
  })
})

describe('the gate', () => {
  it('holds a bad version back until it is released, and lets a mended one through', async () => {
    const code = await load(lots(40))
    await call('owner', 'POST', `entries/${code}/rules`, notNull({ severity: 'critical' }))
    await settled(code)
    await load(lots(50, { 4: 'P0005,,13800130004,10' }), code)
    const current = async () => (await server.collection.lake.current(code))?.number
    expect(await current()).toBe(1)
    await until(async () => (await server.catalog.find(code))?.version === 1)
    const { held } = await rulesOf(code)
    expect(held).toMatchObject([{ version: 2, state: 'held', reasons: [{ title: '名称必填', failed: 1, checked: 50 }], allowedActions: ['release'] }])
    expect((await call<{ items: unknown[] }>('steward', 'GET', 'held')).body.items).toHaveLength(1)
    expect((await call<{ items: unknown[] }>('other', 'GET', 'held')).body.items).toEqual([])
    const use = await server.app.inject({ method: 'POST', url: `/api/v1/collection/entries/${code}/versions/2/actions/use`, headers: sessions.owner.headers, payload: { reason: '急用' } })
    expect([use.statusCode, use.json<{ code: string }>().code]).toEqual([409, 'quality/version-held'])

    expect((await call('other', 'POST', `entries/${code}/versions/2/release`, { reason: '试' })).status).toBe(404)
    expect((await call('owner', 'POST', `entries/${code}/versions/2/release`, { reason: '已核实，确无名称' })).body).toMatchObject({ state: 'released', reason: '已核实，确无名称' })
    expect(await current()).toBe(2)
    expect((await call('owner', 'POST', `entries/${code}/versions/2/release`, { reason: '再来' })).status).toBe(409)

    await load(lots(55, { 4: 'P0005,,13800130004,10' }), code)
    expect(await current()).toBe(2)
    const [rule] = (await rulesOf(code)).items
    const { kind: _, ...milder } = notNull({ severity: 'critical', toleranceShare: 0.1 })
    await call('owner', 'PUT', `rules/${rule!.id}`, { ...milder, revision: rule!.revision })
    await until(async () => (await current()) === 3)
    expect((await rulesOf(code)).held[0]).toMatchObject({ version: 3, state: 'released', releasedBy: { kind: 'system' } })
    await load(lots(60), code)
    expect(await current()).toBe(4)
  })

  it('is set by who keeps the entry, and may ask for stars', async () => {
    const code = await load(lots(40))
    const gate = (await rulesOf(code)).gate
    expect(gate).toEqual({ holds: 'critical', leastStars: null, revision: 0 })
    expect((await call('owner', 'PUT', `entries/${code}/gate`, { holds: 'never', leastStars: 5, reason: '要求高', revision: 0 })).body).toEqual({ holds: 'never', leastStars: 5, revision: 1 })
    expect((await call('steward', 'PUT', `entries/${code}/gate`, { holds: 'any', leastStars: null, reason: '改', revision: 0 })).status).toBe(409)
    await load(lots(40, Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i, `P${i % 3},,,`]))), code)
    expect((await rulesOf(code)).held[0]).toMatchObject({ version: 2, reasons: [{ ruleId: null }] })
  })
})

describe('the scores', () => {
  it('add up from rule to field, entry, department and city, with their weights', async () => {
    const code = await load(lots(40, { 4: 'P0005,,13800130004,10' }))
    type Score = ResponseOf<typeof operations.getEntryScore>
    const completeness = ({ dimensions }: Score) => dimensions.find(({ dimension }) => dimension === 'completeness')!.score!
    const before = (await call<Score>('owner', 'GET', `entries/${code}/score`)).body
    await call('owner', 'POST', `entries/${code}/rules`, notNull({ severity: 'critical' }))
    await settled(code)
    const { body: score } = await call<Score>('owner', 'GET', `entries/${code}/score`)
    expect(completeness(score)).toBeLessThan(completeness(before))
    const name = score.fields.find(({ field }) => field === '名称')!
    expect(name.pieces.find(({ ruleId }) => ruleId !== null)).toMatchObject({ kind: 'not-null', score: 0.975, failed: 1, checked: 40 })
    const { body: figures } = await call<Quality>('owner', 'GET', `entries/${code}`)
    expect(figures.results.filter(({ rule, field }) => rule === 'not-null' && field === '名称')).toEqual([{ rule: 'not-null', field: '名称', dimension: 'completeness', score: 0.975, checked: 40, failing: 1, params: {} }])
    // The platform's own check of the same field gave its place to the rule.
    expect(name.pieces.filter(({ kind }) => kind === 'not-null')).toHaveLength(1)
    expect(score.dimensions.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1)
    const { body: overview } = await call<QualityOverview>('consumer', 'GET', 'overview')
    expect(overview.severityWeights.map(({ severity }) => severity)).toEqual(['minor', 'major', 'critical'])
    expect(overview.city.entries).toBe(0) // nothing is published
  })

  it('are kept by day, for entries and for those who own them', async () => {
    const code = await load(lots(40, { 4: 'P0005,,13800130004,10' }))
    const { body: trend } = await call<ResponseOf<typeof operations.getEntryTrend>>('owner', 'GET', `entries/${code}/trend?days=30`)
    expect(trend).toMatchObject({ versions: [1], overall: [expect.any(Number)] })
    expect((await call('other', 'GET', `entries/${code}/trend`)).status).toBe(404)

    const days = createScoreDays(server.store.db)
    const note = (entry: string, day: string, accuracy: number, published = true) => inTransaction(server.store.db, async (trx) => {
      const row = { entry_code: entry, version: 1, overall: accuracy, stars: 3 }
      await days.note(trx, { ...row, day, organisation: HERE, published, scores: JSON.stringify({ accuracy, timeliness: null }) })
      await createStandingStore(server.store.db).keep(trx, { ...row, dimensions: '[]', rules: 0, failing: 0, critical: 0, checked_at: new Date() })
    })
    const [one, two] = ['399001-000001', '399001-000002']
    await note(one, '2026-01-01', 0.5)
    await note(one, '2026-01-02', 0.5) // the same as the day before
    await note(one, '2026-01-03', 0.7)
    await note(one, '2026-01-03', 0.8) // the last word of the day
    await note(two, '2026-01-02', 0.2, false)
    await note(two, '2026-01-03', 0.4)
    expect((await days.ofEntry(one, '2025-12-31')).map(({ day, overall }) => [day, overall])).toEqual([['2026-01-01', 0.5], ['2026-01-03', 0.8]])
    expect((await days.ofEntry(one, '2026-01-02')).map(({ day, overall }) => [day, overall])).toEqual([['2026-01-02', 0.5], ['2026-01-03', 0.8]])
    const means = async () => (await days.ofGroups(['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'])).filter(({ organisation }) => organisation === null).map(({ day, entries, scores }) => [day, entries, scores.accuracy])
    expect(await means()).toEqual([['2026-01-01', 1, 0.5], ['2026-01-02', 1, 0.5], ['2026-01-03', 2, expect.closeTo(0.6)], ['2026-01-04', 2, expect.closeTo(0.6)]])
    await inTransaction(server.store.db, (trx) => days.end(trx, two, '2026-01-04'))
    expect((await means()).at(-1)).toEqual(['2026-01-04', 1, 0.8])
    await days.passOn(HERE, THERE)
    expect((await days.ofGroups(['2026-01-03'])).find(({ organisation }) => organisation !== null)?.organisation).toBe(THERE)
    const { body } = await call<ResponseOf<typeof operations.qualityTrend>>('consumer', 'GET', 'trend?days=365')
    expect(body.city.overall.at(-1)).toBeCloseTo(0.8)
    expect(body.departments.map(({ organisation }) => organisation.code)).toEqual([THERE])
  })

  it('list rules within reach, those that fail first', async () => {
    const own = (await call<{ items: QualityRule[]; total: number }>('owner', 'GET', 'rules?limit=100')).body
    expect(own.total).toBe(own.items.length)
    const failing = own.items.map(({ outcome }) => outcome?.verdict === 'failed')
    expect(failing).toEqual(failing.toSorted((a, b) => Number(b) - Number(a)))
    expect((await call<{ total: number }>('other', 'GET', 'rules')).body.total).toBe(0)
    expect((await call('consumer', 'GET', 'rules')).status).toBe(403)
  })
})
