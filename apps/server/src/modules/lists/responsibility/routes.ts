import { operations } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import type { Caller, Reach } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import { csvOf } from '../../standards/index.ts'
import { addResponsibility, changeResponsibility, removeResponsibility, type ResponsibilityContext } from './change-responsibility.ts'
import { importResponsibilities, TITLES } from './import-responsibilities.ts'
import { proposeFor } from './propose.ts'
import { viewResponsibilities } from './view.ts'

/** The department that a reading is limited to; somebody without one, who reaches only his own, sees nothing. */
const ownOf = (caller: Caller, reach: Reach): string | null => (reach === 'all' ? null : caller.organisation ?? '')

export function responsibilityRoutes(context: ResponsibilityContext): Route[] {
  const { responsibilities, organisations, clock } = context
  const one = async (row: Parameters<typeof viewResponsibilities>[1][number]) => (await viewResponsibilities(context, [row]))[0]! // one in, one out
  return [
    route(operations.listResponsibilities, async ({ query, caller, reach }) => {
      const [own, today] = [ownOf(caller, reach), chinaDay(clock.now())]
      const [{ rows, nextCursor, total }, coverage] = await Promise.all([responsibilities.page(query, own, today), responsibilities.coverage(own, today)])
      return {
        items: await viewResponsibilities(context, rows), nextCursor, total,
        departments: coverage.map(({ organisation, ...figures }) => ({ department: organisations.ref(organisation), ...figures })),
      }
    }),
    route(operations.addResponsibility, async ({ body, caller }) => one(await addResponsibility(context, body, caller))),
    route(operations.changeResponsibility, async ({ params, body, caller }) => one(await changeResponsibility(context, params.id, body, caller))),
    route(operations.removeResponsibility, async ({ params, body, caller }) => {
      await removeResponsibility(context, params.id, body.reason, caller)
      return { removed: true }
    }),
    route(operations.proposeResponsibilities, async ({ query, caller, reach }) => {
      const own = ownOf(caller, reach)
      return { items: own === null || own === query.organisation ? await proposeFor(context, query.organisation) : [] }
    }),
    route(operations.importResponsibilities, async ({ body, caller }) => importResponsibilities(context, body, caller)),
    route(operations.exportResponsibilities, async ({ query, caller, reach }) => {
      const rows = (await responsibilities.all(ownOf(caller, reach))).filter(({ organisation }) => query.organisation === undefined || organisation === query.organisation)
      const sheet = [
        [TITLES.organisation[0], TITLES.item[0], TITLES.legalBasis[0], TITLES.dataNamed[0], TITLES.dueOn[0], TITLES.entryCode[0]],
        ...rows.map((row) => [row.organisation, row.item, row.legal_basis, row.data_named, row.due_on ?? '', row.entry_code ?? '']),
      ]
      return { fileName: `责任清单-${chinaDay(clock.now())}.csv`, csv: csvOf(sheet).toString('utf8') }
    }),
  ]
}
