import type { Actor } from '@datong/contracts'
import { AppError, chinaDay, dueAfterWorkingDays } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { catalogLimits } from '../clocks/limits.ts'
import type { CatalogContext } from '../context.ts'
import type { EntryRecord } from '../entry/entry.ts'
import { recordChange } from '../entry/record-change.ts'

interface Step {
  readonly actor: Actor
  readonly reason: string
}

/** Clocks of an entry that have nothing to measure when it has ended. */
const CLOCKS = ['review', 'change', 'cycle'] as const

/** Ends an entry at once: who uses it learns by the event. */
export async function withdrawNow(trx: Trx, context: CatalogContext, before: EntryRecord, { actor, reason }: Step): Promise<EntryRecord> {
  for (const kind of CLOCKS) await context.clocks.stop(trx, kind, { type: 'entry', id: before.code }, { dropped: true })
  const entry = await context.entries.update(trx, before, { state: 'withdrawn', changedAt: context.clock.now(), reviewDueAt: null })
  await recordChange(trx, context, {
    entry, actor, action: 'withdrawn', reason, ...(entry.withdrawal === null ? {} : { detail: { endsOn: entry.withdrawal.endsOn, replacedBy: entry.withdrawal.replacedBy } }),
  })
  if (before.state === 'published') await context.events.publish(trx, 'catalog.entry-withdrawn', { entryCode: before.code })
  return entry
}

/**
 * Withdraws a published entry with notice: it stays published until the end of its last day. Without a day it is the
 * shortest notice that is set; only the steward may end it sooner, and at once when the day is today or past.
 * @throws AppError `catalog/invalid-entry`
 */
export async function announceWithdrawal(
  trx: Trx, context: CatalogContext, before: EntryRecord,
  { actor, reason, endsOn, replacedBy, mayHurry }: Step & { readonly endsOn?: string | undefined; readonly replacedBy?: string | undefined; readonly mayHurry: boolean },
): Promise<EntryRecord> {
  const now = context.clock.now()
  const notice = await catalogLimits.one(trx, 'withdrawal-notice')
  const earliest = chinaDay(dueAfterWorkingDays(now, notice.workingDays, context.calendar))
  const day = endsOn ?? earliest
  if (day < earliest && !mayHurry) {
    throw new AppError('catalog/invalid-entry', { code: before.code }, [{ pointer: '/endsOn', code: 'too-soon', message: `须提前告知使用者，最早到 ${earliest}` }])
  }
  const withdrawal = { announcedAt: now.toISOString(), endsOn: day, reason, replacedBy: replacedBy ?? null }
  const atOnce = day <= chinaDay(now)
  const entry = await context.entries.update(trx, before, { withdrawal, changedAt: now })
  if (atOnce) return withdrawNow(trx, context, entry, { actor, reason })
  await recordChange(trx, context, { entry, actor, action: 'withdrawal-announced', reason, detail: { endsOn: day, replacedBy: withdrawal.replacedBy } })
  await context.events.publish(trx, 'catalog.withdrawal-announced', { entryCode: before.code, endsOn: day, at: withdrawal.announcedAt })
  await context.events.publish(trx, 'catalog.entry-changed', { entryCode: before.code })
  return entry
}

const ANNOUNCED: Actor = { kind: 'system', id: 'catalog:withdrawals', name: '预告废止到期', organisation: null }

/** Ends an entry whose announced last day is over. @returns whether it was ended now */
export async function endAnnounced(context: CatalogContext, code: string): Promise<boolean> {
  return inTransaction(context.db, async (trx) => {
    const before = await context.entries.lock(trx, code)
    if (before?.state !== 'published' || before.withdrawal === null || before.withdrawal.endsOn >= chinaDay(context.clock.now())) return false
    await withdrawNow(trx, context, before, { actor: ANNOUNCED, reason: before.withdrawal.reason })
    return true
  })
}
