import { Type, type Static } from 'typebox'
import { TimelineItem } from './catalog.ts'
import { ClockSchema } from './clocks.ts'
import { EntryCode, Id, Instant, IssueSchema, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery, Words } from './common.ts'
import { operation } from './operation.ts'
import { NamingSchema, SEVERITIES } from './quality-rules.ts'

/** A rule of quality that fails, or an error that somebody reported (校核纠错). */
export const TICKET_KINDS = ['rule', 'report'] as const
/** Drawn in the README of the server's module `tickets`. */
export const TICKET_STATES = ['open', 'in-hand', 'mended', 'paused', 'closed', 'rejected', 'dropped', 'withdrawn'] as const
export const TICKET_ACTIONS = ['accept', 'mend', 'reject', 'extend', 'drop', 'confirm', 'dispute', 'withdraw'] as const
/** What who reported an error may do himself. */
export const REPORT_ACTIONS = ['confirm', 'dispute', 'withdraw'] as const
/** What may be done with many tickets at once. */
export const TICKETS_ACTIONS = ['accept', 'mend', 'extend', 'drop'] as const
export type TicketsAction = (typeof TICKETS_ACTIONS)[number]
export type TicketKind = (typeof TICKET_KINDS)[number]
export type TicketState = (typeof TICKET_STATES)[number]
export type TicketAction = (typeof TICKET_ACTIONS)[number]
export type ReportAction = (typeof REPORT_ACTIONS)[number]

/** The cell that a report is about: the row by the value of one of its fields, what stands there, and what should. */
export const ReportedCellSchema = Type.Object({
  row: Nullable(Type.Object({ field: Type.String(), value: Type.String() }), 'the row in which that field has that value'),
  seen: Nullable(Type.String()), proposed: Nullable(Type.String()),
})
export type ReportedCell = Static<typeof ReportedCellSchema>

const Named = Type.Object({ id: Id, name: Type.String() })

export const TicketSchema = Type.Object({
  id: Id, number: Type.String(), kind: Type.Enum(TICKET_KINDS), title: Type.String(), naming: NamingSchema,
  entry: Type.Object({ code: EntryCode, title: Type.String() }),
  field: Nullable(Type.String()),
  department: OrganisationRef,
  state: Type.Enum(TICKET_STATES),
  rule: Nullable(Type.Object({
    id: Type.String(), rule: Type.String({ description: 'which of the catalogue of rules' }), severity: Type.Enum(SEVERITIES),
    checked: Type.Integer(), failed: Type.Integer(), toleranceShare: Type.Number(),
    firstVersion: Type.Integer({ description: 'in which it failed first' }), lastVersion: Type.Integer({ description: 'checked last' }),
  })),
  report: Nullable(Type.Object({
    from: Nullable(OrganisationRef, 'department of who reported; null: one of the public'),
    description: Type.String(),
    cell: Nullable(ReportedCellSchema, 'for the owner of the data and who reported; null for others, and when none was named'),
    recheck: Type.Enum(['by-value', 'by-reporter'], { description: '`by-value`: a version without that value in that row closes the ticket' }),
    support: Type.Integer({ description: 'how many reported the same' }),
    version: Nullable(Type.Integer({ description: 'that was current when it was reported' })),
  })),
  pause: Nullable(Type.Object({
    by: Type.String(), bureau: Type.Boolean({ description: 'the bureau lets it rest: its clock stands; otherwise it runs' }), reason: Type.String(), at: Instant,
    ended: Type.Boolean({ description: 'the rule will not hold again: the bureau decides what becomes of the ticket' }),
  }), 'the rule rests, and nothing is checked against it'),
  handler: Nullable(Named, 'who has it in hand: at first the officer on duty'),
  clock: Nullable(ClockSchema),
  answer: Type.String({ description: 'what was done, or why nothing is to be mended' }),
  reopened: Type.Integer({ description: 'how often it came back' }),
  closedVersion: Nullable(Type.Integer({ description: 'the version that closed it by re-check' })),
  comments: Type.Integer(),
  openedAt: Instant, changedAt: Instant, closedAt: Nullable(Instant),
  mine: Type.Boolean({ description: 'reported by the caller' }),
  allowedActions: Type.Array(Type.Enum([...TICKET_ACTIONS, 'comment'])),
  history: Type.Array(TimelineItem, { description: 'of one ticket: steps with their evidence, and comments' }),
})
export type Ticket = Static<typeof TicketSchema>

