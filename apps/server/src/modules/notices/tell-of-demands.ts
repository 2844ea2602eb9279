import { chinaDay } from '@datong/kernel'
import type { EventBus } from '../../platform/events.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Lists } from '../lists/index.ts'
import type { NoticeDraft } from './notices.ts'
import { tellEach } from './tell-each.ts'

export interface DemandNews {
  readonly events: Pick<EventBus, 'subscribe'>
  readonly catalog: Pick<Catalog, 'clocksOf'>
  readonly lists: Pick<Lists, 'findDemand'>
}

/** What those who asked and supported are told of; the rest is between bureau and department. */
const TOLD: ReadonlySet<string> = new Set(['accepted', 'refused', 'attached', 'published', 'merged'])

/** Tells the bureau of a new demand, the department of one that it shall answer, and those who asked for it what became of it. */
export async function tellOfDemands({ events, catalog, lists }: DemandNews, tell: (draft: NoticeDraft) => Promise<void>): Promise<void> {
  await events.subscribe('lists.demand-changed', 'notices', async ({ demandId, state, organisation, at }) => {
    const demand = await lists.findDemand(demandId)
    if (demand === undefined) return
    const about = { subject: { type: 'demand', id: demandId }, key: `demand ${demandId} ${state} ${at}` } as const
    if (state === 'filed') await tellEach(tell, [{ roles: ['steward'] }], { ...about, kind: 'demand-filed', params: { title: demand.title, number: demand.number } })
    if (state === 'assigned' && organisation !== null) {
      const [clock] = await catalog.clocksOf('demand', [demandId])
      await tellEach(tell, [{ organisation, roles: ['provider'] }], { ...about, kind: 'demand-assigned', params: { title: demand.title, due: clock === undefined ? '' : chinaDay(clock.due_at) } })
    }
    if (TOLD.has(state)) {
      const people = [...new Set([demand.filed_by, ...demand.supporters])]
      await tellEach(tell, people.map((accountId) => ({ accountId })), { ...about, kind: 'demand-told', params: { title: demand.title, state: `demand-${state}` } })
    }
  })
}
