import { Type, type Static } from 'typebox'
import { CalendarDate, EntryCode, Id, Instant, Nullable, OrganisationCode, OrganisationRef, PageQuery, Revision, Words } from './common.ts'
import { operation } from './operation.ts'

/** Kinds of digital resources (数字资源总账本): information systems, databases, interfaces, models, computing resources. */
export const LEDGER_KINDS = ['system', 'database', 'interface', 'model', 'computing'] as const
/** Where a resource is in its life: planned, being built, running, stopped for a time, retired. */
export const LEDGER_STATES = ['planned', 'building', 'running', 'suspended', 'retired'] as const
/** Levels of protection (网络安全等级保护, GB/T 22240). */
export const PROTECTION_LEVELS = [1, 2, 3, 4, 5] as const

export type LedgerKind = (typeof LEDGER_KINDS)[number]
export type LedgerState = (typeof LEDGER_STATES)[number]

const description = {
  kind: Type.Enum(LEDGER_KINDS),
  name: Words(200),
  description: Words(2000, 0),
  /** Who answers for it. */
  organisation: OrganisationCode,
  /** Who runs it, when it is not the department itself. */
  operator: Words(200, 0),
  /** The resource that this one belongs to: a database to its system, an interface to what it opens. */
  partOf: Nullable(Id),
  /** Entries whose data it holds, gives out or is made of. */
  entryCodes: Type.Array(EntryCode, { maxItems: 200, uniqueItems: true }),
  protectionLevel: Nullable(Type.Integer({ minimum: 1, maximum: 5 })),
  since: Nullable(CalendarDate),
  /** Running cost, yuan a year, to the cent. */
  yearlyCost: Nullable(Type.Number({ minimum: 0, maximum: 1e11 })),
  /** How much there is of it, and how much of that is used, in `unit`: cores, TB, calls a day. */
  capacity: Nullable(Type.Number({ minimum: 0, maximum: 1e15 })),
  used: Nullable(Type.Number({ minimum: 0, maximum: 1e15 })),
  unit: Words(20, 0),
}

const LedgerItemSchema = Type.Object({
  ...description,
  id: Id,
  organisation: OrganisationRef,
  state: Type.Enum(LEDGER_STATES),
  partOf: Nullable(Type.Object({ id: Id, name: Type.String() })),
  entries: Type.Array(Type.Object({ code: EntryCode, title: Type.String() }), { description: 'those of `entryCodes` that the caller may see' }),
  changedAt: Instant,
  changedBy: Type.String(),
  revision: Revision,
  allowedActions: Type.Array(Type.Enum(['edit'])),
})
export type LedgerItem = Static<typeof LedgerItemSchema>

const tag = 'ledger'
const readers = { provider: 'own', steward: 'all', auditor: 'all', leader: 'all' } as const
const writers = { provider: 'own', steward: 'all' } as const
const Params = Type.Object({ id: Id })
const filters = {
  q: Type.Optional(Words(100, 0)),
  kind: Type.Optional(Type.Enum(LEDGER_KINDS)),
  state: Type.Optional(Type.Enum(LEDGER_STATES)),
  organisation: Type.Optional(OrganisationCode),
  entryCode: Type.Optional(EntryCode),
}

export const ledgerOperations = {
  listLedger: operation({
    id: 'listLedger', method: 'GET', path: '/api/v1/ledger', tag, access: readers,
    summary: 'Digital resources: systems, databases, interfaces, models and computing resources; departments see their own',
    query: Type.Object({ ...PageQuery, ...filters }),
    response: Type.Object({ items: Type.Array(LedgerItemSchema), nextCursor: Nullable(Type.String()), total: Type.Integer() }),
  }),
  ledgerFigures: operation({
    id: 'ledgerFigures', method: 'GET', path: '/api/v1/ledger/figures', tag, access: readers,
    summary: 'How many resources of each kind and state there are, what they cost a year, and how many have no entry',
    query: Type.Object({ organisation: Type.Optional(OrganisationCode) }),
    response: Type.Object({
      kinds: Type.Array(Type.Object({
        kind: Type.Enum(LEDGER_KINDS), total: Type.Integer(), running: Type.Integer(), withoutEntry: Type.Integer(),
        yearlyCost: Type.Number({ description: 'yuan, of those that run' }),
      })),
    }),
  }),
  addToLedger: operation({
    id: 'addToLedger', method: 'POST', path: '/api/v1/ledger', tag, access: writers,
    summary: 'Enter a resource', body: Type.Object({ ...description, state: Type.Enum(LEDGER_STATES) }), response: LedgerItemSchema,
  }),
  getLedgerItem: operation({
    id: 'getLedgerItem', method: 'GET', path: '/api/v1/ledger/{id}', tag, access: readers,
    summary: 'One resource', params: Params, response: LedgerItemSchema,
  }),
  changeLedgerItem: operation({
    id: 'changeLedgerItem', method: 'PATCH', path: '/api/v1/ledger/{id}', tag, access: writers,
    summary: 'Change the description or state of a resource', params: Params,
    body: Type.Partial(Type.Object({ ...description, state: Type.Enum(LEDGER_STATES), reason: Words(500, 0), revision: Revision })),
    response: LedgerItemSchema,
  }),
} as const