/** What who reported an error sees of what became of it. */
export const ReportSchema = Type.Object({
  id: Id, number: Type.String(), entry: Type.Object({ code: EntryCode, title: Type.String() }), field: Nullable(Type.String()), department: OrganisationRef,
  state: Type.Enum(TICKET_STATES), description: Type.String({ description: 'empty for who did not write it' }), answer: Type.String(), clock: Nullable(ClockSchema), reportedAt: Instant, changedAt: Instant,
  allowedActions: Type.Array(Type.Enum(REPORT_ACTIONS)),
  history: Type.Array(Type.Object({ at: Instant, action: Type.String(), by: Type.String({ description: 'the department, the platform, or empty for who reported' }), reason: Type.String() })),
})
export type Report = Static<typeof ReportSchema>

const FiguresSchema = Type.Object({
  open: Type.Integer({ description: 'not closed yet' }), late: Type.Integer(), reports: Type.Integer({ description: 'of the open ones, reported by users' }),
  critical: Type.Integer({ description: 'of the open ones' }), paused: Type.Integer({ description: 'of the open ones, of rules that rest or were ended' }), reopened: Type.Integer({ description: 'that came back within a year' }),
  kept: Type.Integer({ description: 'closed in time within a year' }), missed: Type.Integer({ description: 'closed late within a year, or late now' }),
})
export type TicketFigures = Static<typeof FiguresSchema>

export const DutySchema = Type.Object({ department: OrganisationRef, officer: Named, since: Instant })
export type Duty = Static<typeof DutySchema>

export const CellTraceSchema = Type.Object({
  entry: Type.Object({ code: EntryCode, title: Type.String() }),
  version: Type.Object({ number: Type.Integer(), madeAt: Instant, current: Type.Boolean() }),
  row: Type.Integer({ description: 'place of the row in the version, from 1' }),
  field: Type.String(),
  value: Nullable(Type.String(), 'for the owner of the data; null for others and for an empty cell'),
  since: Nullable(Type.Object({ version: Type.Integer(), row: Type.Integer({ description: 'from 1' }), madeAt: Instant }), 'an older version from which the cell came along unchanged; load, line and all below are of that one'),
  load: Type.Object({ id: Id, file: Type.String(), sha256: Type.String(), at: Instant, by: Type.String() }),
  line: Nullable(Type.Integer({ description: 'physical line of the source file, from 1; null when the row does not come from a line of one file' })),
  inputs: Type.Array(Type.Object({ kind: Type.Enum(['file', 'source', 'form', 'version']), title: Type.String(), entryCode: Nullable(EntryCode), version: Nullable(Type.Integer()) })),
  steps: Type.Array(Type.Object({ kind: Type.String(), title: Type.String(), version: Type.Integer() })),
  origins: Type.Array(Type.Object({ input: Type.Integer({ description: 'place in `inputs`, from 0' }), field: Type.String() })),
  how: Type.String({ description: '`same` as in the source, `changed` in its form, or the expression that made it' }),
  department: OrganisationRef,
  duty: Nullable(Named, 'officer on duty of the department'),
  tickets: Type.Array(Type.Object({ id: Id, number: Type.String(), title: Type.String(), naming: NamingSchema, state: Type.Enum(TICKET_STATES) }), { description: 'that are open on this field' }),
})
export type CellTrace = Static<typeof CellTraceSchema>

const tag = 'tickets'
const IdParams = Type.Object({ id: Id })
const Watchers = { provider: 'own', consumer: 'own', steward: 'all', auditor: 'all', leader: 'all' } as const

