import { systemRandom } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../platform/caller.ts'
import type { EventName } from '../../platform/events.ts'
import { createCursorCodec } from '../../platform/cursor.ts'
import { anOfficer, plainOrganisations, recordingEvents } from '../../platform/testing.ts'
import type { ApplicationNote, GrantRecord } from '../sharing/index.ts'
import type { Tickets } from '../tickets/index.ts'
import { createNotices, noticesMigrations, type NoticeDraft, type Notices } from './index.ts'
import { createNoticeStore } from './notice-store.ts'

const TAX = '11330000MB0000001A'
const PARKS = '11330000MB0000002B'
const officer = anOfficer('税务', TAX, 'consumer')
const other = anOfficer('停车', PARKS, 'provider')
const steward = anOfficer('数据局', PARKS, 'steward')

const aNotice = (change: Partial<NoticeDraft> = {}): NoticeDraft => ({
  key: 'application 1 decided', kind: 'application-decided', params: { number: 'A-2026-0001' }, subject: { type: 'application', id: '1' },
  to: { organisation: TAX, roles: ['consumer'] }, ...change,
})

describe('notices', () => {
  let database: TestDatabase
  let notices: Notices
  let events: ReturnType<typeof recordingEvents>
  let application: ApplicationNote
  let ticket: Awaited<ReturnType<Tickets['findTicket']>>
  let now = Date.parse('2026-11-20T02:00:00Z')
  const clock = { now: () => new Date(now++) }
  const cursors = createCursorCodec(new Uint8Array(32))
  const store = () => createNoticeStore(database.store.db, cursors)
  const seenBy = async (caller: Caller): Promise<string[]> => (await store().list({}, caller)).rows.map(({ key }) => key)

  beforeEach(async () => {
    ticket = undefined
    application = { number: 'A-2026-0001', entryTitle: '停车场', state: 'submitted', applicantId: other.actor.id }
    database = await createTestDatabase(noticesMigrations)
    events = recordingEvents()
    notices = createNotices({
      db: database.store.db, events, organisations: plainOrganisations, cursors, clock, random: systemRandom, log: { warn: () => undefined },
      // The reactions read nothing but these of a grant.
      catalog: { find: async () => undefined, findClock: async () => undefined, followersOf: async () => [], clocksOf: async () => [] },
      lists: { findDemand: async () => undefined },
      tickets: { findTicket: async () => ticket },
      sharing: { holdersOf: async () => [], findApplication: async () => application, findGrant: async () => ({ number: 'G-2026-0001', entry_title: '停车场', applicant_id: 'x', provider_organisation: PARKS }) as GrantRecord },
    })
    await notices.start?.()
  })
  afterEach(async () => {
    await notices.stop?.()
    await database.drop()
  })

  it('are seen by the role in the department that they name, and by nobody else', async () => {
    await notices.tell(aNotice())
    expect(await seenBy(officer)).toEqual(['application 1 decided'])
    expect(await seenBy(other)).toEqual([])
    expect(await seenBy(anOfficer('税务另一', TAX, 'provider'))).toEqual([])
    expect(await seenBy(steward)).toEqual([])
  })

  it('reach a role wherever it is held, and a person by name', async () => {
    await notices.tell(aNotice({ key: 'to stewards', to: { roles: ['steward'] } }))
    await notices.tell(aNotice({ key: 'to one', to: { accountId: other.actor.id } }))
    expect(await seenBy(steward)).toEqual(['to stewards'])
    expect(await seenBy(other)).toEqual(['to one'])
  })

  it('tell one happening once', async () => {
    await notices.tell(aNotice())
    await notices.tell(aNotice())
    expect(await seenBy(officer)).toHaveLength(1)
  })

  it('count as unread until that person has read them', async () => {
    for (const key of ['a', 'b', 'c']) await notices.tell(aNotice({ key }))
    const [newest] = (await store().list({}, officer)).rows
    await store().markRead([newest!.id], officer, clock.now())
    expect(await store().countUnread(officer)).toBe(2)
    const colleague = { ...officer, actor: { ...officer.actor, id: '00000000-0000-7000-8000-0000000000ff' } }
    expect(await store().countUnread(colleague)).toBe(3)
    await store().markRead(undefined, officer, clock.now())
    expect(await store().countUnread(officer)).toBe(0)
    expect((await store().list({ unread: true }, officer)).rows).toEqual([])
  })

  it('cannot be marked by somebody whom they are not for', async () => {
    await notices.tell(aNotice())
    const [notice] = (await store().list({}, officer)).rows
    await store().markRead([notice!.id], other, clock.now())
    const { rows } = await sql`select * from notices.reading`.execute(database.store.db)
    expect(rows).toEqual([])
  })

  it('come page by page, the newest first', async () => {
    for (const key of ['a', 'b', 'c']) await notices.tell(aNotice({ key }))
    const first = await store().list({ limit: 2 }, officer)
    const second = await store().list({ limit: 2, cursor: first.nextCursor! }, officer)
    expect([...first.rows, ...second.rows].map(({ key }) => key)).toEqual(['c', 'b', 'a'])
    expect(second.nextCursor).toBeNull()
  })

  it('go after half a year', async () => {
    await notices.tell(aNotice())
    await store().forgetOld(new Date('2027-05-01T00:00:00Z'))
    expect(await seenBy(officer)).toHaveLength(1)
    await store().forgetOld(new Date('2027-06-01T00:00:00Z'))
    expect(await seenBy(officer)).toEqual([])
  })

  const happened = async (name: EventName, payload: object): Promise<void> => {
    await events.publish(undefined as never, name, { entryCode: 'e', applicationId: 'a1', providers: [PARKS], consumer: TAX, ...payload } as never) // the recording bus checks no payload
    await events.deliver()
  }

  it('tell the provider of an application that waits, and of none that a rule has decided', async () => {
    await happened('sharing.application-submitted', {})
    expect((await store().list({}, other)).rows).toMatchObject([{ kind: 'application-submitted', params: { number: 'A-2026-0001', consumer: `部门${TAX}` } }])
    application = { ...application, state: 'approved' }
    await happened('sharing.application-submitted', { applicationId: 'a2' })
    expect(await seenBy(other)).toHaveLength(1)
  })

  it('tell the applicant what people decided: the department, or the person outside one', async () => {
    await happened('sharing.application-decided', { state: 'refused', by: 'department', grantId: null })
    expect((await store().list({}, officer)).rows).toMatchObject([{ kind: 'application-decided', params: { state: 'refused' } }])
    await happened('sharing.application-decided', { applicationId: 'a2', consumer: null, state: 'approved', by: 'bureau', grantId: 'g' })
    expect((await store().list({}, other)).rows).toMatchObject([{ kind: 'application-decided', params: { state: 'approved' } }])
    await happened('sharing.material-asked', { applicationId: 'a4' })
    expect((await store().list({ limit: 1 }, officer)).rows).toMatchObject([{ kind: 'material-owed' }])
    await happened('sharing.application-decided', { applicationId: 'a3', state: 'approved', by: 'rule', grantId: 'g' })
    expect(await seenBy(officer)).toHaveLength(2)
  })

  it('tell the bureau of silence, and both sides of each change of a grant', async () => {
    await happened('sharing.application-escalated', { dueAt: '' })
    expect((await store().list({}, steward)).rows).toMatchObject([{ kind: 'application-escalated' }])
    for (const [state, at] of [['suspended', '1'], ['active', '2'], ['suspended', '3']]) await happened('sharing.grant-changed', { grantId: 'g', state, at })
    await happened('sharing.grant-expired', { grantId: 'g', until: '2026-12-31' })
    expect((await store().list({}, officer)).rows.map(({ kind }) => kind)).toEqual(['grant-expired', 'grant-changed', 'grant-changed', 'grant-changed'])
    expect(await seenBy(other)).toHaveLength(5)
  })

  it('tell who has a report in hand of it, and who reported what became of it; nobody twice', async () => {
    // The reactions read nothing but these of a ticket.
    ticket = { number: 'Q-2026-0001', kind: 'report', title: '泊位数不对', entry_title: '停车场', organisation: PARKS, from_organisation: null, handler_id: null, reporters: [officer.actor.id] } as unknown as NonNullable<typeof ticket>
    const step = (action: string) => happened('tickets.changed', { ticketId: 't1', action, at: action })
    await step('filed')
    await step('filed')
    expect((await store().list({}, other)).rows).toMatchObject([{ kind: 'report-filed', params: { title: '停车场' }, subject_type: 'ticket' }])
    ticket = { ...ticket, handler_id: steward.actor.id }
    await step('mended')
    expect((await store().list({}, officer)).rows).toMatchObject([{ kind: 'report-answered', params: { state: 'ticket-mended' }, subject_type: 'report' }])
    await step('disputed')
    expect((await store().list({}, steward)).rows.map(({ kind }) => kind)).toEqual(['report-disputed', 'report-disputed'])
    expect(await seenBy(other)).toHaveLength(1)
    await happened('tickets.commented', { ticketId: 't1', by: PARKS, at: '1' })
    expect((await store().list({ limit: 1 }, steward)).rows).toMatchObject([{ kind: 'ticket-commented' }])
  })

  it('tell a department of loads that stopped while nobody looked on', async () => {
    const stopped = { loadId: 'l1', entryCode: '301001-000001', organisation: PARKS, source: '停车库', at: '1' }
    for (const state of ['held', 'held', 'failed'] as const) await happened('collection.load-stopped', { ...stopped, state })
    expect((await store().list({}, other)).rows.map(({ kind, params, subject_type: type, subject_id: id }) => [kind, params, type, id]))
      .toEqual([['load-failed', { title: '停车库' }, 'load', 'l1'], ['load-held', { title: '停车库' }, 'load', 'l1']])
    expect(await seenBy(officer)).toEqual([])
  })

  it('tell the security officer and the provider of guessing, once an hour', async () => {
    for (const at of ['2026-11-20T02:10:00Z', '2026-11-20T02:50:00Z', '2026-11-20T03:00:00Z']) {
      await happened('delivery.verification-guessing', { grantId: 'g', organisation: TAX, window: 'identifier', at })
    }
    expect((await store().list({}, anOfficer('安全', null, 'security'))).rows.map(({ kind }) => kind)).toEqual(['guessing-stopped', 'guessing-stopped'])
    expect(await seenBy(other)).toHaveLength(2)
  })
})
