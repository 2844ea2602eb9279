import { operations, type RuleContent } from '@datong/contracts'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller } from '../../../platform/caller.ts'
import { anOfficer } from '../../../platform/testing.ts'
import { catalogMigrations } from '../../catalog/index.ts'
import { anEntry, catalogFor } from '../../catalog/testing.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { type Sharing, sharingMigrations } from '../index.ts'
import { anApplication, call, problem, sharingFor } from '../testing.ts'

const provider = anOfficer('provider', 'P1', 'provider')
const other = anOfficer('other', 'P2', 'provider')
const consumer = anOfficer('consumer', 'C1', 'consumer')
const stranger = anOfficer('stranger', 'C2', 'consumer')
const steward = anOfficer('steward', 'B', 'steward')
const auditor = anOfficer('auditor', 'B', 'auditor')

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let sharing: Sharing
let conditional: string

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations])
  house = await catalogFor(database.store)
  sharing = sharingFor(database.store, house)
  conditional = await anEntry(house, provider, { store: database.store, sharingType: 'conditional', openingType: 'closed', publishBy: steward })
})
afterAll(() => database.drop())

const aRule = (change: Partial<RuleContent> = {}): RuleContent => ({
  name: '低敏小量秒批', priority: 100, effect: 'grant', conditions: [{ attribute: 'fieldsAsked', operator: 'lte', value: 1 }], ...change,
})
const draft = (caller: Caller, change: Partial<RuleContent> = {}, scope: 'city' | 'department' = 'city') => call(sharing, operations.createRule, caller, { body: { ...aRule(change), scope } })
const step = (caller: Caller, id: string, revision: number, action: 'activate' | 'retire' = 'activate') =>
  call(sharing, operations.actOnRule, caller, { params: { id, action }, body: { reason: '试行', revision } })

/** A rule that decides during the work and is retired after it. */
async function whileActive<T>(rule: { id: string; revision: number }, by: Caller, work: () => Promise<T>): Promise<T> {
  const active = await step(by, rule.id, rule.revision)
  try {
    return await work()
  } finally {
    await step(by, rule.id, active.revision, 'retire')
  }
}

describe('the life of a rule', () => {
  it('keeps every version with what it changed, and goes on deciding by the active one', async () => {
    const first = await draft(steward)
    expect(first).toMatchObject({ state: 'draft', version: 1, activeVersion: null, scope: null, allowedActions: ['change', 'activate', 'retire'] })
    expect(first.cedar).toContain('context.fieldsAsked <= 1')
    const active = await step(steward, first.id, first.revision)
    const changed = await call(sharing, operations.changeRule, steward, {
      params: { id: first.id }, body: { ...aRule({ priority: 50, conditions: [{ attribute: 'fieldsAsked', operator: 'lte', value: 2 }] }), revision: active.revision },
    })
    expect(changed).toMatchObject({ state: 'active', version: 2, activeVersion: 1 })
    expect(changed.versions.map(({ version, changes }) => [version, changes.map(({ pointer }) => pointer)])).toEqual([[2, ['/priority', '/conditions/0']], [1, []]])
    expect(changed.versions[0]!.changes[0]).toEqual({ pointer: '/priority', before: '100', after: '50' })
    const second = await step(steward, first.id, changed.revision)
    expect(second).toMatchObject({ activeVersion: 2, allowedActions: ['change', 'retire'] })
    expect(await step(steward, first.id, second.revision, 'retire')).toMatchObject({ state: 'retired', activeVersion: null })
  })

  it('refuses a change of what somebody else changed, and a step that does not follow', async () => {
    const rule = await draft(steward)
    const active = await step(steward, rule.id, rule.revision)
    expect((await problem(step(steward, rule.id, rule.revision, 'retire'))).code).toBe('request/conflict')
    expect((await problem(step(steward, rule.id, active.revision))).code).toBe('sharing/wrong-state')
    await step(steward, rule.id, active.revision, 'retire')
  })

  it('does not commit without its evidence', async () => {
    const { id } = await draft(steward)
    await expect(sql`update sharing.rule set state = 'active', active_version = 1 where id = ${id}`.execute(database.store.db)).rejects.toThrow(/without its evidence/)
    await expect(sql`update sharing.rule_version set effect = 'route' where rule_id = ${id}`.execute(database.store.db)).rejects.toThrow(/without its evidence/)
  })

  it('names everything that is wrong at once', async () => {
    const refusal = await problem(draft(steward, {
      effect: 'refuse', conditions: [
        { attribute: 'colour', operator: 'eq', value: 'red' }, { attribute: 'grade', operator: 'lte', value: 'cosmic' }, { attribute: 'fastLane', operator: 'gt', value: true },
        { attribute: 'purpose', operator: 'in', value: 'tax-arrears-check' }, { attribute: 'credit', operator: 'gte', value: '90' },
      ],
    }))
    expect(refusal.issues.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/reason missing', '/legalBasis missing', '/conditions/0/attribute unknown-attribute', '/conditions/1/value wrong-type', '/conditions/2/operator operator-not-allowed',
      '/conditions/3/value wrong-type', '/conditions/4/value wrong-type',
    ])
  })
})

