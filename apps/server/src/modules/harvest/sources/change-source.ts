import type { BodyOf, operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { HarvestContext } from '../deps.ts'
import type { SourceRow } from '../tables.ts'
import { recordSource } from './record-source.ts'
import { afterSchedule } from './schedule.ts'

/** @throws AppError `request/not-found`, `request/conflict`, `harvest/unknown-organisation` */
export function changeSource(context: HarvestContext, id: string, { revision, ...body }: BodyOf<typeof operations.changeHarvestSource>, caller: Caller): Promise<SourceRow> {
  const { store, organisations, clock } = context
  if (body.organisation !== undefined && !organisations.has(body.organisation)) throw new AppError('harvest/unknown-organisation', { organisation: body.organisation })
  return inTransaction(context.db, async (trx) => {
    const before = await store.lockSource(trx, id)
    if (before === undefined) throw new AppError('request/not-found')
    if (revision !== undefined && revision !== before.revision) throw new AppError('request/conflict')
    const rescheduled = body.schedule === undefined || body.schedule === before.schedule ? {} : { next_run_at: afterSchedule(body.schedule, clock.now()) }
    const source = await store.updateSource(trx, id, { ...body, ...rescheduled })
    await recordSource(trx, context, { source, actor: caller.actor, action: 'changed' })
    return source
  })
}
