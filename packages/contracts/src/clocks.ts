import { Type, type Static } from 'typebox'
import { Instant } from './common.ts'

/** Clocks of applications. */
export const APPLICATION_CLOCK_KINDS = ['notice', 'answer-unconditional', 'answer-conditional', 'delivery'] as const
/** Clocks of the catalogue: review of an entry, update after a change, update by its cycle, yearly review of the negative list, answer to a demand, mending what a rule of quality found, answer to a report of an error. */
export const CATALOG_CLOCK_KINDS = ['review', 'change', 'cycle', 'negative-review', 'demand', 'ticket', 'correction'] as const
export type CatalogClockKind = (typeof CATALOG_CLOCK_KINDS)[number]

/** A clock in Chinese working days; see `domain.md`, Clocks. */
export const ClockSchema = Type.Object({
  kind: Type.Enum([...CATALOG_CLOCK_KINDS, ...APPLICATION_CLOCK_KINDS]),
  state: Type.Enum(['running', 'paused', 'stopped']),
  startedAt: Instant,
  dueAt: Instant,
  workingDays: Type.Integer({ description: 'the whole limit, an extension included' }),
  extendedBy: Type.Optional(Type.Integer({ description: 'working days of the extension in it' })),
  workingDaysLeft: Type.Integer({ description: 'negative when late' }),
  late: Type.Boolean(),
  source: Type.String({ description: 'rule that sets the limit' }),
})
export type ClockView = Static<typeof ClockSchema>
