import type { WEBHOOK_ACTIONS } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { systemCaller } from '../forms/system-caller.ts'
import type { WebhookContext } from './context.ts'
import { currentPlan } from './deliver-changes.ts'
import { feedOf } from './feed-of.ts'
import { sealPurpose } from './make-webhook.ts'
import { postOutside, webhookUrl } from './post-outside.ts'
import { recordWebhook } from './record-webhook.ts'
import { sendBatchJob } from './send-batch.ts'
import { signedHeaders } from './standard-webhooks.ts'
import type { WebhookRow } from './tables.ts'

type WebhookAction = (typeof WEBHOOK_ACTIONS)[number]

/** From which states each action leads on, and what evidence calls it. */
const ACTIONS = {
  activate: { from: ['pending'], to: 'active', recorded: 'activated' },
  test: { from: ['pending', 'active', 'paused'], to: null, recorded: null },
  pause: { from: ['active'], to: 'paused', recorded: 'paused' },
  resume: { from: ['active', 'paused'], to: 'active', recorded: 'resumed' },
  replay: { from: ['active', 'paused'], to: null, recorded: 'replayed' },
} as const satisfies Record<WebhookAction, object>

/** @throws AppError `delivery/wrong-state`, `delivery/receiver-refused`, `delivery/unknown-position`, and why there is no ground */
export async function actOnWebhook(context: WebhookContext, webhook: WebhookRow, action: WebhookAction, from: number | undefined, caller: Caller): Promise<WebhookRow> {
  const { to, recorded, from: states } = ACTIONS[action]
  const requireState = ({ state }: WebhookRow): void => {
    if (!states.some((one) => one === state)) throw new AppError('delivery/wrong-state', { action, state })
  }
  requireState(webhook)
  const plan = action === 'pause' ? null : await currentPlan(context, await systemCaller(context, webhook.app_id, webhook.maker), webhook.entry_code)
  if (action === 'activate' || action === 'test') await challenge(context, webhook)
  if (action === 'replay' && plan !== null) {
    const last = (await (await feedOf(context, plan)).last(null, webhook.entry_code))?.last_position ?? 0
    if (from === undefined || from > last) throw new AppError('delivery/unknown-position', { last })
  }
  if (recorded === null) return webhook
  return inTransaction(context.store.db, async (trx) => {
    const before = await context.webhooks.lock(trx, webhook.id)
    if (before === undefined) throw new AppError('request/not-found')
    requireState(before)
    await recordWebhook(context, trx, before, recorded, caller.actor, from === undefined ? {} : { from })
    const after = await context.webhooks.update(trx, webhook.id, {
      next_try_at: null, tries: 0,
      ...(to === null ? {} : { state: to, reason: to === 'paused' ? 'by-hand' : null }), ...(action === 'replay' && from !== undefined ? { position: from } : {}),
    })
    if (after.state === 'active') await context.jobs.enqueue(trx, sendBatchJob, { webhookId: webhook.id })
    return after
  })
}

/** Ends a webhook for good; what it was is kept for evidence. */
export async function endWebhook(context: WebhookContext, webhook: WebhookRow, caller: Caller): Promise<WebhookRow> {
  return inTransaction(context.store.db, async (trx) => {
    const before = await context.webhooks.lock(trx, webhook.id)
    if (before === undefined || before.state === 'ended') return webhook
    await recordWebhook(context, trx, before, 'ended', caller.actor)
    return context.webhooks.update(trx, webhook.id, { state: 'ended', reason: 'by-hand', secret: Buffer.alloc(0) })
  })
}

/**
 * Proves that the receiver wants what is sent: it must answer a signed message with the challenge in it, as plain text or
 * as `{"challenge": …}`.
 */
async function challenge(context: WebhookContext, webhook: WebhookRow): Promise<void> {
  const word = Buffer.from(context.random.bytes(18)).toString('base64url')
  const now = context.clock.now()
  const body = JSON.stringify({ type: 'webhook.challenge', timestamp: now.toISOString(), data: { challenge: word } })
  const secret = context.sealer.open(webhook.secret, sealPurpose(webhook.id))
  const refuse = (reason: string): never => {
    throw new AppError('delivery/receiver-refused', { reason })
  }
  const answer = await postOutside(webhookUrl(webhook.url, context.forms), body, signedHeaders(secret, `msg_${word}`, now, body), context.forms)
    .catch((error: unknown) => (error instanceof AppError ? Promise.reject(error) : refuse('no-answer')))
  if (answer.status < 200 || answer.status > 299) refuse(`status ${answer.status}`)
  if (answer.body.trim() !== word && challengeIn(answer.body) !== word) refuse('wrong-challenge')
}

function challengeIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'challenge' in value ? value.challenge : undefined
  } catch {
    return undefined
  }
}
