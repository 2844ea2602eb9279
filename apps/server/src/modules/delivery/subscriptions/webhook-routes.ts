import { operations, type Webhook } from '@datong/contracts'
import type { Caller } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import { isHeldBy, requireHeld, requireKnown } from '../forms/holder.ts'
import { takeQuota } from '../metering/take-quota.ts'
import { requireScope, requireSigned } from '../plan/key-limits.ts'
import { actOnWebhook, endWebhook } from './act-on-webhook.ts'
import type { WebhookContext } from './context.ts'
import { currentPlan } from './deliver-changes.ts'
import { makeWebhook } from './make-webhook.ts'
import type { WebhookRow } from './tables.ts'

export function webhookRoutes(context: WebhookContext): Route[] {
  const require = async ({ code, id }: { code: string; id: string }, caller: Caller): Promise<WebhookRow> => {
    requireScope(caller, 'subscriptions', code)
    return requireHeld(await context.webhooks.find(id), code, caller, (row) => row.entry_code)
  }

  return [
    route(operations.makeWebhook, async ({ caller, params, body }, request, reply) => {
      requireScope(caller, 'subscriptions', params.code)
      const plan = await currentPlan(context, caller, params.code)
      requireKnown(caller)
      requireSigned(context, plan, caller)
      await takeQuota(context, plan, request, reply)
      const { webhook, secret } = await makeWebhook(context, plan, body, caller)
      return { ...viewWebhook(webhook), secret }
    }),
    route(operations.listWebhooks, async ({ caller, params }) => {
      requireScope(caller, 'subscriptions', params.code)
      return { items: (await context.webhooks.list(params.code)).filter((row) => isHeldBy(row, caller)).map(viewWebhook) }
    }),
    route(operations.getWebhook, async ({ caller, params }) => viewWebhook(await require(params, caller))),
    route(operations.actOnWebhook, async ({ caller, params, body }) => viewWebhook(await actOnWebhook(context, await require(params, caller), params.action, body.from, caller))),
    route(operations.endWebhook, async ({ caller, params }) => viewWebhook(await endWebhook(context, await require(params, caller), caller))),
    route(operations.listDeadBatches, async ({ caller, params }) => {
      const batches = await context.webhooks.deadOf((await require(params, caller)).id)
      return { items: batches.map((one) => ({ messageId: one.message_id, from: one.from_position, to: one.to_position, tries: one.tries, error: one.error, at: one.at.toISOString() })) }
    }),
  ]
}

const viewWebhook = (row: WebhookRow): Webhook => ({
  id: row.id, code: row.entry_code, url: row.url, state: row.state, reason: row.reason, position: row.position, tries: row.tries,
  nextTryAt: row.next_try_at?.toISOString() ?? null, lastError: row.last_error, delivered: row.delivered, deliveredAt: row.delivered_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
})
