import { BULK_ACTIONS, type BulkAction, type BulkState } from '@datong/contracts'
import { defineJob } from '@datong/job-runner'
import { AppError } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { ImportHead } from './bulk-store.ts'
import type { BulkContext } from './context.ts'
import { requireImport } from './find-import.ts'

/** Applies or undoes an import, whichever its state says; every attempt goes on with the rows that are left. */
export const bulkJob = defineJob<{ id: string }>('catalog/bulk', { retryLimit: 10, retryDelaySeconds: 5, expireInSeconds: 6 * 3_600 })

const FROM: Readonly<Record<BulkAction, readonly BulkState[]>> = { apply: ['previewed'], undo: ['applied'], drop: ['mapping', 'previewed'] }

export const allowedBulkActions = (state: BulkState): ('map' | BulkAction)[] =>
  [...(FROM.drop.includes(state) ? ['map' as const] : []), ...BULK_ACTIONS.filter((action) => FROM[action].includes(state))]

/** One step of an import; what it does to entries is done in the background in the name of who asked for it. @throws AppError `request/not-found`, `catalog/wrong-state` */
export async function actOnBulk(context: BulkContext, id: string, action: BulkAction, reason: string, caller: Caller): Promise<void> {
  await requireImport(context, id, caller)
  await inTransaction(context.db, async (trx) => {
    const head = await context.bulk.lock(trx, id)
    if (head === undefined) throw new AppError('request/not-found')
    if (!FROM[action].includes(head.state)) throw new AppError('catalog/wrong-state', { action, state: head.state })
    if (action === 'drop') return context.bulk.update(trx, id, { state: 'dropped', content: null })
    const tally = (await context.bulk.tallies([id])).get(id)
    const receipt = await recordBulk(trx, context, head, {
      action: action === 'apply' ? 'started' : 'undo-started', actor: caller.actor, detail: { reason, ...(action === 'apply' ? { mapping: head.mapping } : {}), rows: Object.fromEntries(tally ?? []) },
    })
    await context.bulk.update(trx, id, { state: action === 'apply' ? 'applying' : 'undoing', reason, account_id: caller.actor.id, receipt_id: receipt })
    await context.jobs.enqueue(trx, bulkJob, { id })
  })
}

/** The evidence of a step of an import. @returns the receipt's id */
export const recordBulk = (trx: Trx, { evidence }: Pick<BulkContext, 'evidence'>, head: Pick<ImportHead, 'id' | 'file_name' | 'organisation'>, step: { action: string; actor: Caller['actor']; detail: Record<string, unknown> }): Promise<string> =>
  evidence.record(trx, {
    chain: 'decision', action: `catalog.bulk.${step.action}`, actor: step.actor, parties: head.organisation === null ? [] : [head.organisation], subject: { type: 'bulk-import', id: head.id, title: head.file_name }, detail: step.detail,
  })
