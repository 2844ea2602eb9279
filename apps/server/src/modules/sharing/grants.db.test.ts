import { type Application, operations } from '@datong/contracts'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../platform/caller.ts'
import { anOfficer } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { anEntry, catalogFor } from '../catalog/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import type { GrantUse } from './context.ts'
import { type Sharing, sharingMigrations } from './index.ts'
import { anApplication, askOver, problem, sharingFor } from './testing.ts'

const provider = anOfficer('provider', 'P1', 'provider')
const consumer = anOfficer('consumer', 'C1', 'consumer')
const steward = anOfficer('steward', 'B', 'steward')
const security = anOfficer('security', 'B', 'security')
const because = { reason: '理由充分', legalBasis: '《政务数据共享条例》' }

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let sharing: Sharing
const uses = new Map<string, GrantUse>()

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations])
  house = await catalogFor(database.store)
  sharing = sharingFor(database.store, house, { useOf: async () => uses })
})
afterAll(() => database.drop())
beforeEach(() => house.clock.set('2026-11-20T02:00:00Z')) // a Friday

const entry = (sharingType: 'conditional' | 'unconditional' = 'conditional') =>
  anEntry(house, provider, { store: database.store, sharingType, openingType: 'closed', publishBy: steward })
const apply = async (change: Parameters<typeof anApplication>[1] = {}, code?: string) => sharing.apply(anApplication(code ?? await entry(), change), consumer)
const seenBy = (id: string, caller: Caller) => askOver<Application>(sharing, operations.getApplication, { caller, params: { id } })
const clockOf = ({ clocks }: Application, kind: Application['clock']['kind']) => clocks.find((clock) => clock.kind === kind)

describe('delivery', () => {
  it('does not count while the consumer\'s system is not ready, and ends by his word', async () => {
    const { id } = await apply()
    await sharing.act(id, 'approve', {}, provider)
    house.clock.set('2026-11-24T02:00:00Z')
    expect(clockOf(await sharing.act(id, 'system-not-ready', { reason: '接口改造' }, consumer), 'delivery')).toMatchObject({ state: 'paused', workingDaysLeft: 18 })
    house.clock.set('2026-12-08T02:00:00Z')
    expect(clockOf(await sharing.act(id, 'system-ready', {}, consumer), 'delivery')).toMatchObject({ state: 'running', workingDaysLeft: 18 })
    expect(clockOf(await sharing.act(id, 'confirm-delivery', {}, consumer), 'delivery')).toMatchObject({ state: 'stopped', late: false })
  })

  it('ends by the first use that is seen', async () => {
    const { id, grantId } = await apply({}, await entry('unconditional'))
    uses.set(grantId!, { callsToday: 1, callsTotal: 1, rowsTotal: 1, lastUsedAt: new Date('2026-11-23T03:00:00Z') })
    house.clock.set('2026-11-23T03:01:00Z')
    expect(await sharing.watch()).toMatchObject({ delivered: 1 })
    expect(clockOf(await seenBy(id, consumer), 'delivery')).toMatchObject({ state: 'stopped', workingDaysLeft: 19 })
    expect(await sharing.watch()).toMatchObject({ delivered: 0 })
  })
})

describe('the end of a grant', () => {
  it('comes after its last day, is told to both sides, and stands in the evidence', async () => {
    const { id, grantId } = await apply({ until: '2026-11-25' }, await entry('unconditional'))
    house.clock.set('2026-11-25T15:59:59Z') // the last second in China
    expect(await sharing.watch()).toMatchObject({ expired: 0 })
    house.clock.set('2026-11-25T16:00:00Z')
    expect(await sharing.watch()).toMatchObject({ expired: 1 })
    expect(await sharing.findGrant(grantId!)).toMatchObject({ state: 'expired' })
    expect(house.events.published.filter(({ name, payload }) => name === 'sharing.grant-expired' && (payload as { grantId: string }).grantId === grantId))
      .toMatchObject([{ payload: { providers: ['P1'], consumer: 'C1', until: '2026-11-25' } }])
    const after = await seenBy(id, consumer)
    expect(after.history.at(-1)).toMatchObject({ action: 'grant-expired', actor: { kind: 'system' } })
    expect(after.evaluationDueAt).toBe('2026-11-25T16:00:00.000Z')
  })

  it('is noted once by two rounds that meet', async () => {
    const { id } = await apply({ until: '2026-11-25' }, await entry('unconditional'))
    house.clock.set('2026-11-26T02:00:00Z')
    await Promise.all([sharing.watch(), sharing.watch()])
    expect((await seenBy(id, consumer)).history.filter(({ action }) => action === 'grant-expired')).toHaveLength(1)
  })
})

