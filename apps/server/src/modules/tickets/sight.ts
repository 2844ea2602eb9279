import { AppError } from '@datong/kernel'
import type { Caller, Reach } from '../../platform/caller.ts'
import type { TicketsContext } from './context.ts'
import type { TicketRow } from './ticket-store.ts'

/** The organisation that a reading is limited to; null: no limit. Somebody without one, who reaches only his own, sees nothing. */
export const ownOf = (caller: Caller, reach: Reach): string | null => (reach === 'all' ? null : caller.organisation ?? '')

/** @throws AppError `request/not-found` alike for what is not there and what is between others */
export async function requireTicket({ tickets }: TicketsContext, id: string, caller: Caller, reach: Reach): Promise<TicketRow> {
  const row = await tickets.find(id)
  const own = ownOf(caller, reach)
  if (row === undefined || (own !== null && row.organisation !== own && row.from_organisation !== own)) throw new AppError('request/not-found')
  return row
}
