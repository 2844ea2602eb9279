import type { BodyOf, operations, ResponseOf, TicketsAction } from '@datong/contracts'
import type { Caller, Reach } from '../../platform/caller.ts'
import { oneByOne } from '../../platform/one-by-one.ts'
import { actOnTicket } from './act-on-ticket.ts'
import type { TicketsContext } from './context.ts'
import { requireTicket } from './sight.ts'

/** The same step on many tickets, one after the other, each in its own transaction. A fault of the program stops it. */
export async function actOnTickets(
  context: TicketsContext, action: TicketsAction, { ids, reason = '' }: BodyOf<typeof operations.actOnTickets>, caller: Caller, reach: Reach,
): Promise<ResponseOf<typeof operations.actOnTickets>> {
  const taken = await oneByOne(ids, async (id) => actOnTicket(context, (await requireTicket(context, id, caller, reach)).id, action, reason, caller))
  return { items: taken.map(({ id, problem }) => ({ id, done: problem === null, problem })) }
}
