import { operations } from '@datong/contracts'
import { type Route, route } from '../../../platform/route.ts'
import type { CatalogContext } from '../context.ts'
import { sightOf } from '../visibility.ts'
import { addClassification, changeClassification } from './change-classification.ts'
import { nodeOf, nodesOf } from './classes.ts'

export function classificationRoutes(context: CatalogContext): Route[] {
  const { classification, organisations } = context
  return [
    route(operations.listClassification, async ({ caller }) => {
      const [classes, counts] = await Promise.all([classification.list(), classification.counts(sightOf(caller))])
      return { items: nodesOf(classes, counts, organisations) }
    }),
    route(operations.addClassification, async ({ caller, body }) => nodeOf(await addClassification(context, body, caller), 0, organisations)),
    route(operations.changeClassification, async ({ caller, params, body }) => {
      const changed = await changeClassification(context, params.code, body, caller)
      const counts = await classification.counts(sightOf(caller))
      return nodesOf([changed], counts, organisations)[0]! // one in, one out
    }),
  ]
}