export const ticketOperations = {
  listTickets: operation({
    id: 'listTickets', method: 'GET', path: '/api/v1/tickets', tag, access: Watchers,
    summary: 'Faults of data and who mends them, pressing ones first: a department sees those of its entries and those that it reported',
    query: Type.Object({
      ...PageQuery, kind: Type.Optional(Type.Enum(TICKET_KINDS)), state: Type.Optional(Type.Enum([...TICKET_STATES, 'going'], { description: '`going`: not ended yet' })),
      department: Type.Optional(OrganisationCode), entryCode: Type.Optional(EntryCode), severity: Type.Optional(Type.Enum(SEVERITIES)), mine: Type.Optional(Type.Boolean({ description: 'in the caller’s hand' })),
      q: Type.Optional(Words(100)),
    }),
    response: Page(TicketSchema),
  }),
  ticketFigures: operation({
    id: 'ticketFigures', method: 'GET', path: '/api/v1/tickets/figures', tag, access: Watchers, summary: 'Counts of tickets by department, with what was closed in time and late within a year',
    response: Type.Object({ total: FiguresSchema, departments: Type.Array(Type.Object({ department: OrganisationRef, ...FiguresSchema.properties })) }),
  }),
  getTicket: operation({ id: 'getTicket', method: 'GET', path: '/api/v1/tickets/{id}', tag, access: Watchers, summary: 'One ticket with its history', params: IdParams, response: TicketSchema }),
  actOnTicket: operation({
    id: 'actOnTicket', method: 'POST', path: '/api/v1/tickets/{id}/actions/{action}', tag, access: { provider: 'own', consumer: 'own', steward: 'all' },
    summary: 'The owner accepts, mends, rejects with a reason, or extends the clock of a report once; the steward drops; who reported confirms, disputes or withdraws',
    params: Type.Object({ id: Id, action: Type.Enum(TICKET_ACTIONS) }), body: Type.Object({ reason: Type.Optional(Words(1000)) }), response: TicketSchema,
  }),
  actOnTickets: operation({
    id: 'actOnTickets', method: 'POST', path: '/api/v1/tickets/actions/{action}', tag, access: { provider: 'own', steward: 'all' }, summary: 'One step on many tickets, each by itself',
    params: Type.Object({ action: Type.Enum(TICKETS_ACTIONS) }), body: Type.Object({ ids: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }), reason: Type.Optional(Words(1000)) }),
    response: Type.Object({
      items: Type.Array(Type.Object({ id: Id, done: Type.Boolean(), problem: Nullable(Type.Object({ code: Type.String(), title: Type.String(), errors: Type.Array(IssueSchema) })) })),
    }),
  }),
  commentOnTicket: operation({
    id: 'commentOnTicket', method: 'POST', path: '/api/v1/tickets/{id}/comments', tag, access: { provider: 'own', consumer: 'own', steward: 'all' }, status: 201, summary: 'Say something about a ticket; both sides read it',
    params: IdParams, body: Type.Object({ text: Words(1000) }), response: TicketSchema,
  }),
  reportError: operation({
    id: 'reportError', method: 'POST', path: '/api/v1/catalog/entries/{code}/reports', tag, access: 'anyone', status: 201,
    summary: 'Report an error in published data; without an account five a day from one address, with one ten, an officer a hundred',
    params: Type.Object({ code: EntryCode }),
    body: Type.Object({
      description: Words(2000), field: Type.Optional(Words(200)), row: Type.Optional(Type.Object({ field: Words(200), value: Words(500) })),
      seen: Type.Optional(Words(1000)), proposed: Type.Optional(Words(1000)),
    }),
    response: ReportSchema,
  }),
  listReports: operation({
    id: 'listReports', method: 'GET', path: '/api/v1/reports', tag, access: 'signed-in', summary: 'What the caller reported, the newest first', query: Type.Object(PageQuery), response: Page(ReportSchema),
  }),
  getReport: operation({
    id: 'getReport', method: 'GET', path: '/api/v1/reports/{id}', tag, access: 'anyone', summary: 'What became of a report: for who knows its id, which is told to who reported', params: IdParams, response: ReportSchema,
  }),
  actOnReport: operation({
    id: 'actOnReport', method: 'POST', path: '/api/v1/reports/{id}/actions/{action}', tag, access: 'anyone', summary: 'Who reported confirms what was mended, disputes the answer, or withdraws',
    params: Type.Object({ id: Id, action: Type.Enum(REPORT_ACTIONS) }), body: Type.Object({ reason: Type.Optional(Words(1000)) }), response: ReportSchema,
  }),
  listDuty: operation({
    id: 'listDuty', method: 'GET', path: '/api/v1/tickets/duty', tag, access: { provider: 'own', steward: 'all', auditor: 'all', leader: 'all' }, summary: 'Officers on duty for the quality of their departments’ data',
    response: Type.Object({ items: Type.Array(DutySchema) }),
  }),
  setDuty: operation({
    id: 'setDuty', method: 'PUT', path: '/api/v1/tickets/duty/{organisation}', tag, access: { provider: 'own', steward: 'all' }, summary: 'Put a provider officer of the department on duty by user name, or nobody; new tickets come into his hand',
    params: Type.Object({ organisation: OrganisationCode }), body: Type.Object({ username: Nullable(Words(64)) }), response: Type.Object({ duty: Nullable(DutySchema) }),
  }),
  traceCell: operation({
    id: 'traceCell', method: 'GET', path: '/api/v1/catalog/entries/{code}/trace', tag, access: { provider: 'own', steward: 'all', auditor: 'all' },
    summary: 'Where a cell comes from: load, source file and line, department, officer on duty; the value itself is for the owner alone',
    params: Type.Object({ code: EntryCode }),
    query: Type.Object({
      field: Words(200), row: Type.Optional(Type.Integer({ minimum: 1 })),
      by: Type.Optional(Words(200)), is: Type.Optional(Words(500)),
      version: Type.Optional(Type.Integer({ minimum: 1, description: 'the current one by default' })),
    }, { description: '`row`, or for the owner `by` and `is`: the first row in which that field has that value' }),
    response: CellTraceSchema,
  }),
} as const
