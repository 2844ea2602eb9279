import { Type, type Static } from 'typebox'
import { LOAD_STATES } from './collection.ts'
import { CalendarDate, EntryCode, FieldTypeSchema, Id, Instant, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery, Revision, Words } from './common.ts'
import { operation } from './operation.ts'

export const FORM_STATES = ['draft', 'open', 'closed', 'removed'] as const
export const FORM_ACTIONS = ['open', 'close', 'remove'] as const
/** How far a department has come: filling in, handed in, or handed back by the bureau. */
export const FORM_TASK_STATES = ['filling', 'submitted', 'returned'] as const
export const FORM_TASK_ACTIONS = ['submit', 'revise', 'return'] as const
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

export type FormState = (typeof FORM_STATES)[number]
export type FormAction = (typeof FORM_ACTIONS)[number]
export type FormTaskState = (typeof FORM_TASK_STATES)[number]
export type FormTaskAction = (typeof FORM_TASK_ACTIONS)[number]
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
  allowedActions: Type.Array(Type.Enum(['fill', ...FORM_TASK_ACTIONS])),
})
export type FormTask = Static<typeof FormTaskSchema>

const summary = {
  id: Id,
  title: Type.String(),
  /** Department whose resource it fills. */
  organisation: OrganisationRef,
  state: Type.Enum(FORM_STATES),
  dueOn: Nullable(Type.String()),
  departments: Type.Integer(),
  submitted: Type.Integer(),
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
  /** Of all departments for the bureau, of the own one for others. */
  tasks: Type.Array(FormTaskSchema),
  /** Codes to choose from, by list; of large lists none. */
  codes: Type.Record(Type.String(), Type.Array(Type.Object({ code: Type.String(), name: Type.String() }))),
  lastLoad: Nullable(Type.Object({ id: Id, state: Type.Enum(LOAD_STATES), rowsRead: Type.Integer() })),
  /** Why what was handed in could not be loaded, by its code. */
  problem: Nullable(Type.String()),
  revision: Revision,
  allowedActions: Type.Array(Type.Enum(['edit', ...FORM_ACTIONS])),
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
}

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
  getForm: operation({ id: 'getForm', method: 'GET', path: `${path}/{id}`, tag, access: readers, summary: 'A form with its fields and who fills it in', params: FormParams, response: FormSchema }),
  changeForm: operation({
    id: 'changeForm', method: 'PATCH', path: `${path}/{id}`, tag, access: steward,
    summary: 'Change the design of a form that is not open; of an open one only its day and who fills it in', params: FormParams,
    body: Type.Object({
      title: Type.Optional(design.title), about: Type.Optional(design.about), departments: Type.Optional(design.departments), fields: Type.Optional(design.fields),
      keyFields: Type.Optional(design.keyFields), dueOn: Type.Optional(design.dueOn), revision: Revision,
    }),
    response: FormSchema,
  }),
  actOnForm: operation({
    id: 'actOnForm', method: 'POST', path: `${path}/{id}/actions/{action}`, tag, access: steward, summary: 'Open, close or remove a form',
    params: Type.Object({ id: Id, action: Type.Enum(FORM_ACTIONS) }), body: Type.Object({ reason: Type.Optional(Words(500, 0)) }), response: FormSchema,
  }),
  listFormRows: operation({
    id: 'listFormRows', method: 'GET', path: `${path}/{id}/rows`, tag, access: provider, summary: "The own department's rows, in the order in which they were filled in",
    params: FormParams, query: Type.Object(PageQuery), response: Page(FormRowSchema),
  }),
  saveFormRows: operation({
    id: 'saveFormRows', method: 'POST', path: `${path}/{id}/rows`, tag, access: provider,
    summary: 'Add, change and remove rows; what is wrong with them is told and does not hinder keeping them', params: FormParams,
    body: Type.Object({
      rows: Type.Array(Type.Object({ id: Type.Optional(Id), values: Values }), { maxItems: MOST_ROWS_AT_ONCE }),
      remove: Type.Array(Id, { maxItems: MOST_ROWS_AT_ONCE, uniqueItems: true }),
    }),
    response: Type.Object({ items: Type.Array(FormRowSchema), total: Type.Integer() }),
  }),
  actOnFormTask: operation({
    id: 'actOnFormTask', method: 'POST', path: `${path}/{id}/tasks/{organisation}/actions/{action}`, tag, access: { provider: 'own', steward: 'all' },
    summary: 'Hand in what a department filled in, take it up again, or hand it back', params: Type.Object({ id: Id, organisation: OrganisationCode, action: Type.Enum(FORM_TASK_ACTIONS) }),
    body: Type.Object({ reason: Type.Optional(Words(500, 0)) }), response: FormSchema,
  }),
  formTemplate: operation({
    id: 'formTemplate', method: 'GET', path: `${path}/{id}/template.xlsx`, tag, access: readers, summary: 'An empty sheet with the fields of a form, to fill in and paste from',
    params: FormParams, response: Type.Object({}), produces: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  }),
} as const
