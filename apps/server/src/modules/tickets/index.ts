import type { Trx } from '@datong/metadata-store'
import type { ServerModule } from '../../platform/server-module.ts'
import type { TicketsContext, TicketsDeps } from './context.ts'
import { createDutyStore } from './duty/duty-store.ts'
import { ticketsMigration } from './migrations/20261122T0426-tickets.ts'
import { pausedTicketsMigration } from './migrations/20261122T0457-paused-tickets.ts'
import { ticketNamesMigration } from './migrations/20261122T0459-ticket-names.ts'
import { plainTitle } from './record-step.ts'
import { createFilingStore } from './reports/filing-store.ts'
import { recheckReports } from './reports/recheck.ts'
import { ticketRoutes } from './routes.ts'
import { endEntry, lapseReports } from './rules/end-tickets.ts'
import { followRule } from './rules/follow-rule.ts'
import { takeOutcomes } from './rules/take-outcomes.ts'
import { takeMerger } from './take-merger.ts'
import { createTicketStore, type TicketRow } from './ticket-store.ts'

export type { TicketsDeps } from './context.ts'

export const ticketsMigrations = [ticketsMigration, pausedTicketsMigration, ticketNamesMigration]

/** How a department mends what is found and reported. */
export interface Mending {
  readonly organisation: string
  /** Clocks of tickets that ended in time, of those that ended or are late. */
  readonly mending: { readonly good: number; readonly all: number }
}

/** Tickets as other modules use them. */
export interface Tickets extends ServerModule {
  /** A ticket whoever asks, with the accounts that reported it; for the platform's own work. */
  findTicket(id: string): Promise<(TicketRow & { readonly plainTitle: string; readonly reporters: readonly string[] }) | undefined>
  mendingSince(since: Date): Promise<readonly Mending[]>
  /** Takes the tickets of a draft to its new code. */
  moveEntry(trx: Trx, from: string, to: string): Promise<void>
  /** One round of closing reports that nobody disputed. @returns how many */
  lapse(): Promise<number>
}

const LAPSE_EVERY_MS = 3_600_000

export function createTickets(deps: TicketsDeps): Tickets {
  const tickets = createTicketStore(deps.db, deps.cursors)
  const filings = createFilingStore(deps.db, deps.cursors)
  const context: TicketsContext = { ...deps, tickets, filings, duties: createDutyStore(deps.db) }
  let timer: NodeJS.Timeout | undefined
  return {
    routes: ticketRoutes(context),
    async start() {
      const { events } = deps
      await events.subscribe('quality.rules-checked', 'tickets', (event) => takeOutcomes(context, event))
      await events.subscribe('quality.rule-turned', 'tickets', (event) => followRule(context, event))
      await events.subscribe('collection.version-used', 'tickets', ({ entryCode, version }) => recheckReports(context, entryCode, version))
      await events.subscribe('catalog.entry-withdrawn', 'tickets', ({ entryCode }) => endEntry(context, entryCode))
      await events.subscribe('identity.organisation-merged', 'tickets', (event) => takeMerger(context, event))
      timer = setInterval(() => void lapseReports(context).catch((error: unknown) => deps.log.warn({ err: error }, 'reports that nobody disputed could not be closed')), LAPSE_EVERY_MS)
      timer.unref()
    },
    async stop() {
      clearInterval(timer)
    },
    findTicket: async (id) => {
      const row = await tickets.find(id)
      return row && { ...row, plainTitle: plainTitle(row), reporters: row.kind === 'report' ? await filings.accountsOf(id) : [] }
    },
    mendingSince: async (since) => (await deps.catalog.clockRecords(['ticket', 'correction'], since)).map(({ organisation, kept, missed }) => ({ organisation, mending: { good: kept, all: kept + missed } })),
    moveEntry: (trx, from, to) => tickets.moveEntry(trx, from, to),
    lapse: () => lapseReports(context),
  }
}
