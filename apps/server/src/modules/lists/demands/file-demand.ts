import type { BodyOf, operations } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { type DemandContext, recordStep } from './context.ts'
import type { DemandRow } from './demand-store.ts'
import { isInSight, seesAll } from './steps.ts'

/** So many a day from one account. */
const MOST_A_DAY = 10
const DAY_MS = 86_400_000

/**
 * Files a demand; the bureau learns of it, and who filed it supports it. One of the public is public; a department may keep
 * its own to departments.
 * @throws AppError `lists/too-many-demands`
 */
export async function fileDemand(context: DemandContext, body: BodyOf<typeof operations.fileDemand>, caller: Caller): Promise<DemandRow> {
  const { demands, clock } = context
  const now = clock.now()
  if ((await demands.filedSince(caller.actor.id, new Date(now.getTime() - DAY_MS))) >= MOST_A_DAY) throw new AppError('lists/too-many-demands', { most: MOST_A_DAY })
  return inTransaction(context.db, async (trx) => {
    const row = await demands.insert(trx, {
      id: uuidv7(clock, context.random), number: await demands.nextNumber(trx, now.getUTCFullYear()), title: body.title.trim(), description: body.description.trim(),
      audience: seesAll(caller) ? body.audience ?? 'departments' : 'public', filed_by: caller.actor.id, from_organisation: caller.organisation, state: 'filed',
      organisation: null, answer: '', legal_basis: '', entry_code: null, merged_into: null, filed_at: now, changed_at: now,
    })
    await demands.support(trx, row.id, caller.actor.id, now)
    await recordStep(trx, context, row, 'filed', caller.actor)
    return row
  })
}

/** @throws AppError `request/not-found`, `lists/wrong-state` for one that is over */
export async function supportDemand(context: DemandContext, id: string, support: boolean, caller: Caller): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const row = await context.demands.lock(trx, id)
    if (row === undefined || !isInSight(caller, row)) throw new AppError('request/not-found')
    if (row.state === 'merged' || row.state === 'withdrawn') throw new AppError('lists/wrong-state', { action: 'support', state: row.state })
    await (support ? context.demands.support(trx, id, caller.actor.id, context.clock.now()) : context.demands.leave(trx, id, caller.actor.id))
  })
}
