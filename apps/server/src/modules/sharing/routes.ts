import { operations } from '@datong/contracts'
import { chinaDay, dueAfterWorkingDays, workingDaysBetween } from '@datong/kernel'
import type { Caller } from '../../platform/caller.ts'
import { type Route, route } from '../../platform/route.ts'
import { actOnApplication } from './act-on-application.ts'
import { apply } from './applying/apply.ts'
import { previewApplication } from './applying/preview.ts'
import { readBoard, SOON_WORKING_DAYS } from './board/board.ts'
import { precedentsOf } from './board/precedents.ts'
import { bulkDecide } from './bulk-decide.ts'
import type { SharingContext } from './context.ts'
import { changeSettings, readSettings } from './settings/settings.ts'
import type { ApplicationRow, GrantRow } from './sharing-store.ts'
import { requireInSight, sightOf } from './sight.ts'
import { viewApplications } from './viewing/view-application.ts'
import { viewEvaluation } from './viewing/view-evaluation.ts'
import { viewGrants } from './viewing/view-grant.ts'

export function sharingRoutes(context: SharingContext): Route[] {
  const { store, clock, calendar } = context
  const oneApplication = async (row: ApplicationRow, caller: Caller) => (await viewApplications(context, [row], caller))[0]! // one in, one out
  const oneGrant = async (row: GrantRow) => (await viewGrants(context, [row]))[0]! // one in, one out
  return [
    route(operations.apply, async ({ body, caller }) => oneApplication(await apply(context, body, caller), caller)),
    route(operations.previewApplication, async ({ body, caller }) => previewApplication(context, body, caller)),

    route(operations.listApplications, async ({ query, caller }) => {
      const { rows, nextCursor, total } = await store.listApplications(query, sightOf(caller, query.side), clock.now(), caller.organisation)
      return { items: await viewApplications(context, rows, caller), nextCursor, total }
    }),

    route(operations.getApplication, async ({ params, caller }) =>
      oneApplication(requireInSight(await store.findApplication(params.id), caller), caller)),

    route(operations.actOnApplication, async ({ params, body, caller }) =>
      oneApplication(await actOnApplication(context, params.id, params.action, body, caller), caller)),

    route(operations.bulkDecide, async ({ body, caller }) => bulkDecide(context, body, caller)),

    route(operations.applicationPrecedents, async ({ params, caller }) =>
      precedentsOf(context, requireInSight(await store.findApplication(params.id), caller), caller)),

    route(operations.listGrants, async ({ query, caller }) => {
      const { rows, nextCursor, total } = await store.listGrants(query, sightOf(caller, query.side), chinaDay(clock.now()))
      return { items: await viewGrants(context, rows), nextCursor, total }
    }),

    route(operations.getGrant, async ({ params, caller }) => oneGrant(requireInSight(await store.findGrant(params.id), caller))),

    route(operations.listEvaluations, async ({ query, caller }) => {
      const { rows, nextCursor, total } = await store.evaluations.list(query, sightOf(caller, query.side))
      return { items: rows.map((row) => viewEvaluation(context, row)), nextCursor, total }
    }),

    route(operations.sharingSummary, async ({ caller }) => {
      const now = clock.now()
      const { answered, ...figures } = await store.figures(sightOf(caller), now, dueAfterWorkingDays(now, SOON_WORKING_DAYS, calendar))
      const days = answered.map(({ from, to }) => workingDaysBetween(from, to, calendar)).sort((a, b) => a - b)
      return { ...figures, medianAnswerWorkingDays: days[Math.floor(days.length / 2)] ?? null }
    }),

    route(operations.sharingBoard, async ({ query, caller }) => readBoard(context, query, caller)),
    route(operations.listSharingSettings, async () => ({ items: await readSettings(context.db) })),
    route(operations.setSharingSettings, async ({ body, caller }) => ({ items: await changeSettings(context, body, caller) })),
  ]
}
