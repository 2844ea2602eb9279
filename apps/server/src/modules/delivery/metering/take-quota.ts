import { AppError, chinaDay } from '@datong/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DeliveryContext } from '../context.ts'
import { isOver } from '../plan/decide.ts'
import type { DeliveryPlan } from '../plan/plan.ts'

/**
 * Takes one call from the quota of the plan's ground and tells what is left in `RateLimit` headers; owners have none.
 * @throws AppError `delivery/quota-exceeded`, `delivery/expired`
 */
export async function takeQuota(context: DeliveryContext, { basis, entryCode }: DeliveryPlan, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (basis.kind === 'owner') return
  if (basis.kind === 'open') {
    await context.quotas.take(`ip ${request.ip}`, context.publicQuota, async () => 0)
    return
  }
  // A kept plan may have outlived its grant's last day.
  if (isOver(basis.until, context.clock)) throw new AppError('delivery/expired', { code: entryCode })
  const { remainingToday } = await context.quotas.take(basis.grantId, basis.quota, () => context.usage.callsOfGrant(basis.grantId, chinaDay(context.clock.now())))
  reply.header('ratelimit', `"day";r=${remainingToday}`).header('ratelimit-policy', `"day";q=${basis.quota.perDay};w=86400, "second";q=${basis.quota.perSecond};w=1`)
}
