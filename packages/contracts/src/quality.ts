import { Type, type Static } from 'typebox'
import { EntryCode, FieldTypeSchema, Instant, Nullable } from './common.ts'
import { operation } from './operation.ts'

export const FieldProfileSchema = Type.Object({
  name: Type.String(),
  type: FieldTypeSchema,
  rows: Type.Integer(),
  filled: Type.Integer(),
  distinct: Nullable(Type.Integer()),
  distinctApproximate: Type.Boolean(),
  min: Nullable(Type.String()),
  max: Nullable(Type.String()),
  minLength: Nullable(Type.Integer()),
  maxLength: Nullable(Type.Integer()),
  mean: Nullable(Type.Number()),
  standardDeviation: Nullable(Type.Number()),
  /** Hidden (empty) for fields graded above what the caller may see. */
  top: Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() })),
  patterns: Type.Array(Type.Object({ pattern: Type.String(), count: Type.Integer() })),
  histogram: Type.Array(Type.Object({ from: Type.Number(), to: Type.Number(), count: Type.Integer() })),
  hidden: Type.Boolean(),
})
export type FieldProfileView = Static<typeof FieldProfileSchema>

/** Dimensions of GB/T 36344: 规范性 完整性 准确性 一致性 时效性 可访问性. */
export const DIMENSIONS = ['normativity', 'completeness', 'accuracy', 'consistency', 'timeliness', 'accessibility'] as const

export const QualitySchema = Type.Object({
  version: Type.Integer(),
  checkedAt: Instant,
  overall: Type.Number({ minimum: 0, maximum: 1 }),
  stars: Type.Integer({ minimum: 1, maximum: 5 }),
  dimensions: Type.Array(Type.Object({
    dimension: Type.Enum(DIMENSIONS), score: Nullable(Type.Number()), weight: Type.Number(),
  })),
  results: Type.Array(Type.Object({
    rule: Type.String(), field: Nullable(Type.String()), dimension: Type.Enum(DIMENSIONS), score: Nullable(Type.Number()),
    checked: Type.Integer(), failing: Type.Integer(),
    params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()])),
  })),
})
export type Quality = Static<typeof QualitySchema>

const answer = {
  up: Nullable(Type.Boolean(), 'null: not asked, or an address to which the platform does not go'),
  status: Nullable(Type.Integer({ description: 'of HTTP' })),
  reason: Nullable(Type.String({ description: 'why there was no answer' })),
}
export const EndpointSchema = Type.Object({
  kind: Type.Enum(['rows', 'link'], { description: 'rows: the interface of the entry; link: a distribution kept elsewhere' }),
  address: Type.String(),
  ...answer,
  milliseconds: Nullable(Type.Integer()),
  askedAt: Nullable(Instant),
  since: Nullable(Instant, 'when it turned as it is'),
  seen: Type.Array(Type.Object({ at: Instant, ...answer, milliseconds: Type.Integer() }), { description: 'answers of the last 30 days, newest first, at most 48' }),
})
export type EndpointView = Static<typeof EndpointSchema>

const CodeParams = Type.Object({ code: EntryCode })
const VersionQuery = Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) })

export const qualityOperations = {
  getProfile: operation({
    id: 'getProfile', method: 'GET', path: '/api/v1/quality/entries/{code}/profile', tag: 'quality', access: 'anyone',
    summary: 'Profile of each field of a version (the current one by default)', params: CodeParams, query: VersionQuery,
    response: Type.Object({ version: Type.Integer(), rowCount: Type.Integer(), fields: Type.Array(FieldProfileSchema) }),
  }),
  getQuality: operation({
    id: 'getQuality', method: 'GET', path: '/api/v1/quality/entries/{code}', tag: 'quality', access: 'anyone',
    summary: 'Quality figures of a version, by rule and dimension', params: CodeParams, query: VersionQuery, response: QualitySchema,
  }),
  listEndpoints: operation({
    id: 'listEndpoints', method: 'GET', path: '/api/v1/quality/entries/{code}/endpoints', tag: 'quality', access: 'anyone',
    summary: 'Where an entry is to be had, and what each address answered when it was asked', params: CodeParams, response: Type.Object({ items: Type.Array(EndpointSchema) }),
  }),
} as const
