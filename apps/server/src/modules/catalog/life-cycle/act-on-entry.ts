import type { BodyOf, EntryAction, operations } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { CatalogContext } from '../context.ts'
import { missingForReview } from '../entry/check-entry.ts'
import type { EntryRecord } from '../entry/entry.ts'
import { recordChange } from '../entry/record-change.ts'
import { isVisible, requireVisible, sightOf } from '../visibility.ts'
import { mayAct, possible, TRANSITIONS } from './life-cycle.ts'
import { announceWithdrawal, withdrawNow } from './withdraw.ts'

type Input = Partial<BodyOf<typeof operations.actOnEntry>>

const PAST: Readonly<Record<Exclude<EntryAction, 'withdraw'>, string>> = {
  submit: 'submitted', approve: 'approved', return: 'returned', publish: 'published', keep: 'withdrawal-taken-back', reinstate: 'reinstated',
}

/**
 * One step of the life cycle. The row is locked, so of two officers who act at once the second meets the new state.
 * @throws AppError `request/not-found`, `access/forbidden`, `request/conflict`, `catalog/wrong-state`, `catalog/invalid-entry`
 */
export async function actOnEntry(context: CatalogContext, code: string, action: EntryAction, input: Input, caller: Caller): Promise<EntryRecord> {
  return inTransaction(context.db, async (trx) => {
    const before = requireVisible(await context.entries.lock(trx, code), caller)
    if (!mayAct(caller, before, action)) throw new AppError('access/forbidden', { operation: action })
    if (input.revision !== undefined && input.revision !== before.revision) throw new AppError('request/conflict')
    if (!possible(before, action)) throw new AppError('catalog/wrong-state', { action, state: before.state })
    const issues = await issuesOf(trx, context, before, action, input, caller)
    if (issues.length > 0) throw new AppError('catalog/invalid-entry', { code }, issues)
    if (action === 'withdraw') {
      const step = { actor: caller.actor, reason: input.reason ?? '' }
      return before.state === 'published' ? announceWithdrawal(trx, context, before, { ...step, ...input, mayHurry: holds(caller, 'steward') }) : withdrawNow(trx, context, before, step)
    }
    return take(trx, context, before, action, input, caller)
  })
}

async function take(trx: Trx, context: CatalogContext, before: EntryRecord, action: Exclude<EntryAction, 'withdraw'>, input: Input, caller: Caller): Promise<EntryRecord> {
  const { clocks, clock } = context
  const now = clock.now()
  const about = { subject: { type: 'entry', id: before.code }, title: before.title, organisation: before.organisation } as const
  if (action === 'return') await clocks.pause(trx, 'review', about.subject)
  if (action === 'approve' || action === 'publish') await clocks.stop(trx, 'review', about.subject)
  const review = action === 'submit' ? await clocks.begin(trx, 'review', about) : undefined
  const entry = await context.entries.update(trx, before, {
    state: TRANSITIONS[action].to,
    changedAt: now,
    reviewDueAt: review?.due_at ?? null,
    ...(action === 'publish' ? { publishedAt: now } : {}),
    ...(action === 'return' ? { faults: input.faults ?? [] } : before.faults.length > 0 ? { faults: [] } : {}),
    ...(action === 'keep' ? { withdrawal: null } : {}),
  })
  await recordChange(trx, context, {
    entry, actor: caller.actor, action: PAST[action], reason: input.reason ?? '',
    ...(action === 'return' && entry.faults.length > 0 ? { detail: { faults: entry.faults } } : {}),
  })
  const { events } = context
  if (action === 'publish') await events.publish(trx, 'catalog.entry-published', { entryCode: before.code })
  if (action === 'return') await events.publish(trx, 'catalog.entry-returned', { entryCode: before.code, at: now.toISOString() })
  if (action === 'keep') await events.publish(trx, 'catalog.entry-changed', { entryCode: before.code })
  return entry
}

async function issuesOf(trx: Trx, context: CatalogContext, before: EntryRecord, action: EntryAction, { reason = '', replacedBy }: Input, caller: Caller): Promise<Issue[]> {
  const issues: Issue[] = action === 'submit' || action === 'publish' ? missingForReview(before) : []
  if (TRANSITIONS[action].needsReason && reason.trim() === '') issues.push({ pointer: '/reason', code: 'missing', message: '请说明理由' })
  const successor = replacedBy === undefined ? undefined : await context.entries.find(replacedBy, trx)
  const seen = successor?.state === 'published' && successor.code !== before.code && isVisible(successor, sightOf(caller))
  if (replacedBy !== undefined && !seen) {
    issues.push({ pointer: '/replacedBy', code: 'unknown-entry', message: '替代条目须是另一个已发布的条目' })
  }
  return issues
}
