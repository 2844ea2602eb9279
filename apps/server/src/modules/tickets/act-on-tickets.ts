import { type BodyOf, type ErrorCode, ERRORS, type operations, type ResponseOf, type TicketsAction } from '@datong/contracts'
import { isAppError } from '@datong/kernel'
import type { Caller, Reach } from '../../platform/caller.ts'
import { actOnTicket } from './act-on-ticket.ts'
import type { TicketsContext } from './context.ts'
import { requireTicket } from './sight.ts'

/** The same step on many tickets, one after the other, each in its own transaction. A fault of the program stops it. */
export async function actOnTickets(
  context: TicketsContext, action: TicketsAction, { ids, reason = '' }: BodyOf<typeof operations.actOnTickets>, caller: Caller, reach: Reach,
): Promise<ResponseOf<typeof operations.actOnTickets>> {
  const items: ResponseOf<typeof operations.actOnTickets>['items'] = []
  for (const id of ids) {
    try {
      await actOnTicket(context, (await requireTicket(context, id, caller, reach)).id, action, reason, caller)
      items.push({ id, done: true, problem: null })
    } catch (error) {
      if (!isAppError(error)) throw error
      const { title } = ERRORS[error.code as ErrorCode] // every code that is thrown is registered
      items.push({ id, done: false, problem: { code: error.code, title, errors: [...error.issues] } })
    }
  }
  return { items }
}
