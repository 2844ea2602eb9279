import { chinaDay } from '@datong/kernel'
import type { EventBus } from '../../platform/events.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Sharing } from '../sharing/index.ts'
import type { Audience, NoticeDraft } from './notices.ts'
import { tellEach } from './tell-each.ts'

export interface CatalogNews {
  readonly events: Pick<EventBus, 'subscribe'>
  readonly catalog: Pick<Catalog, 'find' | 'findClock' | 'followersOf'>
  readonly sharing: Pick<Sharing, 'holdersOf'>
}

type Tell = (draft: NoticeDraft) => Promise<void>

/**
 * Tells a department what became of its entries; department, bureau and leaders what is due soon and late; and those who
 * use or follow an entry of its end, when it is announced and when it comes.
 */
export async function tellOfCatalog({ events, catalog, sharing }: CatalogNews, tell: Tell): Promise<void> {
  await events.subscribe('catalog.entry-returned', 'notices', async ({ entryCode, at }) => {
    const entry = await catalog.find(entryCode)
    if (entry === undefined) return
    await tellEach(tell, [{ organisation: entry.organisation, roles: ['provider'] }], {
      key: `entry ${entryCode} returned ${at}`, kind: 'entry-returned', subject: { type: 'entry', id: entryCode }, params: { title: entry.title, count: entry.faults.length },
    })
  })

  await events.subscribe('catalog.clock-pressing', 'notices', async ({ clockId, standing, dueAt }) => {
    const clock = await catalog.findClock(clockId)
    if (clock === undefined || clock.stopped_at !== null) return
    await tellEach(tell, [{ organisation: clock.organisation, roles: ['provider'] }, { roles: ['steward'] }, { roles: ['leader'] }], {
      key: `clock ${clockId} ${standing} ${dueAt}`, kind: `clock-${standing}`, subject: { type: 'clock', id: clockId },
      params: { title: clock.title, clock: clock.kind, due: chinaDay(clock.due_at) },
    })
  })

  await events.subscribe('catalog.clock-urged', 'notices', async ({ clockId, at, reason }) => {
    const clock = await catalog.findClock(clockId)
    if (clock === undefined) return
    await tellEach(tell, [{ organisation: clock.organisation, roles: ['provider'] }], {
      key: `clock ${clockId} urged ${at}`, kind: 'clock-urged', subject: { type: 'clock', id: clockId }, params: { title: clock.title, clock: clock.kind, due: chinaDay(clock.due_at), reason },
    })
  })

  const users = async (entryCode: string): Promise<Audience[]> => {
    const grants = await sharing.holdersOf(entryCode)
    const departments = [...new Set(grants.map(({ consumer }) => consumer))].filter((code) => code !== null)
    const people = new Set([...grants.flatMap(({ consumer, applicantId }) => (consumer === null ? [applicantId] : [])), ...await catalog.followersOf(entryCode)])
    return [...departments.map((organisation): Audience => ({ organisation, roles: ['consumer'] })), ...[...people].map((accountId) => ({ accountId }))]
  }
  await events.subscribe('catalog.withdrawal-announced', 'notices', async ({ entryCode, endsOn, at }) => {
    const entry = await catalog.find(entryCode)
    if (entry === undefined) return
    await tellEach(tell, await users(entryCode), {
      key: `entry ${entryCode} ends ${endsOn} ${at}`, kind: 'withdrawal-announced', subject: { type: 'entry', id: entryCode },
      params: { title: entry.title, endsOn, reason: entry.withdrawal?.reason ?? '', replacedBy: entry.withdrawal?.replacedBy ?? '' },
    })
  })
  await events.subscribe('catalog.entry-withdrawn', 'notices', async ({ entryCode }) => {
    const entry = await catalog.find(entryCode)
    if (entry === undefined) return
    await tellEach(tell, await users(entryCode), {
      key: `entry ${entryCode} withdrawn ${entry.changedAt.toISOString()}`, kind: 'entry-withdrawn', subject: { type: 'entry', id: entryCode },
      params: { title: entry.title, replacedBy: entry.withdrawal?.replacedBy ?? '' },
    })
  })

  await events.subscribe('catalog.followed-changed', 'notices', ({ accountId, entryCode, title, kinds, on }) => tell({
    key: `follow ${accountId} ${entryCode} ${on}`, kind: 'entry-news', subject: { type: 'entry', id: entryCode }, params: { title, kinds: kinds.join(',') }, to: { accountId },
  }))
  await events.subscribe('catalog.search-found', 'notices', ({ accountId, searchId, name, count, title, on }) => tell({
    key: `search ${searchId} ${on}`, kind: 'search-news', subject: { type: 'search', id: searchId }, params: { name, count, title }, to: { accountId },
  }))
}
