import { Type, type Static } from 'typebox'
import { LOAD_STATES } from './collection.ts'
import { CalendarDate, EntryCode, FieldTypeSchema, Id, Instant, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery, Revision, Words } from './common.ts'
import { operation } from './operation.ts'

export const FORM_STATES = ['draft', 'open', 'closed', 'removed'] as const
export const FORM_ACTIONS = ['open', 'close', 'remove'] as const
/** How often a form is asked for: once, or for each month, quarter or year when it is over. */
export const FORM_RHYTHMS = ['once', 'monthly', 'quarterly', 'yearly'] as const
/** How rounds come into the resource: all of them in each version with the period in a column, or one version a round. */
export const FORM_KEEPS = ['together', 'apart'] as const
/** How far a department has come with a round: asked, filling in, handed in, handed back by the bureau, accepted by it. */
export const FORM_TASK_STATES = ['asked', 'filling', 'submitted', 'returned', 'accepted'] as const
export const FORM_TASK_ACTIONS = ['submit', 'revise', 'return', 'accept'] as const
export const FORM_ROUND_STATES = ['open', 'closed'] as const
export const FORM_ROUND_ACTIONS = ['close', 'open'] as const
/** A part beside its day: it has none, time is left, the last third of the time has begun, it is over, or the part was handed in by then or later. */
export const FORM_STANDINGS = ['undated', 'in-time', 'soon', 'late', 'handed-in', 'handed-in-late'] as const
/** What can be wrong with a value that was filled in. */
export const FORM_ISSUES = [
  'required', 'not-integer', 'not-decimal', 'not-boolean', 'not-date', 'not-datetime', 'too-long', 'too-precise', 'too-small', 'too-large', 'not-in-list', 'not-valid', 'duplicate',
] as const
export const MOST_FORM_FIELDS = 100
export const MOST_FORM_ROWS = 20_000
export const MOST_ROWS_AT_ONCE = 1_000
export const MOST_VALUE_LENGTH = 2_000
/** Code lists of so many codes at most come with the form, to choose from. */
export const MOST_CODES_TO_CHOOSE = 300
/** Working days after the end of a period within which its round may open and be due. */
export const MOST_ROUND_DAYS = 60
/** Rounds that come with a form, the latest first. */
export const MOST_ROUNDS_SHOWN = 60
/** A department has so many working days to mend what was handed back, when its day comes sooner. */
export const DAYS_TO_MEND = 3

export type FormState = (typeof FORM_STATES)[number]
export type FormAction = (typeof FORM_ACTIONS)[number]
export type FormTaskState = (typeof FORM_TASK_STATES)[number]
export type FormTaskAction = (typeof FORM_TASK_ACTIONS)[number]
export type FormRhythm = (typeof FORM_RHYTHMS)[number]
export type FormRoundState = (typeof FORM_ROUND_STATES)[number]
export type FormRoundAction = (typeof FORM_ROUND_ACTIONS)[number]
export type FormStanding = (typeof FORM_STANDINGS)[number]
export type FormIssueCode = (typeof FORM_ISSUES)[number]

const FormFieldSchema = Type.Object({
  name: Words(100),
  /** Data element that it was made from. */
  element: Nullable(Type.String({ maxLength: 40 })),
  type: FieldTypeSchema,
  required: Type.Boolean(),
  /** Characters of a text. */
  maxLength: Nullable(Type.Integer({ minimum: 1, maximum: MOST_VALUE_LENGTH })),
  /** Digits after the point. */
  scale: Nullable(Type.Integer({ minimum: 0, maximum: 12 })),
  minimum: Nullable(Type.Number()),
  maximum: Nullable(Type.Number()),
  /** Values are codes of this list; its names are taken, too, and become codes. */
  codeList: Nullable(Type.String({ maxLength: 60 })),
  /** Values pass the checks of this recogniser, such as `citizen-number`. */
  recognizer: Nullable(Type.String({ maxLength: 60 })),
  help: Nullable(Words(200)),
}, { additionalProperties: false })
export type FormField = Static<typeof FormFieldSchema>

const FormIssueSchema = Type.Object({ field: Type.String(), code: Type.Enum(FORM_ISSUES), limit: Nullable(Type.Number()) })
export type FormIssue = Static<typeof FormIssueSchema>

/** Texts by the name of their field; what is blank is left out. */
const Values = Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: MOST_VALUE_LENGTH, pattern: '^[^\\u0000\\ud800-\\udfff]*$' }))

const FormRowSchema = Type.Object({ id: Id, values: Type.Record(Type.String(), Type.String()), issues: Type.Array(FormIssueSchema), changedBy: Type.String(), changedAt: Instant })
export type FormRow = Static<typeof FormRowSchema>

