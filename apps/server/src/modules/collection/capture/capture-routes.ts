import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { route, type Route } from '../../../platform/route.ts'
import { actOnCapture } from './act-on-capture.ts'
import type { CaptureContext } from './context.ts'
import { createCapture } from './create-capture.ts'
import type { CaptureRow } from './tables.ts'
import { viewCapture } from './view-capture.ts'

export function captureRoutes(context: CaptureContext): Route[] {
  const { captures, sources, catalog, organisations } = context

  const view = async (rows: readonly CaptureRow[], caller: Caller) => {
    const titles = new Map((await catalog.findMany([...new Set(rows.map((row) => row.entry_code))])).map(({ code, title }) => [code, title]))
    return Promise.all(rows.map(async (row) => viewCapture(row, {
      entryTitle: titles.get(row.entry_code) ?? row.entry_code, sourceTitle: (await sources.find(row.source_id))?.name ?? row.object,
      organisation: organisations.ref(row.organisation), mayAct: caller.organisation === row.organisation && caller.roles.includes('provider'),
    })))
  }
  const viewOne = async (row: CaptureRow, caller: Caller) => (await view([row], caller))[0]! // one in, one out

  return [
    route(operations.listCaptures, async ({ query, caller, reach }) => {
      if (reach !== 'all' && caller.organisation === null) return { items: [], nextCursor: null }
      const { rows, nextCursor } = await captures.list(query, reach === 'all' ? null : caller.organisation)
      return { items: await view(rows, caller), nextCursor }
    }),

    route(operations.createCapture, async ({ body, caller }) => viewOne(await createCapture(context, body, caller), caller)),

    route(operations.getCapture, async ({ params, caller, reach }) => {
      const row = await captures.find(params.id)
      if (row === undefined || (reach !== 'all' && row.organisation !== caller.organisation)) throw new AppError('request/not-found')
      return viewOne(row, caller)
    }),

    route(operations.actOnCapture, async ({ params, body, caller }) =>
      viewOne(await actOnCapture(context, params.id, params.action, { actor: caller.actor, organisation: caller.organisation ?? '', reason: body.reason }), caller)),
  ]
}
