import { Type, type Static, type TSchema } from 'typebox'
import { ActorSchema, CalendarDate, EntryCode, GradeSchema, Id, Instant, Nullable, OrganisationRef, Page, PageQuery, Revision, Words } from './common.ts'
import { Cell } from './delivery.ts'
import { operation } from './operation.ts'
import { QuotaSchema } from './sharing-schemas.ts'

const FieldName = Type.String({ maxLength: 200 })
const Source = Type.Integer({ minimum: 0, maximum: 2, description: 'place of the resource in `sources`' })
const ParameterName = Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,39}$', examples: ['kind'] })

/** A query over up to three granted resources, as data; never SQL. The limits hold for what is asked; answers are what was taken. */
const definition = (limits: { readonly hold: boolean }) => {
  const list = <T extends TSchema>(item: T, least: number, most: number) => Type.Array(item, limits.hold ? { minItems: least, maxItems: most } : {})
  return Type.Object({
    /** The first is read by its conditions; every further one is joined to one before it. */
    sources: list(Type.Object({
      entryCode: EntryCode,
      join: Type.Optional(Type.Object({
        kind: Type.Enum(['inner', 'left']),
        /** `field` of this resource equals `with` of an earlier one; both unmasked. */
        on: list(Type.Object({ field: FieldName, source: Source, with: FieldName }), 1, 3),
      })),
    }), 1, 3),
    select: list(Type.Object({ source: Source, field: FieldName, as: Type.Optional(FieldName) }), 1, 100),
    filters: list(Type.Object({
      source: Source, field: FieldName, op: Type.Enum(['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'like']),
      /** Either a fixed value, texts separated by commas for `in`, or the name of a parameter. */
      value: Type.Optional(Type.String({ maxLength: 4_000 })), parameter: Type.Optional(ParameterName),
    }), 0, 20),
    parameters: list(Type.Object({ name: ParameterName, required: Type.Boolean(), description: Words(200, 0) }), 0, 20),
    limit: Type.Integer({ minimum: 1, maximum: 1_000, description: 'most rows of one answer' }),
  })
}
const DefinitionSchema = definition({ hold: true })
export type DerivedDefinition = Static<typeof DefinitionSchema>

const DerivedName = Type.String({ pattern: '^[a-z][a-z0-9-]{1,58}[a-z0-9]$', examples: ['enterprise-with-permits'] })

export const DerivedSchema = Type.Object({
  id: Id, name: DerivedName, title: Type.String(), organisation: OrganisationRef, state: Type.Enum(['active', 'retired']), version: Type.Integer(),
  definition: definition({ hold: false }), revision: Revision, createdAt: Instant, changedAt: Instant,
  /** What the strictest of its inputs leaves to the caller now; null when one of them gives nothing. */
  effective: Nullable(Type.Object({ until: Nullable(CalendarDate), quota: Nullable(QuotaSchema), grade: GradeSchema, masked: Type.Array(Type.String()) })),
  /** Why it gives nothing now. */
  problem: Nullable(Type.String()),
  history: Type.Array(Type.Object({ version: Type.Integer(), at: Instant, by: ActorSchema, receiptId: Id })),
})
export type Derived = Static<typeof DerivedSchema>

const tag = 'derived'
const Reading = { consumer: 'own', steward: 'all', security: 'all', auditor: 'all' } as const
const IdParams = Type.Object({ id: Id })

/** Derived interfaces: saved queries over several granted resources, as safe as the strictest of them. */
export const derivedOperations = {
  createDerived: operation({
    id: 'createDerived', method: 'POST', path: '/api/v1/delivery/derived', tag, access: { consumer: 'own' }, status: 201,
    summary: 'Make an interface of the own department from a query over resources that it was granted',
    body: Type.Object({ name: DerivedName, title: Words(200), definition: DefinitionSchema }), response: DerivedSchema,
  }),
  listDerived: operation({
    id: 'listDerived', method: 'GET', path: '/api/v1/delivery/derived', tag, access: Reading, summary: 'Derived interfaces in reach, newest first',
    query: Type.Object({ ...PageQuery, entryCode: Type.Optional(EntryCode) }), response: Page(DerivedSchema),
  }),
  getDerived: operation({
    id: 'getDerived', method: 'GET', path: '/api/v1/delivery/derived/{id}', tag, access: Reading, summary: 'One derived interface with its versions', params: IdParams, response: DerivedSchema,
  }),
  changeDerived: operation({
    id: 'changeDerived', method: 'PUT', path: '/api/v1/delivery/derived/{id}', tag, access: { consumer: 'own' }, summary: 'Put a new version in its place', params: IdParams,
    body: Type.Object({ title: Words(200), definition: DefinitionSchema, revision: Revision }), response: DerivedSchema,
  }),
  retireDerived: operation({
    id: 'retireDerived', method: 'POST', path: '/api/v1/delivery/derived/{id}/retire', tag, access: { consumer: 'own' }, summary: 'End it; its name stays taken', params: IdParams,
    body: Type.Object({ reason: Words(500), revision: Revision }), response: DerivedSchema,
  }),
  readDerived: operation({
    id: 'readDerived', method: 'GET', path: '/data/v1/derived/{name}', tag, access: 'anyone', openQuery: true,
    summary: 'Rows of a derived interface of the own department: `?parameter=value`; by key or session',
    params: Type.Object({ name: DerivedName }),
    response: Type.Object({
      items: Type.Array(Type.Record(Type.String(), Cell)), complete: Type.Boolean({ description: 'false: there are more rows than the limit' }),
      versions: Type.Record(Type.String(), Type.Integer({ description: 'data version by entry code' })),
    }),
  }),
} as const
