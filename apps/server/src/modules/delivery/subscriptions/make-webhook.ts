import type { BodyOf, operations } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { resolveReceiver } from '../../../platform/outbound.ts'
import { storedCaller } from '../forms/stored-caller.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import type { WebhookContext } from './context.ts'
import { feedOf } from './feed-of.ts'
import { webhookUrl } from './post-outside.ts'
import { recordWebhook } from './record-webhook.ts'
import { SECRET_BYTES, secretText } from './standard-webhooks.ts'
import type { WebhookRow } from './tables.ts'

const MOST_WEBHOOKS = 5

/** What a webhook's secret is sealed for. */
export const sealPurpose = (id: string): string => `webhook ${id}`

/**
 * Registers a webhook of the grant's application, pending until its receiver has answered a challenge.
 * @returns the webhook and its secret, which is readable this one time
 * @throws AppError `delivery/no-grant`, `delivery/too-many-receivers`, `delivery/address-refused`, `delivery/unknown-position`
 */
export async function makeWebhook(
  context: WebhookContext, plan: DeliveryPlan, body: BodyOf<typeof operations.makeWebhook>, caller: Caller,
): Promise<{ webhook: WebhookRow; secret: string }> {
  const { basis } = plan
  if (basis.kind !== 'grant') throw new AppError('delivery/no-grant', { code: plan.entryCode })
  if ((await context.webhooks.countLive(basis.appId, plan.entryCode)) >= MOST_WEBHOOKS) throw new AppError('delivery/too-many-receivers', { limit: MOST_WEBHOOKS })
  const url = webhookUrl(body.url, context.forms)
  await resolveReceiver(url.hostname, 'webhook', context.forms)
  const end = (await (await feedOf(context, plan)).last(null, plan.entryCode))?.last_position ?? 0
  if (body.from !== undefined && body.from > end) throw new AppError('delivery/unknown-position', { last: end })
  const id = uuidv7(context.clock, context.random)
  const secret = secretText(context.random.bytes(SECRET_BYTES))
  const webhook = await inTransaction(context.store.db, async (trx) => {
    const row = await context.webhooks.insert(trx, {
      id, entry_code: plan.entryCode, entry_title: plan.title, provider: plan.provider, grant_id: basis.grantId, app_id: basis.appId, organisation: caller.organisation,
      maker: JSON.stringify(storedCaller(caller)), url: url.href, secret: context.sealer.seal(secret, sealPurpose(id)), state: 'pending', reason: null,
      position: body.from ?? end, next_try_at: null, busy_until: null, last_error: null, delivered_at: null, created_at: context.clock.now(),
    })
    await recordWebhook(context, trx, row, 'made', caller.actor)
    return row
  })
  return { webhook, secret }
}
