import type { NewsKind } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { isVisible, sightOf } from '../visibility.ts'
import type { FollowingContext, SavedQuery } from './context.ts'
import type { FollowRow, SavedSearchRow } from './following-store.ts'
import { newsOf } from './news.ts'

const BATCH = 500
const MOST_NEWS = 100
/** A saved search is asked again after so long. */
const ASKED_EVERY_MS = 10 * 60_000

/**
 * One round: tells followers what became of their entries, all of it in one notice and not more than one a day, and those
 * who saved a search what it finds anew, likewise. What comes later the same day waits for the next.
 */
export async function tellFollowers(context: FollowingContext): Promise<{ follows: number; searches: number }> {
  const { following, clock } = context
  const today = chinaDay(clock.now())
  let [follows, searches] = [0, 0]
  for (const row of await following.restless(today, BATCH)) if (await tellFollower(context, row, today)) follows++
  for (const row of await following.curious(today, new Date(clock.now().getTime() - ASKED_EVERY_MS), BATCH)) if (await tellSearcher(context, row, today)) searches++
  return { follows, searches }
}

async function tellFollower(context: FollowingContext, row: FollowRow & { late: boolean }, today: string): Promise<boolean> {
  const { db, following, entries, events, callerOf, clock } = context
  const [entry, caller] = await Promise.all([entries.find(row.code), callerOf(row.account_id)])
  if (entry === undefined || caller === undefined) return false
  const now = clock.now()
  const news = await newsOf(db, row.code, row.told_until, MOST_NEWS)
  const kinds = [...new Set<NewsKind>([...news.flatMap((one) => one.kinds), ...(row.late ? ['late' as const] : [])])]
  // Its end is told by a notice of its own; what may not be seen is not told of.
  const told = kinds.filter((kind) => kind !== 'withdrawn' && kind !== 'ending')
  const worth = told.length > 0 && isVisible(entry, sightOf(caller))
  await following.toldOf(row, entry.revision, now, worth ? today : null)
  if (worth) {
    await inTransaction(db, (trx) => events.publish(trx, 'catalog.followed-changed', { accountId: row.account_id, entryCode: row.code, title: entry.title, kinds: told, on: today }))
  }
  return worth
}

async function tellSearcher(context: FollowingContext, row: SavedSearchRow, today: string): Promise<boolean> {
  const { db, following, events, callerOf, clock, newestOf } = context
  const caller = await callerOf(row.account_id)
  if (caller === undefined) return false
  const now = clock.now()
  // It was checked against the search's schema when it was saved.
  const found = (await newestOf(row.query as SavedQuery, caller)).filter(({ publishedAt }) => publishedAt !== null && publishedAt > row.seen_until)
  await following.asked(row, now, found.length > 0 ? today : null)
  if (found.length > 0) {
    await inTransaction(db, (trx) => events.publish(trx, 'catalog.search-found', {
      accountId: row.account_id, searchId: row.id, name: row.name, count: found.length, title: found[0]!.title, on: today, // at least one
    }))
  }
  return found.length > 0
}
