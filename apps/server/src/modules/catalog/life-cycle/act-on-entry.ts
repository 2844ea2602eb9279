import type { EntryAction } from '@datong/contracts'
import { AppError, dueAfterWorkingDays } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { missingForReview } from '../entry/check-entry.ts'
import type { CatalogContext } from '../context.ts'
import type { EntryRecord } from '../entry/entry.ts'
import { mayAct, TRANSITIONS } from './life-cycle.ts'
import { recordChange } from '../entry/record-change.ts'
import { requireVisible } from '../visibility.ts'

/** Review of an entry in working days; a secondary source, to be confirmed by the bureau (`domain.md`, Clocks). */
const REVIEW_WORKING_DAYS = 2

const PAST: Readonly<Record<EntryAction, string>> = { submit: 'submitted', approve: 'approved', return: 'returned', publish: 'published', withdraw: 'withdrawn' }

/**
 * One step of the life cycle. The row is locked, so of two officers who act at once the second meets the new state.
 * @throws AppError `request/not-found`, `access/forbidden`, `request/conflict`, `catalog/wrong-state`, `catalog/invalid-entry`
 */
export async function actOnEntry(
  context: CatalogContext,
  code: string,
  action: EntryAction,
  input: { reason?: string | undefined; revision?: number | undefined },
  caller: Caller,
): Promise<EntryRecord> {
  const transition = TRANSITIONS[action]
  return inTransaction(context.db, async (trx) => {
    const before = requireVisible(await context.entries.lock(trx, code), caller)
    if (!mayAct(caller, before, action)) throw new AppError('access/forbidden', { operation: action })
    if (input.revision !== undefined && input.revision !== before.revision) throw new AppError('request/conflict')
    if (!transition.from.includes(before.state)) throw new AppError('catalog/wrong-state', { action, state: before.state })
    const reason = input.reason ?? ''
    if (transition.needsReason && reason.trim() === '') {
      throw new AppError('catalog/invalid-entry', { code }, [{ pointer: '/reason', code: 'missing', message: '请说明理由' }])
    }
    const issues = action === 'submit' || action === 'publish' ? missingForReview(before) : []
    if (issues.length > 0) throw new AppError('catalog/invalid-entry', { code }, issues)

    const now = context.clock.now()
    const entry = await context.entries.update(trx, before, {
      state: transition.to,
      changedAt: now,
      reviewDueAt: action === 'submit' ? dueAfterWorkingDays(now, REVIEW_WORKING_DAYS, context.calendar) : null,
      ...(action === 'publish' ? { publishedAt: now } : {}),
    })
    await recordChange(trx, context, { entry, actor: caller.actor, action: PAST[action], reason })
    if (action === 'publish') await context.events.publish(trx, 'catalog.entry-published', { entryCode: code })
    if (action === 'withdraw' && before.state === 'published') await context.events.publish(trx, 'catalog.entry-withdrawn', { entryCode: code })
    return entry
  })
}
