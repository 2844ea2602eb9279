import type { BodyOf, operations } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { HarvestContext } from '../deps.ts'
import type { SourceRow } from '../tables.ts'
import { recordSource } from './record-source.ts'
import { afterSchedule } from './schedule.ts'

/** @throws AppError `harvest/unknown-organisation`, `harvest/source-exists` */
export function makeSource(context: HarvestContext, body: BodyOf<typeof operations.createHarvestSource>, caller: Caller): Promise<SourceRow> {
  const { store, clock, random, organisations } = context
  const url = body.url.trim()
  if (!organisations.has(body.organisation)) throw new AppError('harvest/unknown-organisation', { organisation: body.organisation })
  return inTransaction(context.db, async (trx) => {
    if (await store.hasUrl(trx, url)) throw new AppError('harvest/source-exists', { url })
    const now = clock.now()
    const source = await store.insertSource(trx, {
      ...body, url, id: uuidv7(clock, random), state: 'active', next_run_at: afterSchedule(body.schedule, now), etag: null, harvested_until: null, full_at: null, created_at: now,
    })
    await recordSource(trx, context, { source, actor: caller.actor, action: 'registered' })
    return source
  })
}
