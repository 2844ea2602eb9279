import type { BodyOf, operations } from '@datong/contracts'
import { AppError, chinaDay } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { CatalogContext } from '../context.ts'
import { recordChange } from '../entry/record-change.ts'
import { owns } from '../life-cycle/life-cycle.ts'
import { requireVisible } from '../visibility.ts'
import type { ClockRow } from './clocks.ts'

const CHANGED = { duty: '职责变化', data: '数据变化' } as const

/**
 * Notes that a duty or the data changed: the time to update the entry begins on the day on which that became known. It
 * ends with the next change of the entry; while it goes there is no second one.
 * @throws AppError `request/not-found`, `access/forbidden`, `catalog/wrong-state`, `catalog/invalid-entry`
 */
export async function reportChange(context: CatalogContext, code: string, { what, knownOn, note }: BodyOf<typeof operations.reportEntryChange>, caller: Caller): Promise<ClockRow> {
  return inTransaction(context.db, async (trx) => {
    const entry = requireVisible(await context.entries.lock(trx, code), caller)
    if (!holds(caller, 'steward') && !owns(caller, entry)) throw new AppError('access/forbidden', { operation: 'reportEntryChange' })
    const subject = { type: 'entry', id: code } as const
    const there = await context.clocks.going(trx, 'change', subject)
    if (entry.state !== 'published' || there !== undefined) throw new AppError('catalog/wrong-state', { action: 'report-change', state: entry.state })
    const today = chinaDay(context.clock.now())
    if (knownOn > today) throw new AppError('catalog/invalid-entry', { code }, [{ pointer: '/knownOn', code: 'in-future', message: '知悉日期不能晚于今天' }])
    // A day that is known but not its hour: the limit counts from the day after, whatever the hour.
    const from = knownOn === today ? context.clock.now() : new Date(`${knownOn}T12:00:00+08:00`)
    const row = await context.clocks.begin(trx, 'change', { subject, title: entry.title, organisation: entry.organisation }, { from, note: `${CHANGED[what]}：${note}` })
    await recordChange(trx, context, { entry, actor: caller.actor, action: 'change-reported', reason: row.note, detail: { knownOn, dueAt: row.due_at.toISOString() } })
    return row
  })
}
