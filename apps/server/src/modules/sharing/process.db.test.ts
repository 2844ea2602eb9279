import { type Application, operations, type ResponseOf } from '@datong/contracts'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../platform/caller.ts'
import { anOfficer } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { anEntry, catalogFor } from '../catalog/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { type Sharing, sharingMigrations } from './index.ts'
import { anApplication, askOver, problem, sharingFor } from './testing.ts'

const provider = anOfficer('provider', 'P1', 'provider')
const owner = anOfficer('owner', 'P2', 'provider')
const consumer = anOfficer('consumer', 'C1', 'consumer')
const steward = anOfficer('steward', 'B', 'steward')
const because = { reason: '理由充分', legalBasis: '《政务数据共享条例》' }

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let sharing: Sharing

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations])
  house = await catalogFor(database.store)
  sharing = sharingFor(database.store, house)
})
afterAll(() => database.drop())
beforeEach(() => house.clock.set('2026-11-20T02:00:00Z')) // a Friday

const entry = (sharingType: 'conditional' | 'unconditional' = 'conditional') =>
  anEntry(house, provider, { store: database.store, sharingType, openingType: 'closed', publishBy: steward })
/** An entry of which another department owns a field. */
async function sharedEntry(): Promise<string> {
  const code = await entry()
  await house.catalog.edit(code, { fields: [{ name: '联系人', owner: 'P2' }] }, steward)
  return code
}
const apply = async (change: Parameters<typeof anApplication>[1] = {}, code?: string) => sharing.apply(anApplication(code ?? await entry(), change), consumer)
const seenBy = (id: string, caller: Caller) => askOver<Application>(sharing, operations.getApplication, { caller, params: { id } })
const clockOf = ({ clocks }: Application, kind: Application['clock']['kind']) => clocks.find((clock) => clock.kind === kind)
const toldOf = (applicationId: string) => house.events.published.filter(({ payload }) => (payload as { applicationId?: string }).applicationId === applicationId).map(({ name }) => name)

