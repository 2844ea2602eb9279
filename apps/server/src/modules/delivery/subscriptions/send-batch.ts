import { defineJob } from '@datong/job-runner'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { SYSTEM_ACTOR } from '../../identity/index.ts'
import { systemCaller } from '../forms/system-caller.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import type { WebhookContext } from './context.ts'
import { currentPlan, recordChanges } from './deliver-changes.ts'
import { feedOf } from './feed-of.ts'
import { sealPurpose } from './make-webhook.ts'
import { postOutside, webhookUrl } from './post-outside.ts'
import { type ChangePage, readChanges } from './read-changes.ts'
import { recordWebhook } from './record-webhook.ts'
import { MOST_TRIES, retryDelayMs } from './retry-delay.ts'
import { signedHeaders } from './standard-webhooks.ts'
import type { WebhookRow } from './tables.ts'
import { takeOfGrant } from '../metering/take-quota.ts'

/** One try of one batch of one webhook; the next try is another job, so that a slow receiver holds up nobody for longer. */
export const sendBatchJob = defineJob<{ webhookId: string }>('delivery/send-batch', { retryLimit: 20, expireInSeconds: 120, concurrency: 6 })

const BATCH_POSITIONS = 100
/** Longer than a try can take; who holds the turn has died when it is over. */
const TURN_MS = 60_000

/** Sends the next batch of a webhook that is due, and asks for the one after. */
export async function sendBatch(context: WebhookContext, webhookId: string): Promise<void> {
  const { webhooks, clock } = context
  const now = clock.now()
  const webhook = await webhooks.claim(webhookId, now, new Date(now.getTime() + TURN_MS))
  if (webhook === undefined) return
  try {
    const caller = await systemCaller(context, webhook.app_id, webhook.maker)
    const plan = await currentPlan(context, caller, webhook.entry_code)
    if (plan.basis.kind !== 'grant' || plan.basis.appId !== webhook.app_id) throw new AppError('delivery/no-grant', { code: webhook.entry_code })
    const page = await nextPage(context, plan, webhook)
    if (page.items.length === 0) return await giveBack(context, plan, webhook, { position: page.position })
    await takeOfGrant(context, plan.basis)
    const id = messageId(webhook, page)
    const body = JSON.stringify({ type: 'data.changed', timestamp: now.toISOString(), data: { code: plan.entryCode, version: page.version, view: page.view, position: page.position, items: page.items } })
    await recordChanges(context, plan, caller, page, 'changes.sent')
    const failure = await post(context, webhook, id, body)
    if (failure === null) await giveBack(context, plan, webhook, { position: page.position, tries: 0, last_error: null, delivered: webhook.delivered + 1, delivered_at: clock.now() })
    else await tryLater(context, webhook, page, failure)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    await stopOrWait(context, webhook, error)
  }
}

/** The next stretch with something to see in it, or the end. */
async function nextPage(context: WebhookContext, plan: DeliveryPlan, { position }: WebhookRow): Promise<ChangePage> {
  for (let at = position; ;) {
    const page = await readChanges(context, plan, at, BATCH_POSITIONS)
    if (page.items.length > 0 || !page.more) return page
    at = page.position
  }
}

/** The same for each try of the same batch, so that receivers know what they have. */
const messageId = ({ id, position }: WebhookRow, page: ChangePage): string => `msg_${id}_${position}_${page.position}`

/** @returns what went wrong; null when the receiver took it */
async function post(context: WebhookContext, webhook: WebhookRow, id: string, body: string): Promise<string | null> {
  try {
    const secret = context.sealer.open(webhook.secret, sealPurpose(webhook.id))
    const { status } = await postOutside(webhookUrl(webhook.url, context.forms), body, signedHeaders(secret, id, context.clock.now(), body), context.forms)
    return status >= 200 && status < 300 ? null : `status ${status}`
  } catch (error) {
    if (!(error instanceof Error)) return 'failed'
    // The end of its time aborts a request.
    return error.name === 'AbortError' || error.name === 'TimeoutError' ? 'timeout' : 'code' in error ? String(error.code) : error.name
  }
}

async function giveBack(context: WebhookContext, plan: DeliveryPlan, webhook: WebhookRow, change: Partial<Pick<WebhookRow, 'position' | 'tries' | 'last_error' | 'delivered' | 'delivered_at'>>): Promise<void> {
  const { webhooks, store, jobs } = context
  await inTransaction(store.db, async (trx) => {
    const now = await webhooks.lock(trx, webhook.id)
    // A replay meanwhile set another position, which holds.
    const { position, ...rest } = change
    await webhooks.update(trx, webhook.id, { ...rest, busy_until: null, next_try_at: null, ...(now?.position === webhook.position && position !== undefined ? { position } : {}) })
  })
  // Whoever extended the feed while we had the turn was turned away; looking once more finds what they meant.
  const { position } = (await webhooks.find(webhook.id))! // never deleted
  const last = await (await feedOf(context, plan)).last(null, webhook.entry_code)
  if ((last?.last_position ?? 0) > position) await inTransaction(store.db, async (trx) => void (await jobs.enqueue(trx, sendBatchJob, { webhookId: webhook.id })))
}

async function tryLater(context: WebhookContext, webhook: WebhookRow, page: ChangePage, error: string): Promise<void> {
  const { webhooks, store, jobs, clock, random } = context
  const tries = webhook.tries + 1
  if (tries < MOST_TRIES) return waitUntil(context, webhook, new Date(clock.now().getTime() + retryDelayMs(tries, random.fraction())), { tries, last_error: error })
  await inTransaction(store.db, async (trx) => {
    await webhooks.bury(trx, { message_id: messageId(webhook, page), webhook_id: webhook.id, from_position: webhook.position, to_position: page.position, tries, error, at: clock.now() })
    await recordWebhook(context, trx, webhook, 'batch-given-up', SYSTEM_ACTOR, { from: webhook.position, to: page.position, tries, error })
    await webhooks.update(trx, webhook.id, { position: page.position, tries: 0, last_error: error, next_try_at: null, busy_until: null })
    await jobs.enqueue(trx, sendBatchJob, { webhookId: webhook.id })
  })
}

async function waitUntil({ webhooks, store, jobs }: WebhookContext, webhook: WebhookRow, at: Date, change: Partial<Pick<WebhookRow, 'tries' | 'last_error'>>): Promise<void> {
  await inTransaction(store.db, async (trx) => {
    await webhooks.update(trx, webhook.id, { ...change, next_try_at: at, busy_until: null })
    await jobs.enqueue(trx, sendBatchJob, { webhookId: webhook.id }, { startAfter: at })
  })
}

/** Over the quota, or while too many records wait for the disk, it waits; without a ground, it stops until somebody resumes it. */
async function stopOrWait(context: WebhookContext, webhook: WebhookRow, error: AppError): Promise<void> {
  if (error.code === 'delivery/quota-exceeded' || error.code === 'evidence/overloaded') {
    return waitUntil(context, webhook, new Date(context.clock.now().getTime() + Number(error.params['retryAfterSeconds'] ?? 1) * 1_000), {})
  }
  await inTransaction(context.store.db, async (trx) => {
    await recordWebhook(context, trx, webhook, 'paused', SYSTEM_ACTOR, { reason: error.code })
    await context.webhooks.update(trx, webhook.id, { state: 'paused', reason: error.code, busy_until: null })
  })
}
