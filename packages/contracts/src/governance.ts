import { Type, type Static } from 'typebox'
import { CalendarDate, EntryCode, Instant, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery } from './common.ts'
import { operation } from './operation.ts'

export const CREDIT_COMPONENTS = ['punctuality', 'quality', 'mending', 'use', 'evaluation'] as const

const CreditComponentSchema = Type.Object({
  name: Type.Enum(CREDIT_COMPONENTS),
  good: Type.Number({ description: 'cases done as they should be' }),
  all: Type.Number({ description: 'all cases of the last twelve months' }),
  weight: Type.Number({ description: 'hundredths of the score' }),
  value: Type.Number({ description: '0 to 1: (good + 4 × 0.8) / (all + 4)' }),
  points: Type.Number({ description: 'weight × value' }),
})
export type CreditComponent = Static<typeof CreditComponentSchema>

export const CreditSchema = Type.Object({
  organisation: OrganisationRef,
  day: CalendarDate,
  score: Type.Number({ minimum: 0, maximum: 100 }),
  components: Type.Array(CreditComponentSchema),
  violations: Type.Integer({ description: 'grants taken away for misuse; 10 points each' }),
  before: Nullable(Type.Number({ description: 'the score a month ago' })),
})
export type Credit = Static<typeof CreditSchema>

export const SleepingSchema = Type.Object({
  kind: Type.Enum(['entry', 'grant'], { description: 'published or granted, and not used' }),
  id: Type.String({ description: 'code of the entry or id of the grant' }),
  number: Type.String(),
  entryCode: EntryCode,
  title: Type.String(),
  provider: OrganisationRef,
  consumer: Nullable(OrganisationRef),
  since: Instant,
  lastUsedAt: Nullable(Instant),
  days: Type.Integer({ description: 'days without use' }),
})
export type Sleeping = Static<typeof SleepingSchema>

const tag = 'governance'

export const governanceOperations = {
  listCredit: operation({
    id: 'listCredit', method: 'GET', path: '/api/v1/governance/credit', tag,
    access: { provider: 'own', consumer: 'own', steward: 'all', auditor: 'all', leader: 'all' },
    summary: 'Credit scores of departments with the figures they are made of, the best first',
    response: Type.Object({ items: Type.Array(CreditSchema), computedOn: Nullable(CalendarDate) }),
  }),
  getCredit: operation({
    id: 'getCredit', method: 'GET', path: '/api/v1/governance/credit/{organisation}', tag,
    access: { provider: 'own', consumer: 'own', steward: 'all', auditor: 'all', leader: 'all' },
    summary: 'The credit score of one department and how it came about over the last year',
    params: Type.Object({ organisation: OrganisationCode }),
    response: Type.Object({ credit: CreditSchema, history: Type.Array(Type.Object({ day: CalendarDate, score: Type.Number() })) }),
  }),
  listSleeping: operation({
    id: 'listSleeping', method: 'GET', path: '/api/v1/governance/sleeping', tag,
    access: { provider: 'own', consumer: 'own', steward: 'all', auditor: 'all', leader: 'all' },
    summary: 'Published entries and active grants that nobody has used for the set time, the longest first',
    query: Type.Object({ ...PageQuery, kind: Type.Optional(Type.Enum(['entry', 'grant'])) }),
    response: Type.Object({ ...Page(SleepingSchema).properties, afterDays: Type.Integer({ description: 'the set time' }) }),
  }),
} as const