describe('filing', () => {
  it('keeps the promise of no other use, said in words or by applying, and takes no refusal of it', async () => {
    expect((await apply()).commitment).toMatchObject({ explicit: false })
    expect((await apply({ commitment: true })).commitment).toMatchObject({ explicit: true })
    expect((await problem(apply({ commitment: false }))).issues).toMatchObject([{ pointer: '/commitment' }])
  })

  it('starts the clock of the notice beside that of the answer; both end with the answer, and that of the delivery begins', async () => {
    const { id, clocks } = await apply()
    expect(clocks.map(({ kind, state, workingDays }) => `${kind} ${state} ${workingDays}`).sort()).toEqual(['answer-conditional running 10', 'notice running 1'])
    const granted = await sharing.act(id, 'approve', {}, provider)
    expect(granted.clocks.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual(['answer-conditional stopped', 'delivery running', 'notice stopped'])
    expect(clockOf(granted, 'delivery')).toMatchObject({ workingDays: 20, dueAt: '2026-12-18T15:59:59.999Z' })
    expect(toldOf(id)).toEqual(['sharing.application-submitted', 'sharing.grant-made', 'sharing.application-decided'])
  })

  it('leaves more calls than is usual to people, even of what is free', async () => {
    const code = await entry('unconditional')
    expect((await apply({ quota: { perSecond: 10, perDay: 500 } }, code)).state).toBe('approved')
    const large = await apply({ quota: { perSecond: 500, perDay: 5_000_000 } }, code)
    expect(large).toMatchObject({ state: 'submitted', clock: { kind: 'answer-unconditional' } })
    const { grantId } = await sharing.act(large.id, 'approve', {}, provider)
    expect(await sharing.findGrant(grantId!)).toMatchObject({ quota_per_second: 500, quota_per_day: 5_000_000 })
  })

  it('can be tried before: path, clock, departments and faults are told and nothing is kept', async () => {
    const code = await sharedEntry()
    const ask = (body: object) => askOver<ResponseOf<typeof operations.previewApplication>>(sharing, operations.previewApplication, { caller: consumer, body })
    const kept = await askOver<{ total: number }>(sharing, operations.listApplications, { caller: steward })
    expect(await ask({ entryCode: code, fields: ['停车场名称', '联系人', '没有'] })).toMatchObject({
      path: 'people', clock: { kind: 'answer-conditional', dueAt: '2026-12-04T15:59:59.999Z' }, deliveryWorkingDays: 20, waitsForEvaluation: false,
      departments: [{ department: { code: 'P1' }, fields: ['停车场名称', '没有'] }, { department: { code: 'P2' }, fields: ['联系人'] }],
      issues: [{ pointer: '/fields/2', code: 'unknown-field' }],
    })
    expect(await ask({ entryCode: await entry('unconditional'), fields: ['联系人'] })).toMatchObject({ path: 'granted-by-rule', rule: { name: '无条件共享' } })
    expect((await askOver<{ total: number }>(sharing, operations.listApplications, { caller: steward })).total).toBe(kept.total)
  })
})

describe('missing material', () => {
  it('is named whole, once, and handed in piece by piece; the clock goes on when all is there', async () => {
    const { id } = await apply()
    const asked = await sharing.act(id, 'notify-missing', { missing: ['授权委托书', '安全责任书'] }, provider)
    expect(asked.material.map(({ title, supplied }) => [title, supplied])).toEqual([['授权委托书', false], ['安全责任书', false]])
    expect(clockOf(asked, 'notice')).toMatchObject({ state: 'stopped', late: false })
    const half = await sharing.act(id, 'supplement', { reason: '先交一项', supplied: [{ id: '2', note: '责任书已盖章' }] }, consumer)
    expect(half).toMatchObject({ state: 'material-owed', clock: { state: 'paused' } })
    expect((await problem(sharing.act(id, 'supplement', { reason: 'x', supplied: [{ id: '9', note: 'x' }] }, consumer))).issues).toMatchObject([{ pointer: '/supplied/0/id' }])
    const whole = await sharing.act(id, 'supplement', { reason: '补齐' }, consumer)
    expect(whole).toMatchObject({ state: 'submitted', clock: { state: 'running' } })
    expect(whole.material.map(({ note }) => note)).toEqual(['补齐', '责任书已盖章'])
  })

  it('that nobody named in time counts as complete: that clock ends without being late', async () => {
    const { id } = await apply()
    house.clock.set('2026-11-26T02:00:00Z')
    expect(clockOf(await seenBy(id, provider), 'notice')).toMatchObject({ state: 'stopped', late: false })
  })
})

describe('fields of several departments', () => {
  it('are granted when all consent, for the shortest time, the smallest quota and with the masks of each', async () => {
    const code = await sharedEntry()
    const { id } = await apply({}, code)
    const first = await sharing.act(id, 'approve', { until: '2027-03-31', quota: { perSecond: 5, perDay: 900 } }, owner)
    expect(first).toMatchObject({ state: 'submitted', opinions: [{ department: { code: 'P1' }, state: 'asked' }, { department: { code: 'P2' }, state: 'consented', fields: ['联系人'] }] })
    const { grantId, decision } = await sharing.act(id, 'approve', { quota: { perSecond: 8, perDay: 800 }, reason: '同意' }, provider)
    expect(decision).toEqual({ by: 'department', reason: '同意', legalBasis: '' })
    expect(await sharing.findGrant(grantId!)).toMatchObject({ fields: ['停车场名称', '联系人'], until: '2027-03-31', quota_per_second: 5, quota_per_day: 800, co_owners: ['P2'] })
  })

  it('are granted in part when one refuses, and nobody gives what is another\'s', async () => {
    const { id } = await apply({}, await sharedEntry())
    await sharing.act(id, 'refuse', because, owner)
    const granted = await sharing.act(id, 'approve', { fields: ['停车场名称', '联系人'] }, provider)
    expect(granted.history.at(-1)?.action).toBe('approved-in-part')
    expect((await sharing.findGrant(granted.grantId!))?.fields).toEqual(['停车场名称'])
  })

  it('are refused when all refuse, with the grounds of each', async () => {
    const { id } = await apply({}, await sharedEntry())
    await sharing.act(id, 'refuse', { reason: '甲', legalBasis: '依据一' }, owner)
    expect(await sharing.act(id, 'refuse', { reason: '乙', legalBasis: '依据二' }, provider))
      .toMatchObject({ state: 'refused', grantId: null, decision: { by: 'department', reason: '乙；甲', legalBasis: '依据二；依据一' } })
  })

  it('get one answer though both departments speak in the same moment', async () => {
    const { id } = await apply({}, await sharedEntry())
    const outcomes = await Promise.allSettled([sharing.act(id, 'approve', {}, provider), sharing.act(id, 'approve', {}, owner)])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect(await seenBy(id, consumer)).toMatchObject({ state: 'approved' })
  })
})

describe('more time', () => {
  it('is given once, for a reason, and by as much as the setting says', async () => {
    const { id } = await apply()
    expect((await problem(sharing.act(id, 'extend', {}, provider))).issues).toMatchObject([{ pointer: '/reason' }])
    const longer = await sharing.act(id, 'extend', { reason: '涉及多部门核实' }, provider)
    expect(longer.clock).toMatchObject({ workingDays: 20, extendedBy: 10, dueAt: '2026-12-18T15:59:59.999Z' })
    expect((await problem(sharing.act(id, 'extend', { reason: '再来' }, provider))).code).toBe('sharing/wrong-state')
  })
})

describe('silence', () => {
  it('passes the application to the bureau, which may urge or decide; the department may still answer', async () => {
    const [one, two] = [await apply(), await apply()]
    expect(await sharing.watch()).toMatchObject({ escalated: 0 })
    house.clock.set('2026-12-05T02:00:00Z') // due the evening before
    expect((await sharing.watch()).escalated).toBeGreaterThanOrEqual(2)
    expect(await sharing.watch()).toMatchObject({ escalated: 0 })
    const late = await seenBy(one.id, steward)
    expect(late).toMatchObject({ escalatedAt: '2026-12-05T02:00:00.000Z', clock: { late: true } })
    expect(late.history.at(-1)).toMatchObject({ action: 'escalated', actor: { kind: 'system' } })
    expect(toldOf(one.id)).toContain('sharing.application-escalated')
    expect(await sharing.act(one.id, 'urge', { reason: '请三日内答复' }, steward)).toMatchObject({ urgedAt: '2026-12-05T02:00:00.000Z' })
    expect(await sharing.act(one.id, 'approve', { reason: '代为答复' }, steward)).toMatchObject({ state: 'approved', decision: { by: 'bureau' } })
    expect(await sharing.act(two.id, 'approve', {}, provider)).toMatchObject({ state: 'approved', decision: { by: 'department' } })
  })

  it('while the applicant owes material is no silence of the department', async () => {
    const { id } = await apply()
    await sharing.act(id, 'notify-missing', { reason: '缺授权书' }, provider)
    house.clock.set('2027-01-20T02:00:00Z')
    await sharing.watch()
    expect((await seenBy(id, steward)).escalatedAt).toBeNull()
  })
})

describe('mediation', () => {
  it('can end with an order to share, on the bureau\'s own ground, once', async () => {
    const { id } = await apply()
    await sharing.act(id, 'refuse', because, provider)
    expect(await sharing.act(id, 'request-mediation', { reason: '系法定职责所需' }, consumer)).toMatchObject({ state: 'in-mediation', mediation: { outcome: null } })
    expect((await problem(sharing.act(id, 'order-sharing', { reason: '应当共享' }, steward))).issues).toMatchObject([{ pointer: '/legalBasis' }])
    const ordered = await sharing.act(id, 'order-sharing', because, steward)
    expect(ordered).toMatchObject({ state: 'approved', mediation: { outcome: 'ordered' }, decision: { by: 'bureau' } })
    expect(await sharing.findGrant(ordered.grantId!)).toMatchObject({ state: 'active', fields: ['停车场名称', '联系人'] })
  })

  it('can end with the refusal upheld, and there it ends', async () => {
    const { id } = await apply()
    await sharing.act(id, 'refuse', because, provider)
    await sharing.act(id, 'request-mediation', { reason: '请协调' }, consumer)
    expect(await sharing.act(id, 'uphold', because, steward)).toMatchObject({ state: 'upheld', mediation: { outcome: 'upheld' }, allowedActions: [] })
  })

  it('never orders what became 不予共享, and no consent gives it', async () => {
    const code = await entry()
    const [refused, open] = [await apply({}, code), await apply({}, code)]
    await sharing.act(refused.id, 'refuse', because, provider)
    await sharing.act(refused.id, 'request-mediation', { reason: '请协调' }, consumer)
    await house.catalog.edit(code, { sharingType: 'not-shared', legalBasis: '《统计法》第九条' }, steward)
    expect((await problem(sharing.act(refused.id, 'order-sharing', because, steward))).code).toBe('sharing/wrong-state')
    expect(await problem(sharing.act(open.id, 'approve', {}, provider))).toMatchObject({ code: 'sharing/not-shared', params: { legalBasis: '《统计法》第九条' } })
    expect(await seenBy(open.id, provider)).toMatchObject({ state: 'submitted', opinions: [{ state: 'asked' }] })
  })
})

describe('people who left', () => {
  it('stop nothing: the department acts, whoever filed or began', async () => {
    const { id } = await apply()
    await sharing.act(id, 'notify-missing', { reason: '缺授权书' }, provider)
    await sharing.act(id, 'supplement', { reason: '补' }, anOfficer('successor', 'C1', 'consumer'))
    expect(await sharing.act(id, 'approve', {}, anOfficer('newcomer', 'P1', 'provider'))).toMatchObject({ state: 'approved' })
  })
})
