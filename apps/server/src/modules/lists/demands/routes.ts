import { type Demand, operations } from '@datong/contracts'
import { AppError, chinaDay } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import { viewClock } from '../../../platform/working-clock.ts'
import { clockOf } from '../../catalog/index.ts'
import { actOnDemand } from './act-on-demand.ts'
import type { DemandContext } from './context.ts'
import type { SupportedDemand } from './demand-store.ts'
import { fileDemand, supportDemand } from './file-demand.ts'
import { allowedSteps, isInSight, seesAll } from './steps.ts'

const MONTH_MS = 30 * 86_400_000

export function demandRoutes(context: DemandContext): Route[] {
  const { demands, clock, missedSearches } = context
  const shown = async (id: string, caller: Caller): Promise<Demand> => {
    const row = await demands.find(id, caller.actor.id)
    if (row === undefined || !isInSight(caller, row)) throw new AppError('request/not-found')
    const history = await demands.history(id)
    // Outside departments nobody learns who acted.
    const seen = seesAll(caller) ? history : history.map((item) => ({ ...item, actor: { ...item.actor, id: '', name: item.actor.organisation === null ? '' : context.organisations.ref(item.actor.organisation).name } }))
    return { ...(await view(context, [row], caller))[0]!, history: seen } // one in, one out
  }
  return [
    route(operations.listDemands, async ({ query, caller }) => {
      const { rows, ...page } = await demands.page(query, caller.actor.id, seesAll(caller))
      return { items: await view(context, rows, caller), ...page }
    }),
    route(operations.getDemand, async ({ params, caller }) => shown(params.id, caller)),
    route(operations.fileDemand, async ({ body, caller }) => shown((await fileDemand(context, body, caller)).id, caller)),
    route(operations.supportDemand, async ({ params, body, caller }) => {
      await supportDemand(context, params.id, body.support, caller)
      return shown(params.id, caller)
    }),
    route(operations.actOnDemand, async ({ params, body, caller }) => shown((await actOnDemand(context, params.id, params.action, body, caller)).id, caller)),
    route(operations.listMissedSearches, async () => ({ items: [...await missedSearches(chinaDay(new Date(clock.now().getTime() - MONTH_MS)))] })),
  ]
}

async function view({ catalog, organisations, clock, calendar }: DemandContext, rows: readonly SupportedDemand[], caller: Caller): Promise<Demand[]> {
  const [entries, clocks] = await Promise.all([
    catalog.findMany(rows.flatMap(({ entry_code }) => entry_code ?? [])), catalog.clocksOf('demand', rows.map(({ id }) => id)),
  ])
  const titles = new Map(entries.filter((entry) => catalog.isVisible(entry, caller)).map(({ code, title }) => [code, title]))
  const going = new Map(clocks.map((row) => [row.subject_id, viewClock(clockOf(row), clock.now(), calendar)]))
  const ref = (code: string | null) => (code === null ? null : organisations.ref(code))
  return rows.map((row): Demand => {
    const title = row.entry_code === null ? undefined : titles.get(row.entry_code)
    return {
      id: row.id, number: row.number, title: row.title, description: row.description, audience: row.audience, from: ref(row.from_organisation), state: row.state,
      department: ref(row.organisation), answer: row.answer, legalBasis: row.legal_basis, entry: title === undefined ? null : { code: row.entry_code!, title }, // it has one
      mergedInto: row.merged_into, support: row.support, supported: row.supported, mine: row.filed_by === caller.actor.id, clock: going.get(row.id) ?? null,
      filedAt: row.filed_at.toISOString(), changedAt: row.changed_at.toISOString(), allowedActions: allowedSteps(caller, row), history: [],
    }
  })
}
