import { Type, type Static, type TSchema } from 'typebox'
import { FIELD_TYPES, GRADES } from '@datong/kernel'

export const IssueSchema = Type.Object({ pointer: Type.String(), code: Type.String(), message: Type.String() })

/** RFC 9457 problem details with all issues found. */
export const ProblemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  instance: Type.String(),
  code: Type.String(),
  params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))),
  errors: Type.Array(IssueSchema),
})
export type Problem = Static<typeof ProblemSchema>

export const Instant = Type.String({ format: 'date-time', description: 'RFC 3339, UTC' })
export const CalendarDate = Type.String({ format: 'date' })
export const Id = Type.String({ format: 'uuid' })
export const FieldTypeSchema = Type.Enum(FIELD_TYPES)
export const GradeSchema = Type.Enum(GRADES)
export const Empty = Type.Object({})
export const Nullable = <T extends TSchema>(schema: T, description?: string) =>
  Type.Union([schema, Type.Null()], description === undefined ? {} : { description })

/** Text a person types, bounded: no control characters except line breaks, no halves of characters (lone surrogates). */
export const Words = (maxLength: number, minLength = 1) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ud800-\\udfff]*$' })

/** Entry code in the form used in URLs: 类 项 目 细目 `-` sequence, e.g. `306007-000123`. */
export const EntryCode = Type.String({ pattern: '^[1-9][0-9]{5,11}-[0-9]{6}$', examples: ['306007-000123'] })

/** Department code: unified social credit code, GB 32100. */
export const OrganisationCode = Type.String({ pattern: '^[0-9A-HJ-NP-RT-UW-Y]{18}$' })

/** Optimistic lock: the revision that the caller saw; another one in the store answers 409. */
export const Revision = Type.Integer({ minimum: 0 })

export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 20 })),
  cursor: Type.Optional(Type.String({ maxLength: 2000 })),
}

export const Page = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    nextCursor: Nullable(Type.String()),
    total: Type.Optional(Type.Integer()),
  })

export const OrganisationRef = Type.Object({ code: Type.String(), name: Type.String(), nameEn: Type.String() })
export type OrganisationRef = Static<typeof OrganisationRef>

export const ActorSchema = Type.Object({
  kind: Type.Enum(['user', 'application', 'system', 'public']),
  id: Type.String(),
  name: Type.String(),
  organisation: Nullable(Type.String({ description: 'organisation code' })),
})
export type Actor = Static<typeof ActorSchema>
