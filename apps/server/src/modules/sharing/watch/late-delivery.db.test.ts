import { type Application, operations } from '@datong/contracts'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../../platform/caller.ts'
import { anOfficer } from '../../../platform/testing.ts'
import { catalogMigrations } from '../../catalog/index.ts'
import { anEntry, catalogFor } from '../../catalog/testing.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { type Sharing, sharingMigrations } from '../index.ts'
import { anApplication, askOver, problem, sharingFor } from '../testing.ts'

const provider = anOfficer('provider', 'P1', 'provider')
const consumer = anOfficer('consumer', 'C1', 'consumer')
const steward = anOfficer('steward', 'B', 'steward')

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let sharing: Sharing
let code: string
const used = new Map<string, Date>()

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations])
  house = await catalogFor(database.store)
  sharing = sharingFor(database.store, house, {
    useOf: async (ids) => new Map(ids.flatMap((id) => (used.has(id) ? [[id, { callsToday: 0, callsTotal: 1, rowsTotal: 1, lastUsedAt: used.get(id)! }] as const] : []))),
  })
  code = await anEntry(house, provider, { store: database.store, sharingType: 'conditional', openingType: 'closed', publishBy: steward })
})
afterAll(() => database.drop())
beforeEach(() => house.clock.set('2026-11-20T02:00:00Z'))

const granted = async (): Promise<Application> => sharing.act((await sharing.apply(anApplication(code), consumer)).id, 'approve', {}, provider)
const seenBy = (id: string, caller: Caller) => askOver<Application>(sharing, operations.getApplication, { caller, params: { id } })

describe('a delivery that is late', () => {
  it('passes to the bureau once, which may urge, as it does with silence; what was used in time is not late', async () => {
    const [late, inTime] = [await granted(), await granted()]
    used.set(inTime.grantId!, new Date('2026-12-01T02:00:00Z'))
    expect(late.allowedActions).not.toContain('urge')
    house.clock.set('2026-12-21T02:00:00Z') // twenty working days end on the 18th
    expect(await sharing.watch()).toMatchObject({ lateDeliveries: 1, delivered: 1 })
    expect(await sharing.watch()).toMatchObject({ lateDeliveries: 0 })
    const seen = await seenBy(late.id, steward)
    expect([seen.deliveryEscalatedAt, seen.allowedActions.includes('urge')]).toEqual(['2026-12-21T02:00:00.000Z', true])
    expect((await seenBy(inTime.id, steward)).deliveryEscalatedAt).toBeNull()
    expect(house.events.published.filter(({ name }) => name === 'sharing.delivery-late')).toMatchObject([{ payload: { applicationId: late.id } }])
    expect((await sharing.act(late.id, 'urge', { reason: '请尽快提供' }, steward)).urgedAt).not.toBeNull()
  })
})

describe('a grant', () => {
  it('is not asked for longer than the longest', async () => {
    const { issues } = await problem(sharing.apply(anApplication(code, { until: '9999-12-31' }), consumer))
    expect(issues).toMatchObject([{ pointer: '/until', code: 'too-long' }])
    expect((await sharing.apply(anApplication(code, { until: '2029-11-20' }), consumer)).until).toBe('2029-11-20')
    expect((await problem(sharing.apply(anApplication(code, { until: '2029-11-21' }), consumer))).issues).toMatchObject([{ code: 'too-long' }])
  })

  it('that was revoked counts against the consumer only when it was misused', async () => {
    const violations = async (): Promise<number> => (await sharing.conductSince(new Date('2026-01-01'))).find(({ organisation }) => organisation === 'C1')?.violations ?? 0
    const [changed, unsaid, misused] = [await granted(), await granted(), await granted()]
    await sharing.act(changed.id, 'revoke', { reason: '停止提供', ground: 'data-changed' }, provider)
    await sharing.act(unsaid.id, 'revoke', { reason: '停止提供' }, provider)
    expect(await violations()).toBe(0)
    await sharing.act(misused.id, 'revoke', { reason: '向第三方提供', ground: 'misuse' }, provider)
    expect(await violations()).toBe(1)
    expect((await sharing.findGrant(misused.grantId!))?.revoked_for).toBe('misuse')
  })
})
