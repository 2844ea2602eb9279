import { Type, type Static } from 'typebox'
import { EntryCode, Id, Instant, Nullable, Words } from './common.ts'
import { operation } from './operation.ts'

export const PUSH_STATES = ['idle', 'running', 'failed', 'paused', 'ended'] as const
export const PUSH_ACTIONS = ['run', 'pause', 'resume'] as const
export const PUSH_KINDS = ['postgresql', 'mariadb'] as const

/** A table in the consumer's database that is kept as the grant lets it be. The password is never shown. */
export const PushTargetSchema = Type.Object({
  id: Id,
  code: EntryCode,
  kind: Type.Enum(PUSH_KINDS),
  host: Type.String(),
  port: Type.Integer(),
  database: Type.String(),
  table: Type.String(),
  user: Type.String(),
  tls: Type.Enum(['off', 'on', 'verify']),
  schedule: Type.Enum(['each-version', 'by-hand']),
  createTable: Type.Boolean(),
  replaceExisting: Type.Boolean(),
  state: Type.Enum(PUSH_STATES),
  /** Why it failed or is paused: a problem code, `by-hand`, or the reason of the push. */
  reason: Nullable(Type.String()),
  version: Nullable(Type.Integer({ description: 'that the table holds' })),
  rowsDone: Type.Integer(),
  rowsPerSecond: Type.Integer(),
  tries: Type.Integer(),
  nextTryAt: Nullable(Instant),
  startedAt: Nullable(Instant),
  finishedAt: Nullable(Instant),
  createdAt: Instant,
})
export type PushTarget = Static<typeof PushTargetSchema>

const tag = 'push'
const CodeParams = Type.Object({ code: EntryCode })
const TargetParams = Type.Object({ code: EntryCode, id: Id })

export const pushOperations = {
  makePushTarget: operation({
    id: 'makePushTarget', method: 'POST', path: '/data/v1/{code}/push-targets', tag, access: 'anyone', status: 201,
    summary: "Names a table in the consumer's database that Datong keeps up to date; the password is sealed and never shown", params: CodeParams,
    body: Type.Object({
      kind: Type.Enum(PUSH_KINDS), host: Words(253), port: Type.Integer({ minimum: 1, maximum: 65_535 }), database: Words(63), table: Words(48), user: Words(128),
      password: Type.String({ minLength: 1, maxLength: 512 }), tls: Type.Optional(Type.Enum(['off', 'on', 'verify'], { default: 'verify' })),
      ca: Type.Optional(Type.String({ maxLength: 65_536, description: 'PEM; certificates to trust for `verify`' })),
      schedule: Type.Optional(Type.Enum(['each-version', 'by-hand'], { default: 'each-version' })),
      createTable: Type.Optional(Type.Boolean({ default: true })), replaceExisting: Type.Optional(Type.Boolean({ default: false, description: 'rows that the table holds already may go' })),
    }),
    response: PushTargetSchema,
  }),
  listPushTargets: operation({
    id: 'listPushTargets', method: 'GET', path: '/data/v1/{code}/push-targets', tag, access: 'anyone', summary: 'Push targets of the caller for an entry', params: CodeParams,
    response: Type.Object({ items: Type.Array(PushTargetSchema) }),
  }),
  getPushTarget: operation({
    id: 'getPushTarget', method: 'GET', path: '/data/v1/{code}/push-targets/{id}', tag, access: 'anyone', summary: 'A push target with its progress', params: TargetParams,
    response: PushTargetSchema,
  }),
  actOnPushTarget: operation({
    id: 'actOnPushTarget', method: 'POST', path: '/data/v1/{code}/push-targets/{id}/actions/{action}', tag, access: 'anyone', summary: 'Pushes now, pauses, resumes',
    params: Type.Object({ ...TargetParams.properties, action: Type.Enum(PUSH_ACTIONS) }), response: PushTargetSchema,
  }),
  endPushTarget: operation({
    id: 'endPushTarget', method: 'DELETE', path: '/data/v1/{code}/push-targets/{id}', tag, access: 'anyone',
    summary: "Ends a push target and forgets the password; what the consumer's table holds stays", params: TargetParams, response: PushTargetSchema,
  }),
} as const
