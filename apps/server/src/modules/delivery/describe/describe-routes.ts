import { operations } from '@datong/contracts'
import { rawRoute, type Route } from '../../../platform/route.ts'
import type { DeliveryContext } from '../context.ts'
import { openApiOfResource } from './open-api.ts'
import { describedResource } from './resource.ts'
import { codeSamples } from './samples.ts'

/** How one resource is called by this very caller; nothing of its rows. */
export function describeRoutes(context: DeliveryContext): Route[] {
  return [
    rawRoute(operations.resourceOpenApi, async ({ caller, params }, request, reply) => {
      const plan = await context.plans.get(caller, params.code, 'description')
      return reply.header('vary', 'Authorization, Cookie').type('application/json; charset=utf-8').send(openApiOfResource(await describedResource(context, plan, request)))
    }),

    rawRoute(operations.resourceSamples, async ({ caller, params }, request, reply) => {
      const plan = await context.plans.get(caller, params.code, 'description')
      return reply.header('vary', 'Authorization, Cookie').type('application/json; charset=utf-8').send({ items: codeSamples(await describedResource(context, plan, request)) })
    }),
  ]
}
