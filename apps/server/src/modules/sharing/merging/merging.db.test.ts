import { type Application, operations } from '@datong/contracts'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../../platform/caller.ts'
import { anOfficer } from '../../../platform/testing.ts'
import { catalogMigrations } from '../../catalog/index.ts'
import { anEntry, catalogFor } from '../../catalog/testing.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { evidenceFor } from '../../evidence/testing.ts'
import { type Sharing, sharingMigrations } from '../index.ts'
import { anApplication, askOver, sharingFor } from '../testing.ts'

const steward = anOfficer('steward', 'B', 'steward')
const because = { reason: '理由充分', legalBasis: '《政务数据共享条例》' }
const officer = (organisation: string, role: 'provider' | 'consumer') => anOfficer(`${role} of ${organisation}`, organisation, role)

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let sharing: Sharing
/** The record at which evidence fails, as if the process were killed there; 0 for never. */
let failAt = 0
let recorded = 0

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations])
  house = await catalogFor(database.store)
  const evidence = evidenceFor(database.store)
  sharing = sharingFor(database.store, house, {
    evidence: {
      record: (trx, draft) => {
        if (++recorded === failAt) throw new Error('killed')
        return evidence.record(trx, draft)
      },
    },
  })
  await sharing.start?.()
})
afterAll(async () => {
  await sharing.stop?.()
  await database.drop()
})
beforeEach(() => house.clock.set('2026-11-20T02:00:00Z'))

/** An entry of P1 of which P2 owns a field. */
async function sharedEntry(by = 'P1', owner: string | null = 'P2'): Promise<string> {
  const code = await anEntry(house, officer(by, 'provider'), { store: database.store, sharingType: 'conditional', openingType: 'closed', publishBy: steward })
  if (owner !== null) await house.catalog.edit(code, { fields: [{ name: '联系人', owner }] }, steward)
  return code
}
async function merge(predecessor: string, successor: string): Promise<void> {
  house.events.published.push({ name: 'identity.organisation-merged', payload: { predecessor, successor, at: house.clock.now().toISOString() } })
  await house.events.deliver()
}
const seenBy = (id: string, caller: Caller) => askOver<Application>(sharing, operations.getApplication, { caller, params: { id } })
const left = async (organisation: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select (
    (select count(*) from sharing.application where provider_organisation = ${organisation} or consumer_organisation = ${organisation} or co_owners @> array[${organisation}])
    + (select count(*) from sharing.opinion where organisation = ${organisation})
    + (select count(*) from sharing.grant where provider_organisation = ${organisation} or consumer_organisation = ${organisation} or co_owners @> array[${organisation}])
    + (select count(*) from catalog.entry where organisation = ${organisation} or fields @> jsonb_build_array(jsonb_build_object('owner', ${organisation}::text))))::int as count`.execute(database.store.db)
  return rows[0]!.count // an aggregate
}

describe('departments merged in the middle of an application', () => {
  it('on the side of the consumer: the successor supplies, is granted, and uses what was granted before; the clock runs on', async () => {
    const code = await sharedEntry('P1', null)
    const [granted, open] = [await sharing.apply(anApplication(code), officer('C1', 'consumer')), await sharing.apply(anApplication(code), officer('C1', 'consumer'))]
    const { grantId } = await sharing.act(granted.id, 'approve', {}, officer('P1', 'provider'))
    await sharing.act(open.id, 'notify-missing', { missing: ['委托书'] }, officer('P1', 'provider'))
    await merge('C1', 'C2')
    await expect(seenBy(open.id, officer('C1', 'consumer'))).rejects.toMatchObject({ code: 'request/not-found' })
    const seen = await seenBy(open.id, officer('C2', 'consumer'))
    expect(seen).toMatchObject({ state: 'material-owed', consumer: { code: 'C2' }, clock: { workingDays: open.clock.workingDays, startedAt: open.clock.startedAt } })
    expect(seen.history.map(({ action, actor }) => `${action} ${actor.organisation}`)).toContain('submitted C1')
    await sharing.act(open.id, 'supplement', { reason: '委托书' }, officer('C2', 'consumer'))
    expect(await sharing.act(open.id, 'approve', {}, officer('P1', 'provider'))).toMatchObject({ state: 'approved' })
    expect((await sharing.findGrant(grantId!))?.consumer_organisation).toBe('C2')
    expect(await left('C1')).toBe(0)
  })

  it('on the side of the providers: the opinion that was asked is the successor\'s, one with its own', async () => {
    const code = await sharedEntry()
    const asked = await sharing.apply(anApplication(code), officer('C3', 'consumer'))
    const consented = await sharing.apply(anApplication(code), officer('C3', 'consumer'))
    await sharing.act(consented.id, 'approve', {}, officer('P1', 'provider'))
    await merge('P2', 'P1')
    for (const { id, dueAt } of [asked, consented]) {
      const seen = await seenBy(id, officer('P1', 'provider'))
      expect(seen.opinions.map(({ department, state, fields }) => [department.code, state, [...fields].sort()])).toEqual([['P1', 'asked', ['停车场名称', '联系人'].sort()]])
      expect([seen.dueAt, seen.state]).toEqual([dueAt, 'submitted'])
    }
    expect((await sharing.act(asked.id, 'refuse', because, officer('P1', 'provider'))).state).toBe('refused')
    expect((await sharing.act(consented.id, 'approve', {}, officer('P1', 'provider'))).state).toBe('approved')
    expect((await house.catalog.find(code))?.fields.map(({ owner }) => owner ?? null)).not.toContain('P2')
    expect(await left('P2')).toBe(0)
  })

  it('on both sides: nobody asks himself any more', async () => {
    const code = await sharedEntry('P5', null)
    const open = await sharing.apply(anApplication(code), officer('C5', 'consumer'))
    await merge('P5', 'C5')
    const seen = await seenBy(open.id, officer('C5', 'consumer'))
    expect([seen.state, seen.history[0]?.action ?? seen.history.at(-1)?.action]).toEqual(['withdrawn', expect.any(String)])
    expect(seen.history.map(({ reason }) => reason).join()).toContain('部门合并后')
    expect(seen.clocks.every(({ state }) => state === 'stopped')).toBe(true)
    expect((await house.catalog.find(code))?.organisation).toBe('C5')
  })

  it('told twice it changes nothing more; cut off in the middle it goes on with the rest', async () => {
    const code = await sharedEntry('P6', 'P7')
    const ids: string[] = []
    for (let count = 0; count < 4; count++) ids.push((await sharing.apply(anApplication(code), officer('C6', 'consumer'))).id)
    await sharing.act(ids[0]!, 'approve', {}, officer('P6', 'provider'))
    recorded = 0
    failAt = 3
    await expect(merge('P7', 'P8')).rejects.toThrow('killed')
    expect(await left('P7')).toBeGreaterThan(0)
    expect(await left('P8')).toBeGreaterThan(0)
    failAt = 0
    await merge('P7', 'P8')
    expect(await left('P7')).toBe(0)
    const before = await seenBy(ids[1]!, officer('P8', 'provider'))
    await merge('P7', 'P8')
    expect(await seenBy(ids[1]!, officer('P8', 'provider'))).toEqual(before)
    expect((await sharing.act(ids[0]!, 'approve', {}, officer('P8', 'provider'))).state).toBe('approved')
  })
})
