import { type BodyOf, type ErrorCode, ERRORS, type operations, type ResponseOf } from '@datong/contracts'
import { isAppError } from '@datong/kernel'
import type { Caller } from '../../platform/caller.ts'
import { actOnApplication } from './act-on-application.ts'
import type { SharingContext } from './context.ts'
import { viewApplications } from './viewing/view-application.ts'

type Answer = ResponseOf<typeof operations.bulkDecide>

/** The same step on many applications, one after the other, each in its own transaction. A fault of the program stops it. */
export async function bulkDecide(context: SharingContext, { ids, action, ...body }: BodyOf<typeof operations.bulkDecide>, caller: Caller): Promise<Answer> {
  const items: Answer['items'] = []
  for (const id of ids) {
    try {
      const row = await actOnApplication(context, id, action, body, caller)
      items.push({ id, done: true, application: (await viewApplications(context, [row], caller))[0]!, problem: null }) // one in, one out
    } catch (error) {
      if (!isAppError(error)) throw error
      const { title } = ERRORS[error.code as ErrorCode] // every code that is thrown is registered
      items.push({ id, done: false, application: null, problem: { code: error.code, title, errors: [...error.issues] } })
    }
  }
  const done = items.filter((item) => item.done).length
  return { items, done, failed: items.length - done }
}
