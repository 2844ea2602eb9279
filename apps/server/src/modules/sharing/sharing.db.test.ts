import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOfficer } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { anEntry, catalogFor } from '../catalog/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { createCursorCodec } from '../../platform/cursor.ts'
import { type Sharing, sharingMigrations } from './index.ts'
import { createSharingStore } from './sharing-store.ts'
import { anApplication, problem, sharingFor } from './testing.ts'

const provider = anOfficer('provider', 'P1', 'provider')
const colleague = anOfficer('colleague', 'P1', 'provider')
const consumer = anOfficer('consumer', 'C1', 'consumer')
const stranger = anOfficer('stranger', 'C2', 'consumer')
const steward = anOfficer('steward', 'B', 'steward')
const security = anOfficer('security', 'B', 'security')
const developer = anOfficer('dev', null, 'developer')

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

describe('applying', () => {
  it('grants unconditional data at once, by a rule that is named', async () => {
    const code = await anEntry(house, provider, { store: database.store, sharingType: 'unconditional', publishBy: steward })
    const application = await sharing.apply(anApplication(code), consumer)
    expect(application).toMatchObject({ state: 'approved', clock: { kind: 'answer-unconditional', workingDays: 1, state: 'stopped' } })
    expect(application.history.map(({ action, actor }) => [action, actor.kind])).toEqual([['submitted', 'user'], ['approved', 'system']])
    expect(await sharing.findGrant(application.grantId!)).toMatchObject({ state: 'active', fields: ['停车场名称', '联系人'] })
  })

  it('can be for a coarser form, which the grant then gives, and never asks a mask away', async () => {
    const { id } = await sharing.apply(anApplication(conditional, { masking: { 停车场名称: 'redact' } }), consumer)
    const { grantId } = await sharing.act(id, 'approve', {}, provider)
    expect(await sharing.findGrant(grantId!)).toMatchObject({ masking: { 停车场名称: 'redact' } })
    const refused = await problem(sharing.apply(anApplication(conditional, { masking: { 联系人: 'redact', 泊位数: 'redact', 停车场名称: 'keep' } }), consumer))
    expect(refused.issues.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/masking/联系人 masked-already', '/masking/泊位数 not-asked', '/masking/停车场名称 unknown-masking-method',
    ])
  })

  it('leaves to people rows that are chosen by what a mask hides: a rule would tell it, guess by guess', async () => {
    const code = await anEntry(house, provider, { store: database.store, sharingType: 'unconditional', publishBy: steward })
    const stateFor = async (change: Parameters<typeof anApplication>[1]) => {
      const { state, filterBehindMask } = await sharing.apply(anApplication(code, change), consumer)
      // Who decides is told.
      expect(filterBehindMask.length > 0).toBe(state === 'submitted')
      return state
    }
    expect(await stateFor({ filter: [{ field: '联系人', op: 'like', value: '张%' }] })).toBe('submitted')
    expect(await stateFor({ fields: ['停车场名称'], filter: [{ field: '联系人', op: 'eq', value: '张伟' }] })).toBe('submitted')
    expect(await stateFor({ masking: { 停车场名称: 'redact' }, filter: [{ field: '停车场名称', op: 'eq', value: '东门' }] })).toBe('submitted')
    expect(await stateFor({ filter: [{ field: '停车场名称', op: 'eq', value: '东门' }] })).toBe('approved')
    const empty = await problem(sharing.apply(anApplication(code, { filter: [{ field: '停车场名称', op: 'in', value: [] }] }), consumer))
    expect(empty.issues).toMatchObject([{ pointer: '/filter/0/value', code: 'empty' }])
  })

  it('shows the score of who asks to those who decide and watch, and to nobody else', async () => {
    const { id, consumerCredit } = await sharing.apply(anApplication(conditional), consumer)
    expect(consumerCredit).toBeNull()
    expect((await sharing.act(id, 'approve', {}, provider)).consumerCredit).toBe(80)
  })

  it('starts the clock of ten working days for conditional data', async () => {
    const application = await sharing.apply(anApplication(conditional), consumer)
    expect(application).toMatchObject({
      state: 'submitted', dueAt: '2026-12-04T15:59:59.999Z', clock: { kind: 'answer-conditional', workingDaysLeft: 10, late: false, state: 'running' },
      allowedActions: ['withdraw'],
    })
  })

  it('names every field that the entry does not have, and a time that is past', async () => {
    const refusal = await problem(sharing.apply(anApplication(conditional, { fields: ['停车场名称', '密码', 'x'], until: '2026-11-20' }), consumer))
    expect(refusal.issues.map(({ pointer }) => pointer)).toEqual(['/fields/1', '/fields/2', '/until'])
  })

  it('refuses what is not shared with its legal basis', async () => {
    const code = await anEntry(house, provider, { store: database.store, sharingType: 'not-shared', openingType: 'closed', publishBy: steward })
    expect(await problem(sharing.apply(anApplication(code), consumer))).toMatchObject({ code: 'sharing/not-shared', params: { legalBasis: '《统计法》第九条' } })
  })

  it('does not tell a developer of an entry that is closed to the public', async () => {
    expect((await problem(sharing.apply(anApplication(conditional), developer))).code).toBe('request/not-found')
  })
})