describe('renewal and change', () => {
  it('puts the new grant in the old one\'s place, for the same system', async () => {
    const code = await entry()
    const first = await sharing.act((await apply({}, code)).id, 'approve', {}, provider)
    const change = await apply({ changes: first.grantId!, fields: ['停车场名称', '泊位数'], quota: { perSecond: 9, perDay: 90_000 } }, code)
    expect(change.link).toMatchObject({ kind: 'change', grantId: first.grantId })
    const { grantId } = await sharing.act(change.id, 'approve', {}, provider)
    const [old, fresh] = [await sharing.findGrant(first.grantId!), await sharing.findGrant(grantId!)]
    expect(old).toMatchObject({ state: 'replaced', replaced_by: grantId })
    expect(fresh).toMatchObject({ state: 'active', fields: ['停车场名称', '泊位数'], app_id: old?.app_id, quota_per_second: 9 })
    expect(await sharing.grantsOf(fresh!.app_id, code)).toMatchObject([{ id: grantId }])
    expect((await seenBy(first.id, consumer)).history.at(-1)?.action).toBe('grant-replaced')
  })

  it('leaves the old grant as it is until somebody consents, and for good when nobody does', async () => {
    const code = await entry()
    const { grantId } = await sharing.act((await apply({}, code)).id, 'approve', {}, provider)
    const { id } = await apply({ renews: grantId! }, code)
    await sharing.act(id, 'refuse', because, provider)
    expect(await sharing.findGrant(grantId!)).toMatchObject({ state: 'active', replaced_by: null })
  })

  it('is of one\'s own grants only, and of those that hold', async () => {
    const code = await entry()
    const first = await sharing.act((await apply({}, code)).id, 'approve', {}, provider)
    const other = anOfficer('other', 'C2', 'consumer')
    expect((await problem(sharing.apply(anApplication(code, { renews: first.grantId! }), other))).issues).toMatchObject([{ pointer: '/renews', code: 'unknown-grant' }])
    const renewal = await apply({ renews: first.grantId! }, code)
    await sharing.act(first.id, 'suspend', because, security)
    expect((await problem(apply({ renews: first.grantId! }, code))).issues).toMatchObject([{ code: 'grant-not-active' }])
    expect((await problem(sharing.act(renewal.id, 'approve', {}, provider))).code).toBe('sharing/wrong-state') // no way around the suspension
  })

  it('waits for the evaluation that is due, and goes to the rules by itself when it is made', async () => {
    const code = await entry('unconditional')
    const first = await apply({ until: '2028-06-30' }, code)
    house.clock.set('2027-05-21T02:00:00Z') // half a year later
    const renewal = await apply({ renews: first.grantId!, until: '2029-06-30' }, code)
    expect(renewal).toMatchObject({ state: 'material-owed', clock: { state: 'paused' }, material: [{ supplied: false }], allowedActions: ['withdraw'] })
    const evaluated = await sharing.act(first.id, 'evaluate', { scores: { quality: 5, timeliness: 4, effect: 3 }, reason: '准确' }, consumer)
    expect(evaluated).toMatchObject({ evaluations: [{ scores: { quality: 5, timeliness: 4, effect: 3 }, comment: '准确' }] })
    expect(await seenBy(renewal.id, consumer)).toMatchObject({ state: 'approved', rule: { name: '无条件共享' }, material: [{ supplied: true }] })
    expect(await askOver(sharing, operations.listEvaluations, { caller: provider, query: { entryCode: code } })).toMatchObject({ total: 1, items: [{ consumer: { code: 'C1' } }] })
  })

  it('does not wait for an evaluation that is made in the same moment', async () => {
    const code = await entry('unconditional')
    const first = await apply({ until: '2028-06-30' }, code)
    house.clock.set('2027-05-21T02:00:00Z')
    const [renewal] = await Promise.all([apply({ renews: first.grantId!, until: '2029-06-30' }, code), sharing.act(first.id, 'evaluate', { score: 4 }, consumer)])
    expect((await seenBy(renewal.id, consumer)).state).toBe('approved')
  })

  it('waits also when the old grant has run out and the asking calls itself new', async () => {
    const code = await entry('unconditional')
    const first = await apply({ until: '2026-11-25' }, code)
    house.clock.set('2026-11-27T02:00:00Z')
    await sharing.watch()
    expect(await apply({}, code)).toMatchObject({ state: 'material-owed' })
    await sharing.act(first.id, 'evaluate', { score: 4 }, consumer)
    expect(await apply({}, code)).toMatchObject({ state: 'approved' })
  })
})
