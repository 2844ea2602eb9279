import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { FeedContext } from './context.ts'
import type { WebhookRow } from './tables.ts'

/** Evidence of what happened to a webhook, in the transaction in which it happens. The address counts, its path may be a secret. */
export async function recordWebhook(
  { evidence }: Pick<FeedContext, 'evidence'>, trx: Trx, webhook: Pick<WebhookRow, 'id' | 'entry_code' | 'entry_title' | 'provider' | 'organisation' | 'grant_id' | 'url'>,
  what: 'made' | 'activated' | 'paused' | 'resumed' | 'replayed' | 'ended' | 'batch-given-up', actor: Actor, detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await evidence.record(trx, {
    chain: 'decision', action: `delivery.webhook.${what}`, actor, parties: [...new Set([webhook.provider, ...(webhook.organisation === null ? [] : [webhook.organisation])])],
    subject: { type: 'webhook', id: webhook.id, title: webhook.entry_title },
    detail: { entry: webhook.entry_code, grantId: webhook.grant_id, receiver: new URL(webhook.url).origin, ...detail },
  })
}