describe('who writes rules', () => {
  it('is the steward for the city and a department for its own entries, and nobody else', async () => {
    expect((await draft(provider, {}, 'department')).scope).toMatchObject({ code: 'P1' })
    for (const [caller, scope] of [[provider, 'city'], [steward, 'department']] as const) {
      expect(await problem(draft(caller, {}, scope))).toMatchObject({ code: 'sharing/invalid-rule', issues: [{ pointer: '/scope' }] })
    }
    for (const caller of [consumer, auditor]) expect((await problem(draft(caller))).code).toBe('access/forbidden')
  })

  it("lets a department read the city's rules and not change them, and hides other departments' rules as if there were none", async () => {
    const [city, own] = [await draft(steward), await draft(provider, {}, 'department')]
    expect(await call(sharing, operations.getRule, provider, { params: { id: city.id } })).toMatchObject({ id: city.id, allowedActions: [] })
    expect((await problem(step(provider, city.id, city.revision))).code).toBe('access/forbidden')
    expect((await problem(call(sharing, operations.getRule, other, { params: { id: own.id } }))).code).toBe('request/not-found')
    expect((await problem(step(other, own.id, own.revision))).code).toBe('request/not-found')
    const seen = async (caller: Caller) => (await call(sharing, operations.listRules, caller, { query: { limit: 200 } })).items.map(({ id }) => id)
    expect(await seen(provider)).toEqual(expect.arrayContaining([city.id, own.id]))
    expect(await seen(other)).not.toContain(own.id)
    expect(await seen(auditor)).toEqual(expect.arrayContaining([city.id, own.id]))
  })

  it("lets the steward end a department's rule, not write it", async () => {
    const rule = await draft(provider, {}, 'department')
    expect((await problem(step(steward, rule.id, rule.revision))).code).toBe('access/forbidden')
    expect((await step(steward, rule.id, rule.revision, 'retire')).state).toBe('retired')
  })

  it('pages the list to its end', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await call(sharing, operations.listRules, steward, { query: { limit: 3, ...(cursor === undefined ? {} : { cursor }) } })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
      expect(page.total).toBeGreaterThan(3)
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBe((await call(sharing, operations.listRules, steward, { query: { limit: 200 } })).items.length)
  })
})

