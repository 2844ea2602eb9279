import { AppError, chinaDay, isAppError } from '@datong/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DeliveryContext } from '../context.ts'
import { isOver } from '../plan/decide.ts'
import type { Basis, DeliveryPlan } from '../plan/plan.ts'
import type { Quota, Taken, Used } from './quotas.ts'

type QuotaContext = Pick<DeliveryContext, 'quotas' | 'publicQuota' | 'clock' | 'usage'>

/**
 * Takes one call from the quota of the plan's ground and tells what is left in `RateLimit` headers; owners have none.
 * A call whose counters are in memory does not wait.
 * @throws AppError `delivery/quota-exceeded`, `delivery/quota-used-up`, `delivery/expired`
 * @see draft-ietf-httpapi-ratelimit-headers
 */
export function takeQuota(context: QuotaContext, { basis, entryCode }: DeliveryPlan, request: FastifyRequest, reply: FastifyReply): void | Promise<void> {
  if (basis.kind === 'owner') return
  // A kept plan may have outlived its grant's last day.
  if (basis.kind === 'grant' && isOver(basis.until, context.clock)) throw new AppError('delivery/expired', { code: entryCode })
  const quota = basis.kind === 'open' ? context.publicQuota : basis.quota
  reply.header('ratelimit-policy', policyOf(quota))
  try {
    const taken = basis.kind === 'open' ? context.quotas.take(`ip ${request.ip}`, quota, nothing) : takeOfGrant(context, basis)
    if (!(taken instanceof Promise)) return tell(taken, reply)
    return taken.then((found) => tell(found, reply), (error: unknown) => refuse(error, reply))
  } catch (error) {
    refuse(error, reply)
  }
}

const none = async (): Promise<number> => 0
const nothing: Used = { today: none, before: none }

/** Takes one call from a grant's quota; for what goes out without a request. @throws AppError `delivery/quota-exceeded`, `delivery/quota-used-up` */
export const takeOfGrant = ({ quotas, usage, clock }: Pick<QuotaContext, 'quotas' | 'usage' | 'clock'>, { grantId, quota }: Extract<Basis, { kind: 'grant' }>): Taken | Promise<Taken> =>
  quotas.take(grantId, quota, {
    today: () => usage.callsOfGrant(grantId, chinaDay(clock.now())),
    before: () => usage.callsOfGrantBefore(grantId, chinaDay(clock.now())),
  })

const policies = new WeakMap<Quota, string>()

function policyOf(quota: Quota): string {
  let policy = policies.get(quota)
  if (policy === undefined) policies.set(quota, policy = `"day";q=${quota.perDay};w=86400, "second";q=${quota.perSecond};w=1`)
  return policy
}

function tell({ remainingToday, remainingThisSecond, untilMidnight }: Taken, reply: FastifyReply): void {
  reply.header('ratelimit', `"day";r=${remainingToday};t=${untilMidnight}, "second";r=${remainingThisSecond};t=1`)
}

function refuse(error: unknown, reply: FastifyReply): never {
  if (isAppError(error) && error.code === 'delivery/quota-exceeded') {
    reply.header('ratelimit', `"${String(error.params['window'])}";r=0;t=${String(error.params['retryAfterSeconds'])}`)
  }
  throw error
}
