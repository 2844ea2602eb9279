import { Type, type Static } from 'typebox'
import { CalendarDate, EntryCode, FieldTypeSchema, GradeSchema, Id, Nullable } from './common.ts'
import { operation } from './operation.ts'
import { GIVES } from './sharing-schemas.ts'

export const DOWNLOAD_FORMATS = ['csv', 'json', 'xlsx', 'parquet'] as const

/** A cell on the wire: decimals beyond 15 digits and long numbers are strings, so that no digit is lost. */
export const Cell = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])

export const RowsSchema = Type.Object({
  items: Type.Array(Type.Record(Type.String(), Cell)),
  nextCursor: Nullable(Type.String()),
  version: Type.Integer(),
})
export type Rows = Static<typeof RowsSchema>

const tag = 'data'
const CodeParams = Type.Object({ code: EntryCode })

/** What a call for rows says besides its conditions. */
export const RowsQuery = Type.Object({
  select: Type.Optional(Type.String({ maxLength: 4000 })), sort: Type.Optional(Type.String({ maxLength: 400 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 20 })), cursor: Type.Optional(Type.String({ maxLength: 4000 })),
})

export const deliveryOperations = {
  readRows: operation({
    id: 'readRows', method: 'GET', path: '/data/v1/{code}/rows', tag, access: 'anyone', openQuery: true,
    summary: 'Rows of an entry by grant: `Authorization: Bearer <key>`, or open data without; owners by session. Filters `field=`, `field.gte=`, `.gt=`, `.lt=`, `.lte=`, `.ne=`, `.in=a,b`, `.like=`',
    params: CodeParams,
    query: RowsQuery,
    response: RowsSchema, produces: ['application/json', 'text/csv', 'application/x-ndjson'],
  }),
  describeRows: operation({
    id: 'describeRows', method: 'GET', path: '/data/v1/{code}', tag, access: 'anyone',
    summary: 'Fields that the caller would get, with types and masks, under which grant and quota', params: CodeParams,
    response: Type.Object({
      code: EntryCode, title: Type.String(), version: Type.Integer(), rowCount: Type.Integer(),
      versionRule: Type.Enum(['current', 'fixed'], { description: 'fixed: the grant delivers this version, whatever comes after it' }),
      basis: Type.Enum(['grant', 'open', 'owner']), grantNumber: Nullable(Type.String()),
      gives: Type.Enum(GIVES, { description: 'what a call may get: rows and everything that is less, or only answers about them' }),
      fields: Type.Array(Type.Object({
        name: Type.String(), description: Type.String(), type: FieldTypeSchema, grade: GradeSchema, masking: Nullable(Type.String()),
        identifier: Type.Boolean(), filters: Type.Array(Type.String()), sortable: Type.Boolean(),
      })),
      quota: Nullable(Type.Object({ perSecond: Type.Integer(), perDay: Type.Integer(), total: Type.Optional(Type.Integer()), remainingToday: Type.Integer() })),
    }),
  }),
  download: operation({
    id: 'download', method: 'GET', path: '/data/v1/{code}/download', tag, access: 'anyone',
    summary: 'The whole of what the caller may have, as a file', params: CodeParams,
    query: Type.Object({ format: Type.Enum(DOWNLOAD_FORMATS) }), response: RowsSchema,
    produces: ['text/csv', 'application/json', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.apache.parquet'],
  }),
  usage: operation({
    id: 'usage', method: 'GET', path: '/api/v1/delivery/usage', tag: 'delivery',
    access: { consumer: 'own', provider: 'own', developer: 'own', steward: 'all', security: 'all', auditor: 'all', leader: 'all' },
    summary: 'Calls and rows by day, for a grant or an entry or all in reach',
    query: Type.Object({ grantId: Type.Optional(Id), entryCode: Type.Optional(EntryCode), days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, default: 30 })) }),
    response: Type.Object({
      days: Type.Array(Type.Object({ day: CalendarDate, calls: Type.Integer(), rows: Type.Integer(), bytes: Type.Integer(), errors: Type.Integer() })),
      byEntry: Type.Array(Type.Object({ entryCode: EntryCode, title: Type.String(), calls: Type.Integer(), rows: Type.Integer() })),
      byConsumer: Type.Array(Type.Object({ organisation: Type.String(), name: Type.String(), nameEn: Type.String(), calls: Type.Integer(), rows: Type.Integer() })),
      byPurpose: Type.Array(Type.Object({ purpose: Type.String(), calls: Type.Integer(), rows: Type.Integer() })),
      byGrade: Type.Array(Type.Object({ grade: GradeSchema, calls: Type.Integer(), rows: Type.Integer() }), { description: 'by the highest grade of the entry' }),
      errors: Type.Array(Type.Object({ code: Type.String(), count: Type.Integer() }), { description: 'calls that were refused or failed, by code' }),
      p50Ms: Nullable(Type.Number({ description: 'half of the calls were answered within; upper bound of a class' })),
      p95Ms: Nullable(Type.Number()),
      totalCalls: Type.Integer(), totalRows: Type.Integer(), callsToday: Type.Integer(),
    }),
  }),
} as const