describe('an application under rules', () => {
  it('is granted by a rule, which is named with each condition and the actual value', async () => {
    const rule = await draft(provider, {}, 'department')
    await whileActive(rule, provider, async () => {
      const granted = await sharing.apply(anApplication(conditional, { fields: ['泊位数'] }), consumer)
      expect(granted).toMatchObject({ state: 'approved', rule: { id: rule.id, version: 1 } })
      expect(await call(sharing, operations.getRuling, consumer, { params: { id: granted.id } })).toMatchObject({
        effect: 'grant', ground: 'rule', rule: { id: rule.id, version: 1, name: '低敏小量秒批' },
        conditions: [{ attribute: 'fieldsAsked', operator: 'lte', value: 1, actual: 1 }],
      })
      const routed = await sharing.apply(anApplication(conditional), consumer)
      expect(routed).toMatchObject({ state: 'submitted' })
      expect(await call(sharing, operations.getRuling, provider, { params: { id: routed.id } })).toMatchObject({ effect: 'route', ground: 'default', rule: null })
      expect((await problem(call(sharing, operations.getRuling, stranger, { params: { id: routed.id } }))).code).toBe('request/not-found')
    })
  })

  it('is refused by a rule with its reason and legal basis', async () => {
    const rule = await draft(steward, { effect: 'refuse', reason: '用途未明', legalBasis: '《政务数据共享条例》', conditions: [{ attribute: 'purpose', operator: 'eq', value: 'other' }] })
    await whileActive(rule, steward, async () => {
      const refused = await sharing.apply(anApplication(conditional, { purpose: '工作需要' }), consumer)
      expect(refused).toMatchObject({ state: 'refused', decision: { by: 'rule', reason: '用途未明', legalBasis: '《政务数据共享条例》' } })
    })
  })

  it('goes to people by a rule although the data are unconditional', async () => {
    const free = await anEntry(house, provider, { store: database.store, sharingType: 'unconditional', publishBy: steward })
    const rule = await draft(steward, { effect: 'route', conditions: [{ attribute: 'fieldsAsked', operator: 'gte', value: 2 }] })
    await whileActive(rule, steward, async () => {
      expect(await sharing.apply(anApplication(free), consumer)).toMatchObject({ state: 'submitted', rule: { id: rule.id } })
      expect(await sharing.apply(anApplication(free, { fields: ['泊位数'] }), consumer)).toMatchObject({ state: 'approved' })
    })
  })

  it("goes to the departments that own its fields, whatever the provider's own rule says", async () => {
    const shared = await anEntry(house, provider, { store: database.store, sharingType: 'conditional', openingType: 'closed', publishBy: steward })
    await house.catalog.edit(shared, { fields: [{ name: '联系人', owner: 'P2' }] }, steward)
    const rule = await draft(provider, { conditions: [{ attribute: 'fieldsAsked', operator: 'lte', value: 2 }] }, 'department')
    await whileActive(rule, provider, async () => {
      expect(await sharing.apply(anApplication(shared, { fields: ['停车场名称', '泊位数'] }), consumer)).toMatchObject({ state: 'approved' })
      expect(await sharing.apply(anApplication(shared), consumer)).toMatchObject({ state: 'submitted', opinions: [{ department: { code: 'P1' } }, { department: { code: 'P2' } }] })
    })
  })

  it('knows the history, the duties and the need of the purpose', async () => {
    await call(sharing, operations.setDuties, steward, {
      params: { organisation: 'C9' }, body: { purposes: ['tax-arrears-check'], words: ['税收征管'], reason: '三定方案', revision: 0 },
    })
    const asker = anOfficer('asker', 'C9', 'consumer')
    const rule = await draft(provider, {
      conditions: [
        { attribute: 'purposeInDuty', operator: 'eq', value: true }, { attribute: 'duties', operator: 'has', value: '税收征管' },
        { attribute: 'needKnown', operator: 'eq', value: false }, { attribute: 'fieldsBeyondNeed', operator: 'eq', value: 1 },
        { attribute: 'approvedBefore', operator: 'gte', value: 1 }, { attribute: 'refusedBefore', operator: 'eq', value: 0 }, { attribute: 'grade', operator: 'lte', value: 'public' },
      ],
    }, 'department')
    await whileActive(rule, provider, async () => {
      const ask = () => sharing.apply(anApplication(conditional, { fields: ['泊位数'], purposeCode: 'tax-arrears-check' }), asker)
      const first = await ask()
      expect(first.state).toBe('submitted') // nothing was approved before
      await sharing.act(first.id, 'approve', {}, provider)
      house.clock.advance(1_000)
      expect(await ask()).toMatchObject({ state: 'approved', rule: { id: rule.id } })
    })
  })

  it('do not take it for trust with rows that counts were given before', async () => {
    const asker = anOfficer('counting', 'C6', 'consumer')
    const rule = await draft(provider, { conditions: [{ attribute: 'organisation', operator: 'eq', value: 'C6' }, { attribute: 'approvedBefore', operator: 'gte', value: 1 }] }, 'department')
    await whileActive(rule, provider, async () => {
      const ask = (delivery: 'statistics' | 'api') => sharing.apply(anApplication(conditional, { fields: ['泊位数'], delivery }), asker)
      await sharing.act((await ask('statistics')).id, 'approve', {}, provider)
      house.clock.advance(1_000)
      expect((await ask('api')).state).toBe('submitted')
      expect((await ask('statistics')).state).toBe('approved')
    })
  })
})