const FormTaskSchema = Type.Object({
  organisation: OrganisationRef,
  state: Type.Enum(FORM_TASK_STATES),
  rows: Type.Integer(),
  /** Rows of the last handing in. */
  submittedRows: Nullable(Type.Integer()),
  submittedAt: Nullable(Instant),
  submittedBy: Nullable(Type.String()),
  reason: Nullable(Type.String()),
  dueAt: Nullable(Instant, 'end of a working day; later than the round\'s own for what was handed back'),
  standing: Type.Enum(FORM_STANDINGS),
  workingDays: Nullable(Type.Integer({ description: 'left until the day, below 0 after it; of what was handed in, at that time' })),
  allowedActions: Type.Array(Type.Enum(['fill', ...FORM_TASK_ACTIONS])),
})
export type FormTask = Static<typeof FormTaskSchema>

/** A month `2026-10`, a quarter `2026-Q3`, a year `2026`. */
const Period = Type.String({ pattern: '^[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$', examples: ['2026-10', '2026-Q3', '2026'] })

const ScheduleSchema = Type.Object({
  rhythm: Type.Enum(FORM_RHYTHMS),
  keeps: Type.Enum(FORM_KEEPS),
  opensDay: Type.Integer({ minimum: 1, maximum: MOST_ROUND_DAYS, description: 'the working day after the period with which its round opens' }),
  dueDay: Type.Integer({ minimum: 1, maximum: MOST_ROUND_DAYS, description: 'the working day after the period with whose end its round is due' }),
}, { additionalProperties: false })
export type FormSchedule = Static<typeof ScheduleSchema>

const FormRoundSchema = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  /** Null for the only round of a form that is asked for once. */
  period: Nullable(Period),
  state: Type.Enum(FORM_ROUND_STATES),
  openedAt: Instant,
  dueAt: Nullable(Instant),
  departments: Type.Integer(),
  /** Handed in, accepted ones among them. */
  submitted: Type.Integer(),
  accepted: Type.Integer(),
  /** Not handed in though the day is over. */
  late: Type.Integer(),
  handedInLate: Type.Integer(),
  /** The caller's own part. */
  own: Nullable(Type.Object({ state: Type.Enum(FORM_TASK_STATES), standing: Type.Enum(FORM_STANDINGS) })),
  allowedActions: Type.Array(Type.Enum(FORM_ROUND_ACTIONS)),
})
export type FormRound = Static<typeof FormRoundSchema>

const summary = {
  id: Id,
  title: Type.String(),
  /** Department whose resource it fills. */
  organisation: OrganisationRef,
  state: Type.Enum(FORM_STATES),
  /** Day of a form that is asked for once. */
  dueOn: Nullable(Type.String()),
  schedule: ScheduleSchema,
  /** Departments that are asked. */
  departments: Type.Integer(),
  /** Of the round that is shown, as `own`: the latest one, unless another was asked for. */
  submitted: Type.Integer(),
  round: Nullable(FormRoundSchema),
  /** What opens by itself next. */
  next: Nullable(Type.Object({ period: Period, opensAt: Instant, dueAt: Instant })),
  /** The caller's own part. */
  own: Nullable(FormTaskSchema),
  entryCode: Nullable(EntryCode),
  createdAt: Instant,
}
const FormSummarySchema = Type.Object(summary)
export type FormSummary = Static<typeof FormSummarySchema>

const FormSchema = Type.Object({
  ...summary,
  about: Type.String(),
  fields: Type.Array(FormFieldSchema),
  /** Fields whose values together are different in each row of a department. */
  keyFields: Type.Array(Type.String()),
  /** Whom the next round asks. */
  asked: Type.Array(OrganisationRef),
  /** Parts of the round: of all departments for the bureau, of the own one for others. */
  tasks: Type.Array(FormTaskSchema),
  /** The latest first. */
  rounds: Type.Array(FormRoundSchema),
  /** Periods that the bureau may ask for by hand, the latest first. */
  openable: Type.Array(Period),
  /** What the own department handed in for the period before, while nothing stands in this round yet. */
  beginning: Nullable(Type.Object({ period: Nullable(Period), rows: Type.Integer() })),
  /** Codes to choose from, by list; of large lists none. */
  codes: Type.Record(Type.String(), Type.Array(Type.Object({ code: Type.String(), name: Type.String() }))),
  lastLoad: Nullable(Type.Object({ id: Id, state: Type.Enum(LOAD_STATES), rowsRead: Type.Integer() })),
  /** Why what was handed in could not be loaded, by its code. */
  problem: Nullable(Type.String()),
  revision: Revision,
  allowedActions: Type.Array(Type.Enum(['edit', 'open-round', ...FORM_ACTIONS])),
})
export type Form = Static<typeof FormSchema>

const design = {
  title: Words(100),
  about: Words(2_000, 0),
  organisation: OrganisationCode,
  departments: Type.Array(OrganisationCode, { minItems: 1, maxItems: 500, uniqueItems: true }),
  fields: Type.Array(FormFieldSchema, { minItems: 1, maxItems: MOST_FORM_FIELDS }),
  keyFields: Type.Array(Words(100), { maxItems: 10 }),
  dueOn: Nullable(CalendarDate),
  /** Left out: asked for once. */
  schedule: Type.Optional(ScheduleSchema),
}

const RoundNumber = Type.Integer({ minimum: 1, maximum: 100_000 })
/** Left out: the latest round. */
const round = Type.Optional(RoundNumber)

