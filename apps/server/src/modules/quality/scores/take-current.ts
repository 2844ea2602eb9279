import { inTransaction } from '@datong/metadata-store'
import type { DomainEvents } from '../../../platform/events.ts'
import { queueCheck } from '../checking/check-job.ts'
import type { QualityContext } from '../context.ts'

/** Another version came into use: it is held against the rules as they are now, and the entry has its stars. */
export async function takeCurrent(context: QualityContext, { entryCode, version }: DomainEvents['collection.version-used']): Promise<void> {
  if ((await context.standings.find(entryCode))?.version === version) return
  await inTransaction(context.db, (trx) => queueCheck(trx, context, entryCode))
}
