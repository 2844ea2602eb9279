import { isAppError } from '@datong/kernel'
import type { GraphQLSchema } from 'graphql'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import { requireScope } from '../plan/key-limits.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import type { GraphResource } from './graph-resource.ts'
import { graphSchema } from './schema.ts'

/** One schema has at most so many resources; who has more grants asks for the rest by the row interface. */
const MAX_RESOURCES = 100
const MAX_SCHEMAS = 500

interface Kept {
  readonly plans: readonly DeliveryPlan[]
  readonly schema: GraphQLSchema
}

/**
 * Schemas by caller, each as long as the plans that it was made of: a plan that was dropped is another object when it
 * comes again, so a revoked grant is out of the schema with the next request.
 */
export function createSchemas(context: DeliveryContext): (caller: Caller) => Promise<GraphQLSchema | null> {
  const kept = new Map<string, Kept>()

  return async (caller) => {
    const plans = await plansOf(context, caller)
    if (plans.length === 0) return null
    const key = `${caller.actor.kind} ${caller.actor.id}`
    const found = kept.get(key)
    if (found !== undefined && found.plans.length === plans.length && found.plans.every((plan, index) => plan === plans[index])) return found.schema
    const entries = new Map((await context.catalog.findMany(plans.map(({ entryCode }) => entryCode))).map((entry) => [entry.code, entry]))
    const resources = plans.map((plan): GraphResource => ({
      plan, recognizers: new Map(entries.get(plan.entryCode)?.fields.map((field) => [field.name, field.suggestion?.recognizer ?? null])),
    }))
    const schema = graphSchema(resources)
    if (kept.size >= MAX_SCHEMAS) kept.clear()
    kept.set(key, { plans, schema })
    return schema
  }
}

/** Plans of everything that the caller was granted and may use in this way, and of what his department provides. */
async function plansOf({ sharing, catalog, plans }: DeliveryContext, caller: Caller): Promise<DeliveryPlan[]> {
  const { actor, organisation } = caller
  const granted = actor.kind === 'application' ? await sharing.grantedCodes({ appId: actor.id }, MAX_RESOURCES)
    : holds(caller, 'consumer') && organisation !== null ? await sharing.grantedCodes({ organisation }, MAX_RESOURCES) : []
  const own = holds(caller, 'provider') && organisation !== null ? await catalog.codesOf(organisation) : []
  const codes = [...new Set([...granted, ...own])].slice(0, MAX_RESOURCES)
  const found = await Promise.all(codes.map(async (code) => {
    try {
      requireScope(caller, 'graphql', code)
      return await plans.get(caller, code)
    } catch (error) {
      // Expired, suspended, without data, out of the key's scope: not part of this caller's schema now.
      if (isAppError(error)) return undefined
      throw error
    }
  }))
  return found.filter((plan) => plan !== undefined && plan.fields.size > 0) as DeliveryPlan[] // the rest was taken out
}
