import type { EventBus } from '../../platform/events.ts'
import type { NoticeDraft } from './notices.ts'
import { tellEach } from './tell-each.ts'

/** Tells a department's officers of loads that stopped while nobody looked on. */
export async function tellOfLoads({ events }: { readonly events: Pick<EventBus, 'subscribe'> }, tell: (draft: NoticeDraft) => Promise<void>): Promise<void> {
  await events.subscribe('collection.load-stopped', 'notices', ({ loadId, organisation, source, state, at }) =>
    tellEach(tell, [{ organisation, roles: ['provider'] }], { key: `load ${loadId} ${state} ${at}`, kind: `load-${state}`, subject: { type: 'load', id: loadId }, params: { title: source } }))
}