describe('deciding', () => {
  it('makes a grant of what was consented to, with stricter masks and the quota set', async () => {
    const { id } = await sharing.apply(anApplication(conditional), consumer)
    const decided = await sharing.act(id, 'approve', { fields: ['联系人'], masking: { 联系人: 'redact' }, quota: { perSecond: 5, perDay: 100 } }, provider)
    expect(decided).toMatchObject({ state: 'approved', clock: { state: 'stopped' } })
    expect(decided.history.at(-1)?.action).toBe('approved-in-part')
    expect(await sharing.findGrant(decided.grantId!)).toMatchObject({ fields: ['联系人'], masking: { 联系人: 'redact' }, quota_per_second: 5, quota_per_day: 100 })
  })

  it('never gives more than was asked, and never unmasks', async () => {
    const { id } = await sharing.apply(anApplication(conditional, { fields: ['联系人'] }), consumer)
    const refusal = await problem(sharing.act(id, 'approve', { fields: ['联系人', '泊位数'], masking: { 联系人: 'keep' }, until: '2030-01-01' }, provider))
    expect(refusal.issues.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(['/fields/1 not-asked', '/masking/联系人 unknown-masking-method', '/until longer-than-asked'])
  })

  it('refuses only with reason and legal basis', async () => {
    const { id } = await sharing.apply(anApplication(conditional), consumer)
    expect((await problem(sharing.act(id, 'refuse', {}, provider))).issues.map(({ pointer }) => pointer)).toEqual(['/reason', '/legalBasis'])
    const refused = await sharing.act(id, 'refuse', { reason: '与用途无关', legalBasis: '《政务数据共享条例》' }, provider)
    expect(refused).toMatchObject({ state: 'refused', grantId: null })
  })

  it('lets two officers decide only once', async () => {
    const { id } = await sharing.apply(anApplication(conditional), consumer)
    const outcomes = await Promise.allSettled([
      sharing.act(id, 'approve', {}, provider), sharing.act(id, 'refuse', { reason: 'x', legalBasis: 'y' }, colleague),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({ code: 'sharing/wrong-state' })
    const { rows } = await sql`select 1 from sharing.grant where application_id = ${id}`.execute(database.store.db)
    expect(rows.length).toBeLessThanOrEqual(1)
  })

  it('is the provider\'s alone, and hidden from strangers', async () => {
    const { id } = await sharing.apply(anApplication(conditional), consumer)
    expect((await problem(sharing.act(id, 'approve', {}, consumer))).code).toBe('access/forbidden')
    expect((await problem(sharing.act(id, 'approve', {}, stranger))).code).toBe('request/not-found')
  })
})

describe('missing material', () => {
  it('is asked for once, and the clock stands still meanwhile', async () => {
    house.clock.set('2026-11-20T02:00:00Z')
    const { id } = await sharing.apply(anApplication(conditional), consumer)
    house.clock.set('2026-11-24T02:00:00Z') // two of ten days are used
    const paused = await sharing.act(id, 'notify-missing', { reason: '缺授权书' }, provider)
    expect(paused).toMatchObject({ state: 'material-owed', clock: { state: 'paused', workingDaysLeft: 8 } })
    house.clock.set('2026-12-08T02:00:00Z')
    const resumed = await sharing.act(id, 'supplement', { reason: '已补充授权书' }, consumer)
    expect(resumed).toMatchObject({ state: 'submitted', clock: { state: 'running', workingDaysLeft: 8, late: false } })
    expect((await problem(sharing.act(id, 'notify-missing', { reason: '再补' }, provider))).code).toBe('sharing/wrong-state')
    house.clock.set('2026-11-20T02:00:00Z')
  })
})

describe('a grant', () => {
  it('is suspended and resumed by the security officer, and revoked for good', async () => {
    const { id } = await sharing.apply(anApplication(conditional), consumer)
    const { grantId } = await sharing.act(id, 'approve', {}, provider)
    await sharing.act(id, 'suspend', { reason: '异常访问' }, security)
    expect((await sharing.findGrant(grantId!))?.state).toBe('suspended')
    await sharing.act(id, 'resume', { reason: '已查明' }, security)
    await sharing.act(id, 'revoke', { reason: '用途已结束' }, provider)
    expect((await sharing.findGrant(grantId!))?.state).toBe('revoked')
    expect((await problem(sharing.act(id, 'resume', { reason: 'x' }, security))).code).toBe('sharing/wrong-state')
  })

  it('cannot change in the store without its evidence', async () => {
    const { id } = await sharing.apply(anApplication(conditional), consumer)
    const { grantId } = await sharing.act(id, 'approve', {}, provider)
    await expect(sql`update sharing.grant set quota_per_day = 9999999 where id = ${grantId}`.execute(database.store.db)).rejects.toThrow(/without its evidence/)
    await expect(sql`update sharing.application set state = 'refused' where id = ${id}`.execute(database.store.db)).rejects.toThrow(/without its evidence/)
  })
})

describe('the list of applications', () => {
  it('shows what waits for an answer first, and pages to the end', async () => {
    const { rows } = await sql<{ id: string }>`select id from sharing.application where consumer_organisation = 'C1'`.execute(database.store.db)
    const store = createSharingStore(database.store.db, createCursorCodec(new Uint8Array(32)))
    for (const sort of ['dueAt', '-dueAt', 'submittedAt', '-submittedAt'] as const) {
      const seen: { id: string; decided: boolean }[] = []
      let cursor: string | undefined
      do {
        const page = await store.listApplications({ sort, limit: 3, ...(cursor === undefined ? {} : { cursor }) }, { kind: 'organisation', organisation: 'C1' }, house.clock.now())
        seen.push(...page.rows.map((row) => ({ id: row.id, decided: row.decided_at !== null })))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      expect(seen.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort())
      if (sort.endsWith('dueAt')) expect(seen.map(({ decided }) => decided)).toEqual(seen.map(({ decided }) => decided).sort())
    }
  })
})
