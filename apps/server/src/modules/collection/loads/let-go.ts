import type { CollectionContext } from '../context.ts'
import type { LoadRow } from './load-store.ts'

/** Lets go of all that a load kept for further attempts: its file or rows, its checkpoint, and what its intake kept elsewhere. */
export async function letGo(context: CollectionContext, load: LoadRow): Promise<void> {
  await context.workspace.discard(context.workspace.incomingPath(load.id))
  await context.loads.forgetCheckpoint(load.id)
  await context.intakes[load.kind]?.discard?.(load)
}