describe('the test bench', () => {
  it('tells what a draft would have decided, with what was known then, and changes nothing', async () => {
    const asker = anOfficer('bench', 'C7', 'consumer')
    const one = await sharing.apply(anApplication(conditional, { fields: ['泊位数'] }), asker)
    const two = await sharing.apply(anApplication(conditional), asker)
    await sharing.act(two.id, 'refuse', { reason: '超出需要', legalBasis: '条例' }, provider)
    const before = await sql`select id, state, revision from sharing.application order by id`.execute(database.store.db)
    const conditions: RuleContent['conditions'] = [{ attribute: 'organisation', operator: 'eq', value: 'C7' }, { attribute: 'fieldsAsked', operator: 'lte', value: 1 }]
    const answer = await call(sharing, operations.replayRule, provider, { body: { draft: { ...aRule({ conditions }), scope: 'department' } } })
    expect(answer).toMatchObject({ byThisRule: 1, truncated: false })
    expect(answer.counts.find(({ was, wouldBe }) => was === 'route' && wouldBe === 'grant')?.count).toBe(answer.items.filter(({ was, wouldBe }) => was === 'route' && wouldBe === 'grant').length)
    expect(answer.counts.reduce((sum, { count }) => sum + count, 0)).toBe(answer.replayed)
    expect(answer.items[0]).toMatchObject({ applicationId: one.id, outcome: 'waiting', was: 'route', without: 'route', wouldBe: 'grant', rule: { id: null }, known: 'recorded', conditions: [{ actual: 'C7' }, { actual: 1 }] })
    expect(answer.items.find(({ applicationId }) => applicationId === two.id)).toMatchObject({ outcome: 'refused', was: 'route', wouldBe: 'route' })
    expect(answer.cedar).toContain('principal.code == "C7"')
    expect((await sql`select id, state, revision from sharing.application order by id`.execute(database.store.db)).rows).toEqual(before.rows)
  })

  it('works out what was known of applications from before there were rules', async () => {
    const asker = anOfficer('older', 'C8', 'consumer')
    const application = await sharing.apply(anApplication(conditional, { fields: ['泊位数'] }), asker)
    await database.store.db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx) // as it would be had the table not been there
      await sql`delete from sharing.ruling where application_id = ${application.id}`.execute(trx)
    })
    const conditions: RuleContent['conditions'] = [{ attribute: 'organisation', operator: 'eq', value: 'C8' }, { attribute: 'approvedBefore', operator: 'eq', value: 0 }]
    const { items } = await call(sharing, operations.replayRule, provider, { body: { draft: { ...aRule({ conditions }), scope: 'department' } } })
    expect(items[0]).toMatchObject({ applicationId: application.id, was: 'route', wouldBe: 'grant', known: 'reconstructed' })
  })

  it("shows a department its own entries' applications only", async () => {
    const { replayed } = await call(sharing, operations.replayRule, other, { body: { draft: { ...aRule(), scope: 'department' } } })
    expect(replayed).toBe(0)
    expect((await problem(call(sharing, operations.replayRule, other, { body: {} }))).issues[0]?.pointer).toBe('/draft')
  })

  it('ends at its period', async () => {
    const { replayed, from, to } = await call(sharing, operations.replayRule, steward, { body: { draft: { ...aRule(), scope: 'city' }, from: '2020-01-01T00:00:00Z', to: '2020-12-31T00:00:00Z' } })
    expect({ replayed, from, to }).toEqual({ replayed: 0, from: '2020-01-01T00:00:00.000Z', to: '2020-12-31T00:00:00.000Z' })
  })
})

describe('duty lists', () => {
  it('take purposes of the catalogue only, one change at a time, and are seen by their own department', async () => {
    const set = (purposes: string[], revision: number) =>
      call(sharing, operations.setDuties, steward, { params: { organisation: 'P1' }, body: { purposes, words: [], reason: '核定', revision } })
    expect((await problem(set(['no-such-purpose'], 0))).issues).toMatchObject([{ pointer: '/purposes/0', code: 'unknown-purpose' }])
    expect(await set(['credit-evaluation'], 0)).toMatchObject({ purposes: ['credit-evaluation'], revision: 1 })
    expect((await problem(set([], 0))).code).toBe('request/conflict')
    expect(await set([], 1)).toMatchObject({ purposes: [], revision: 2 })
    expect((await call(sharing, operations.listDuties, provider, {})).items.map(({ organisation }) => organisation.code)).toEqual(['P1'])
    expect((await call(sharing, operations.listDuties, other, {})).items).toEqual([])
  })
})

describe('what a rule may ask for', () => {
  it('is described with operators and choices for the form', async () => {
    const { items } = await call(sharing, operations.describeRuleAttributes, provider, {})
    const of = (name: string) => items.find((item) => item.name === name)
    expect(of('grade')).toMatchObject({ type: 'grade', operators: ['eq', 'ne', 'lte', 'gte'], options: [{ value: 'public' }, { value: 'internal' }, { value: 'secret' }, { value: 'top-secret' }] })
    expect(of('delivery')?.options.map(({ value }) => value)).toEqual(expect.arrayContaining(['api', 'file']))
    expect(of('purpose')?.options).toContainEqual({ value: 'tax-arrears-check', title: '税务欠税核查', titleEn: 'Tax arrears check' })
  })
})
