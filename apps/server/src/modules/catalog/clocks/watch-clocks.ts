import type { Actor } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import { inTransaction, type Trx, withTables } from '@datong/metadata-store'
import { sql } from 'kysely'
import type { CatalogContext } from '../context.ts'
import { recordChange } from '../entry/record-change.ts'
import { endAnnounced } from '../life-cycle/withdraw.ts'
import type { CatalogTables } from '../tables.ts'
import type { ClockTables } from './tables.ts'

/** What a round of watching found and did. */
export interface Watched {
  readonly begun: number
  readonly ended: number
  readonly told: number
  readonly withdrawn: number
}

const WATCH: Actor = { kind: 'system', id: 'catalog:watch', name: '时限监督', organisation: null }
/** How many of a kind one round takes; the next round takes the rest. */
const BATCH = 500

/**
 * One round: begins the grace of data whose update day has come and the review of what was submitted without a clock,
 * ends clocks whose entry was updated since, ends entries whose announced day is over, and tells of what is due soon and
 * late, once each. Each in its own transaction under the lock of its row, so rounds may overlap, be repeated or be cut off.
 */
export async function watchClocks(context: CatalogContext): Promise<Watched> {
  let [begun, ended, withdrawn] = [0, 0, 0]
  for (const code of await announcedUntil(context, chinaDay(context.clock.now()))) if (await endAnnounced(context, code)) withdrawn++
  for (const { code, subject_id } of await satisfied(context)) if (await endClocks(context, code ?? subject_id)) ended++
  for (const code of await unclocked(context)) if (await beginClock(context, code)) begun++
  return { begun, ended, withdrawn, told: (await tell(context, 'late')) + (await tell(context, 'soon')) }
}

async function announcedUntil({ db }: CatalogContext, today: string): Promise<string[]> {
  const rows = await withTables<CatalogTables>(db).selectFrom('catalog.entry').select('code').where('state', '=', 'published')
    .where(sql<string>`withdrawal ->> 'endsOn'`, '<', today).limit(BATCH).execute()
  return rows.map(({ code }) => code)
}

/** Published entries whose day of update is over, and submitted ones that came in another way than by `submit`; neither with a clock. */
async function unclocked({ db, clock }: CatalogContext): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select code from catalog.entry e where state = 'published' and next_update_due_at < ${clock.now()}
      and not exists (select from catalog.clock c where c.subject_type = 'entry' and c.subject_id = e.code and c.kind = 'cycle' and c.stopped_at is null)
    union all
    select code from catalog.entry e where state = 'submitted'
      and not exists (select from catalog.clock c where c.subject_type = 'entry' and c.subject_id = e.code and c.kind = 'review' and c.stopped_at is null)
    limit ${BATCH}`.execute(db)
  return rows.map(({ code }) => code)
}

async function beginClock(context: CatalogContext, code: string): Promise<boolean> {
  return inTransaction(context.db, async (trx) => {
    const entry = await context.entries.lock(trx, code)
    const dueAt = entry?.nextUpdateDueAt ?? null
    const kind = entry?.state === 'submitted' ? 'review' : entry?.state === 'published' && dueAt !== null && dueAt < context.clock.now() ? 'cycle' : undefined
    if (entry === undefined || kind === undefined) return false
    const about = { subject: { type: 'entry', id: code }, title: entry.title, organisation: entry.organisation } as const
    const clock = await context.clocks.begin(trx, kind, about, { from: kind === 'cycle' ? dueAt! : entry.changedAt }) // due, by the condition
    await recordChange(trx, context, { entry, actor: WATCH, action: 'clock-begun', detail: { clock: kind, dueAt: clock.due_at.toISOString() } })
    return true
  })
}

/** Clocks of updates whose entry was updated after they began, or is not published any more. */
async function satisfied({ db, clock }: CatalogContext): Promise<{ code: string | null; subject_id: string }[]> {
  const { rows } = await sql<{ code: string | null; subject_id: string }>`
    select distinct e.code, c.subject_id from catalog.clock c left join catalog.entry e on e.code = c.subject_id
    where c.subject_type = 'entry' and c.stopped_at is null and (
      (c.kind = 'change' and e.changed_at > c.begun_at)
      or (c.kind = 'cycle' and (e.state <> 'published' or e.next_update_due_at is null or e.next_update_due_at > ${clock.now()}))
      or e.code is null)
    limit ${BATCH}`.execute(db)
  return rows
}

async function endClocks(context: CatalogContext, code: string): Promise<boolean> {
  return inTransaction(context.db, async (trx) => {
    const subject = { type: 'entry', id: code } as const
    const entry = await context.entries.lock(trx, code)
    if (entry === undefined) return dropAll(trx, context, code)
    const ended: string[] = []
    const change = await context.clocks.going(trx, 'change', subject)
    if (change !== undefined && entry.changedAt > change.begun_at) {
      await context.clocks.stop(trx, 'change', subject, { at: entry.changedAt })
      ended.push('change')
    }
    const cycle = await context.clocks.going(trx, 'cycle', subject)
    const updated = entry.nextUpdateDueAt === null || entry.nextUpdateDueAt > context.clock.now()
    if (cycle !== undefined && (updated || entry.state !== 'published')) {
      await context.clocks.stop(trx, 'cycle', subject, { ...(entry.dataUpdatedAt !== null && updated ? { at: entry.dataUpdatedAt } : {}), dropped: entry.state !== 'published' })
      ended.push('cycle')
    }
    if (ended.length > 0) await recordChange(trx, context, { entry, actor: WATCH, action: 'clock-ended', detail: { clocks: ended } })
    return ended.length > 0
  })
}

/** An entry that took another code, or is gone, leaves no clock behind. */
async function dropAll(trx: Trx, context: CatalogContext, code: string): Promise<boolean> {
  for (const kind of ['review', 'change', 'cycle'] as const) await context.clocks.stop(trx, kind, { type: 'entry', id: code }, { dropped: true })
  await context.evidence.record(trx, {
    chain: 'decision', action: 'catalog.clock.dropped', actor: WATCH, parties: [], subject: { type: 'entry', id: code, title: code }, detail: {},
  })
  return true
}

/** Marks what is due soon or late and tells the house in one transaction: once, whatever happens between. */
async function tell(context: CatalogContext, standing: 'soon' | 'late'): Promise<number> {
  const [told, since] = standing === 'soon' ? ['soon_told_at', 'soon_at'] as const : ['late_told_at', 'due_at'] as const
  const now = context.clock.now()
  return inTransaction(context.db, async (trx) => {
    const rows = await withTables<ClockTables>(trx).selectFrom('catalog.clock').select(['id', 'due_at']).where('stopped_at', 'is', null).where('paused_at', 'is', null)
      .where(told, 'is', null).where(since, '<', now).orderBy(since).limit(BATCH).forUpdate().skipLocked().execute()
    if (rows.length === 0) return 0
    // What is late is not told of as due soon any more.
    await withTables<ClockTables>(trx).updateTable('catalog.clock').set({ [told]: now, ...(standing === 'late' ? { soon_told_at: now } : {}) }).where('id', 'in', rows.map(({ id }) => id)).execute()
    for (const { id, due_at } of rows) {
      await context.events.publish(trx, 'catalog.clock-pressing', { clockId: id, standing, dueAt: due_at.toISOString() })
    }
    return rows.length
  })
}
