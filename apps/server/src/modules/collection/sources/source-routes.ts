import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import { CONNECTORS } from '../connectors/registry.ts'
import type { CollectionContext } from '../context.ts'
import { actOnLoad } from '../loads/act-on-load.ts'
import { stateOf } from '../view.ts'
import { actOnSource } from './act-on-source.ts'
import { changeSource, createSource } from './save-source.ts'
import type { SourceRow } from './source-tables.ts'
import { previewSource, testSource } from './try-source.ts'
import { viewObject, viewSource } from './view-source.ts'

export function sourceRoutes(context: CollectionContext): Route[] {
  const { sources, organisations } = context
  const isOf = (caller: Caller, source: SourceRow): boolean => caller.organisation === source.organisation && caller.roles.includes('provider')
  const view = async (source: SourceRow, caller: Caller) => viewSource(await sources.withLoads(source), organisations, isOf(caller, source))
  return [
    route(operations.listSourceKinds, async () => ({
      items: Object.entries(CONNECTORS).map(([kind, { title, about, settings, secrets, can }]) => ({ kind, title, about, settings, secrets, can })),
    })),

    route(operations.listSources, async ({ query, caller, reach }) => {
      if (reach !== 'all' && caller.organisation === null) return { items: [], nextCursor: null }
      const page = await sources.list(query, reach === 'all' ? null : caller.organisation)
      return { ...page, items: page.items.map((one) => viewSource(one, organisations, isOf(caller, one.source))) }
    }),

    route(operations.testSource, async ({ body, caller, signal }) => ({ items: (await testSource(context, body, caller, signal)).map(viewObject) })),

    route(operations.previewSource, async ({ body, caller, signal }) => previewSource(context, body, caller, signal)),

    route(operations.createSource, async ({ body, caller }) => view(await createSource(context, body, caller), caller)),

    route(operations.getSource, async ({ params, caller, reach }) => {
      const source = await sources.find(params.id)
      if (source === undefined || (reach !== 'all' && source.organisation !== caller.organisation)) throw new AppError('request/not-found')
      return view(source, caller)
    }),

    route(operations.changeSource, async ({ params, body, caller }) => view(await changeSource(context, params.id, body, caller), caller)),

    route(operations.actOnSource, async ({ params, body, caller }) => {
      const { source, loadId } = await actOnSource(context, params.id, params.action, body.reason ?? '', caller)
      return { source: await view(source, caller), loadId }
    }),

    route(operations.actOnLoad, async ({ params, body, caller }) => {
      const load = await actOnLoad(context, params.id, params.action, body.reason ?? '', caller)
      return { id: load.id, state: stateOf(load) }
    }),
  ]
}
