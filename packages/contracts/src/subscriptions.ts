import { Type, type Static } from 'typebox'
import { EntryCode, Id, Instant, Nullable } from './common.ts'
import { Cell } from './delivery.ts'
import { operation } from './operation.ts'

/**
 * One change of an entry's rows, as the caller may see them. `reset`: forget all rows, those of `version` follow; `version`:
 * rows of the entry have no key, read them anew; otherwise the row `id` was added, changed or removed.
 */
export const ChangeSchema = Type.Object({
  position: Type.Integer(),
  kind: Type.Enum(['reset', 'version', 'added', 'changed', 'removed']),
  version: Type.Integer(),
  id: Nullable(Type.String({ description: 'the same for the same row as long as the grant lasts; tells nothing of the key' })),
  row: Nullable(Type.Record(Type.String(), Cell)),
})
export type Change = Static<typeof ChangeSchema>

export const ChangePageSchema = Type.Object({
  items: Type.Array(ChangeSchema),
  position: Type.Integer({ description: 'go on from here' }),
  more: Type.Boolean(),
  version: Type.Integer(),
  view: Type.String({ description: 'how the rows are seen: fields, masks and row filter of the grant; when it is another one, what was read before looks otherwise now, and is read again from 0' }),
})

export const WEBHOOK_STATES = ['pending', 'active', 'paused', 'ended'] as const
export const WEBHOOK_ACTIONS = ['activate', 'test', 'pause', 'resume', 'replay'] as const

export const WebhookSchema = Type.Object({
  id: Id,
  code: EntryCode,
  url: Type.String(),
  state: Type.Enum(WEBHOOK_STATES),
  /** Why it is paused or ended: a problem code, or `by-hand`. */
  reason: Nullable(Type.String()),
  position: Type.Integer(),
  tries: Type.Integer({ description: 'failed tries of the batch that is next' }),
  nextTryAt: Nullable(Instant),
  lastError: Nullable(Type.String()),
  delivered: Type.Integer({ description: 'batches' }),
  deliveredAt: Nullable(Instant),
  createdAt: Instant,
})
export type Webhook = Static<typeof WebhookSchema>

const tag = 'changes'
const CodeParams = Type.Object({ code: EntryCode })
const WebhookParams = Type.Object({ code: EntryCode, id: Id })

export const subscriptionOperations = {
  readChanges: operation({
    id: 'readChanges', method: 'GET', path: '/data/v1/{code}/changes', tag, access: 'anyone',
    summary: 'Changes behind a position (0: everything), masked and within the grant; as JSON pages, or going on for ever as `text/event-stream`',
    params: CodeParams,
    query: Type.Object({
      from: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200, description: 'positions to look at, seen or not' })),
    }),
    response: ChangePageSchema, produces: ['application/json', 'text/event-stream'],
  }),
  makeWebhook: operation({
    id: 'makeWebhook', method: 'POST', path: '/data/v1/{code}/webhooks', tag, access: 'anyone', status: 201,
    summary: 'Registers an address that changes are sent to, signed by Standard Webhooks; the secret is shown this one time. It begins after `activate`',
    params: CodeParams,
    body: Type.Object({
      url: Type.String({ minLength: 1, maxLength: 2000 }),
      from: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'position to begin behind; what is to come when left out' })),
    }),
    response: Type.Object({ ...WebhookSchema.properties, secret: Type.String() }),
  }),
  listWebhooks: operation({
    id: 'listWebhooks', method: 'GET', path: '/data/v1/{code}/webhooks', tag, access: 'anyone', summary: 'Webhooks of the caller for an entry', params: CodeParams,
    response: Type.Object({ items: Type.Array(WebhookSchema) }),
  }),
  getWebhook: operation({
    id: 'getWebhook', method: 'GET', path: '/data/v1/{code}/webhooks/{id}', tag, access: 'anyone', summary: 'A webhook', params: WebhookParams, response: WebhookSchema,
  }),
  actOnWebhook: operation({
    id: 'actOnWebhook', method: 'POST', path: '/data/v1/{code}/webhooks/{id}/actions/{action}', tag, access: 'anyone',
    summary: '`activate` and `test` send a challenge that the receiver must answer with; `replay` sends again from behind a position',
    params: Type.Object({ ...WebhookParams.properties, action: Type.Enum(WEBHOOK_ACTIONS) }),
    body: Type.Object({ from: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })) }), response: WebhookSchema,
  }),
  endWebhook: operation({
    id: 'endWebhook', method: 'DELETE', path: '/data/v1/{code}/webhooks/{id}', tag, access: 'anyone', summary: 'Ends a webhook for good', params: WebhookParams, response: WebhookSchema,
  }),
  listDeadBatches: operation({
    id: 'listDeadBatches', method: 'GET', path: '/data/v1/{code}/webhooks/{id}/dead-letters', tag, access: 'anyone',
    summary: 'Batches that were given up, the newest first, at most 100; `replay` sends them again', params: WebhookParams,
    response: Type.Object({
      items: Type.Array(Type.Object({ messageId: Type.String(), from: Type.Integer(), to: Type.Integer(), tries: Type.Integer(), error: Type.String(), at: Instant })),
    }),
  }),
} as const
