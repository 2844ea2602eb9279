import type { Trx } from '@datong/metadata-store'
import type { CollectionContext } from '../context.ts'
import type { LoadRow } from './load-store.ts'

/** Tells of a load that stopped by itself. Who uploads a file looks on; a source, a form or a view loads while nobody does. */
export async function tellStopped(trx: Trx, { events, clock }: Pick<CollectionContext, 'events' | 'clock'>, load: LoadRow, state: 'failed' | 'held'): Promise<void> {
  if (load.kind === 'upload') return
  await events.publish(trx, 'collection.load-stopped', {
    loadId: load.id, entryCode: load.entry_code, organisation: load.organisation, source: load.file_name, state, at: clock.now().toISOString(),
  })
}
