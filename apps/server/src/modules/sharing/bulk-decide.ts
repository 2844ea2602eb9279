import type { BodyOf, operations, ResponseOf } from '@datong/contracts'
import type { Caller } from '../../platform/caller.ts'
import { oneByOne } from '../../platform/one-by-one.ts'
import { actOnApplication } from './act-on-application.ts'
import type { SharingContext } from './context.ts'
import { viewApplications } from './viewing/view-application.ts'

type Answer = ResponseOf<typeof operations.bulkDecide>

/** The same step on many applications, one after the other, each in its own transaction. A fault of the program stops it. */
export async function bulkDecide(context: SharingContext, { ids, action, ...body }: BodyOf<typeof operations.bulkDecide>, caller: Caller): Promise<Answer> {
  // One in, one out.
  const taken = await oneByOne(ids, async (id) => (await viewApplications(context, [await actOnApplication(context, id, action, body, caller)], caller))[0]!)
  const items = taken.map(({ id, result, problem }) => ({ id, done: problem === null, application: result, problem }))
  const done = items.filter((item) => item.done).length
  return { items, done, failed: items.length - done }
}
