import { type CalendarYear, operations } from '@datong/contracts'
import { createJobRunner } from '@datong/job-runner'
import { fixedClock } from '@datong/kernel'
import { inTransaction, type Store } from '@datong/metadata-store'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { anOfficer } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { anEntry, catalogFor } from '../catalog/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { evidenceFor } from '../evidence/testing.ts'
import { type Sharing, sharingMigrations } from '../sharing/index.ts'
import { anApplication, askOver, call, problem, sharingFor } from '../sharing/testing.ts'
import { type Calendar, calendarMigrations, createCalendar, type Recounted } from './index.ts'

const steward = anOfficer('steward', 'B', 'steward')
const consumer = anOfficer('consumer', 'C1', 'consumer')
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const clock = fixedClock('2026-11-20T02:00:00Z')
const told: Recounted[][] = []

let database: TestDatabase
let sharing: Sharing
let calendar: Calendar
let elsewhere: Calendar
let applicationId: string
let stop: () => Promise<void>

const aCalendar = (store: Store, jobs: Parameters<typeof createCalendar>[0]['jobs']): Calendar => createCalendar({
  store, jobs, evidence: evidenceFor(store), clock, log: quiet, recount: () => sharing.recountClocks(), tell: async (recounted) => void told.push([...recounted]),
})

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...calendarMigrations, ...catalogMigrations, ...sharingMigrations])
  const { store } = database
  const jobs = createJobRunner({ store, log: quiet, role: 'all', stopTimeoutMs: 1_000 })
  calendar = aCalendar(store, jobs)
  elsewhere = aCalendar(store, { work: async () => undefined, enqueue: async () => undefined })
  await Promise.all([calendar.start?.(), elsewhere.start?.()])
  await jobs.start()
  stop = async () => {
    await jobs.stop()
    await Promise.all([calendar.stop?.(), elsewhere.stop?.()])
  }
  const house = await catalogFor(store)
  sharing = sharingFor(store, house, { calendar: calendar.working, clock })
  const entry = await anEntry(house, anOfficer('provider', 'P1', 'provider'), { store, sharingType: 'conditional', openingType: 'closed', publishBy: steward })
  applicationId = (await sharing.apply(anApplication(entry), consumer)).id
})
afterAll(async () => {
  await stop()
  await database.drop()
})

const dueAt = async (): Promise<string> => (await askOver<{ dueAt: string }>(sharing, operations.getApplication, { caller: consumer, params: { id: applicationId } })).dueAt
const year = (params: string): Promise<CalendarYear> => askOver<CalendarYear>(calendar, operations.getCalendar, { caller: steward, params: { year: params } })
const set = (body: { days: string[]; kind: 'holiday' | 'workday' | 'national'; name?: string; source?: string }) =>
  call(calendar, operations.setCalendarDays, steward, { body: { reason: '台风', ...body } })

describe('the working calendar', () => {
  it('has the holidays and the adjusted working days of the State Council by year', async () => {
    const { items, announced, workingDays } = await year('2026')
    expect(announced).toBe(true)
    expect(items.find(({ day }) => day === '2026-02-17')).toMatchObject({ kind: 'holiday', name: '春节', origin: 'national' })
    expect(items.find(({ day }) => day === '2026-02-14')).toMatchObject({ kind: 'workday', name: '春节' })
    expect(workingDays.reduce((sum, count) => sum + count, 0)).toBe(248)
    expect(await year('2040')).toMatchObject({ announced: false, items: [] })
  })

  it('asks for the name of a day and for what sets it', async () => {
    const refusal = await problem(set({ days: ['2026-11-23'], kind: 'holiday' }))
    expect(refusal).toMatchObject({ code: 'calendar/invalid-days', issues: [{ pointer: '/name' }, { pointer: '/source' }] })
  })

  it('counts in every process with a day that the bureau set, and counts running clocks anew', async () => {
    expect(await dueAt()).toBe('2026-12-04T15:59:59.999Z')
    expect(await set({ days: ['2026-11-23', '2026-11-24'], kind: 'holiday', name: '台风停工', source: '市政府通告' })).toEqual({ changed: 2 })
    await vi.waitFor(() => expect([calendar, elsewhere].map(({ working }) => working.holidays.has('2026-11-24'))).toEqual([true, true]))
    await vi.waitFor(async () => expect(await dueAt()).toBe('2026-12-08T15:59:59.999Z'), 10_000)
    await vi.waitFor(() => expect(told.flat()).toEqual(expect.arrayContaining([{ organisation: 'P1', count: 1 }, { organisation: 'C1', count: 1 }])))
    expect((await year('2026')).items.find(({ day }) => day === '2026-11-24')).toMatchObject({ origin: 'bureau', changedBy: 'steward', source: '市政府通告' })
  })

  it('gives a day back to the nation, and sets nothing that is so already', async () => {
    expect(await set({ days: ['2026-11-23', '2026-11-24'], kind: 'holiday', name: '台风停工', source: '市政府通告' })).toEqual({ changed: 0 })
    expect(await set({ days: ['2026-11-23', '2026-11-24'], kind: 'national' })).toEqual({ changed: 2 })
    await vi.waitFor(async () => expect(await dueAt()).toBe('2026-12-04T15:59:59.999Z'), 10_000)
  })

  it('refuses a day without its evidence', async () => {
    await expect(inTransaction(database.store.db, (trx) =>
      sql`insert into calendar.day values ('2026-12-24', 'holiday', '节', '无', now(), '{}')`.execute(trx))).rejects.toThrow('without its evidence')
  })
})
