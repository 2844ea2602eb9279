import { Type } from 'typebox'
import { EntryCode, Nullable } from './common.ts'
import { operation } from './operation.ts'

const tag = 'data'
const CodeParams = Type.Object({ code: EntryCode })

/** A claimed value; numbers longer than 15 digits are sent as text. */
const Claimed = Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean()])

/** Forms of delivery besides rows and files. */
export const interfaceOperations = {
  verify: operation({
    id: 'verify', method: 'POST', path: '/data/v1/{code}/verify', tag, access: 'anyone',
    summary: 'Whether one row has all these values, compared unmasked on the server: `{match}` and nothing else; with `per=field` also which of them hold. At least one identifying field is needed',
    params: CodeParams, query: Type.Object({ per: Type.Optional(Type.Enum(['record', 'field'])) }),
    body: Type.Record(Type.String({ maxLength: 200 }), Claimed, { maxProperties: 50 }),
    response: Type.Object({ match: Type.Boolean(), fields: Type.Optional(Type.Record(Type.String(), Type.Boolean())) }),
  }),
  readStatistics: operation({
    id: 'readStatistics', method: 'GET', path: '/data/v1/{code}/statistics', tag, access: 'anyone',
    summary: 'How many rows have which values of up to three fields, and never a row: groups of few rows or few persons are left out, and counts are rounded',
    params: CodeParams, query: Type.Object({ by: Type.String({ maxLength: 1000, description: 'names of fields, between commas' }) }),
    response: Type.Object({
      by: Type.Array(Type.String()),
      groups: Type.Array(Type.Object({ values: Type.Array(Nullable(Type.Union([Type.String(), Type.Number(), Type.Boolean()]))), count: Type.Integer({ minimum: 0 }) })),
      total: Type.Integer({ minimum: 0, description: 'rows altogether, rounded' }), suppressedRows: Type.Integer({ minimum: 0, description: 'rows of groups that are too small to be told, rounded' }),
      leastCount: Type.Integer({ description: 'smaller groups are left out' }), roundedTo: Type.Integer(), version: Type.Integer(),
    }),
  }),
  resourceOpenApi: operation({
    id: 'resourceOpenApi', method: 'GET', path: '/data/v1/{code}/openapi.json', tag, access: 'anyone',
    summary: 'OpenAPI 3.1 of one resource as this caller gets it: fields, operators, masks, quota, verification, files', params: CodeParams,
    response: Type.Object({ openapi: Type.String(), info: Type.Record(Type.String(), Type.Unknown()), paths: Type.Record(Type.String(), Type.Unknown()) }),
  }),
  resourceSamples: operation({
    id: 'resourceSamples', method: 'GET', path: '/data/v1/{code}/samples', tag, access: 'anyone',
    summary: 'Code that calls the resource as this caller may, in several languages; reads the key from `DATONG_KEY`', params: CodeParams,
    response: Type.Object({
      items: Type.Array(Type.Object({ language: Type.Enum(['curl', 'javascript', 'python', 'java']), purpose: Type.Enum(['rows', 'verify', 'statistics']), code: Type.String() })),
    }),
  }),
  graphql: operation({
    id: 'graphql', method: 'POST', path: '/graphql', tag, access: 'anyone',
    summary: 'Rows of all granted resources in one GraphQL query, with relations between them; at most 6 levels, 30 aliases, 10,000 rows, 5 seconds. Needs a key or a session',
    body: Type.Object({
      query: Type.String({ minLength: 1, maxLength: 20_000 }), variables: Type.Optional(Nullable(Type.Record(Type.String(), Type.Unknown()))),
      operationName: Type.Optional(Nullable(Type.String({ maxLength: 200 }))), extensions: Type.Optional(Type.Unknown()),
    }),
    response: Type.Object({
      data: Type.Optional(Type.Unknown()),
      errors: Type.Optional(Type.Array(Type.Object({ message: Type.String(), extensions: Type.Object({ code: Type.String() }) }))),
      extensions: Type.Optional(Type.Object({ receipts: Type.Record(Type.String(), Type.String({ description: 'receipt id by entry code' })) })),
    }),
  }),
} as const