const tag = 'collection'
const FormParams = Type.Object({ id: Id })
const readers = { provider: 'own', steward: 'all', auditor: 'all' } as const
const provider = { provider: 'own' } as const
const steward = { steward: 'all' } as const
const path = '/api/v1/collection/forms'

export const formOperations = {
  listForms: operation({
    id: 'listForms', method: 'GET', path, tag, access: readers, summary: 'Forms: of departments those that they fill in, of the bureau all; the latest first',
    query: Type.Object({ ...PageQuery, state: Type.Optional(Type.Enum(['draft', 'open', 'closed'])) }), response: Page(FormSummarySchema),
  }),
  createForm: operation({
    id: 'createForm', method: 'POST', path, tag, access: steward, status: 201, summary: 'Design a form; nobody sees it before it is opened', body: Type.Object(design), response: FormSchema,
  }),
  getForm: operation({ id: 'getForm', method: 'GET', path: `${path}/{id}`, tag, access: readers, summary: 'A form with its fields and who fills it in', params: FormParams, query: Type.Object({ round }), response: FormSchema }),
  changeForm: operation({
    id: 'changeForm', method: 'PATCH', path: `${path}/{id}`, tag, access: steward,
    summary: 'Change the design of a form that is not open; of an open one only its days and who fills it in', params: FormParams,
    body: Type.Object({
      title: Type.Optional(design.title), about: Type.Optional(design.about), departments: Type.Optional(design.departments), fields: Type.Optional(design.fields),
      keyFields: Type.Optional(design.keyFields), dueOn: Type.Optional(design.dueOn), schedule: design.schedule, revision: Revision,
    }),
    response: FormSchema,
  }),
  actOnForm: operation({
    id: 'actOnForm', method: 'POST', path: `${path}/{id}/actions/{action}`, tag, access: steward, summary: 'Open, close or remove a form',
    params: Type.Object({ id: Id, action: Type.Enum(FORM_ACTIONS) }), body: Type.Object({ reason: Type.Optional(Words(500, 0)) }), response: FormSchema,
  }),
  listFormRows: operation({
    id: 'listFormRows', method: 'GET', path: `${path}/{id}/rows`, tag, access: provider, summary: "The own department's rows, in the order in which they were filled in",
    params: FormParams, query: Type.Object({ ...PageQuery, round }), response: Page(FormRowSchema),
  }),
  saveFormRows: operation({
    id: 'saveFormRows', method: 'POST', path: `${path}/{id}/rows`, tag, access: provider,
    summary: 'Add, change and remove rows; what is wrong with them is told and does not hinder keeping them', params: FormParams,
    body: Type.Object({
      round,
      rows: Type.Array(Type.Object({ id: Type.Optional(Id), values: Values }), { maxItems: MOST_ROWS_AT_ONCE }),
      remove: Type.Array(Id, { maxItems: MOST_ROWS_AT_ONCE, uniqueItems: true }),
    }),
    response: Type.Object({ items: Type.Array(FormRowSchema), total: Type.Integer() }),
  }),
  actOnFormTask: operation({
    id: 'actOnFormTask', method: 'POST', path: `${path}/{id}/tasks/{organisation}/actions/{action}`, tag, access: { provider: 'own', steward: 'all' },
    summary: 'Hand in what a department filled in, take it up again, hand it back, or accept it', params: Type.Object({ id: Id, organisation: OrganisationCode, action: Type.Enum(FORM_TASK_ACTIONS) }),
    body: Type.Object({ round, reason: Type.Optional(Words(500, 0)) }), response: FormSchema,
  }),
  openFormRound: operation({
    id: 'openFormRound', method: 'POST', path: `${path}/{id}/rounds`, tag, access: steward, status: 201, summary: 'Ask for a period by hand: one in progress, or one that was passed over',
    params: FormParams, body: Type.Object({ period: Period, dueOn: Type.Optional(CalendarDate) }), response: FormSchema,
  }),
  actOnFormRound: operation({
    id: 'actOnFormRound', method: 'POST', path: `${path}/{id}/rounds/{round}/actions/{action}`, tag, access: steward, summary: 'Close a round, or open it again',
    params: Type.Object({ id: Id, round: RoundNumber, action: Type.Enum(FORM_ROUND_ACTIONS) }), body: Type.Object({ reason: Type.Optional(Words(500, 0)) }), response: FormSchema,
  }),
  beginFormRows: operation({
    id: 'beginFormRows', method: 'POST', path: `${path}/{id}/rounds/{round}/beginning`, tag, access: provider,
    summary: 'Begin the own part of a round with what was handed in for the period before', params: Type.Object({ id: Id, round: RoundNumber }), body: Type.Object({}),
    response: Type.Object({ rows: Type.Integer() }),
  }),
  formTemplate: operation({
    id: 'formTemplate', method: 'GET', path: `${path}/{id}/template.xlsx`, tag, access: readers, summary: 'An empty sheet with the fields of a form, to fill in and paste from',
    params: FormParams, response: Type.Object({}), produces: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  }),
} as const
