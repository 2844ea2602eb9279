import { type FollowedEntry, operations, type SavedSearch } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import { isVisible, requireVisible, sightOf } from '../visibility.ts'
import type { FollowingContext } from './context.ts'
import type { SavedSearchRow } from './following-store.ts'
import { newsOf } from './news.ts'

/** More than that nobody reads. */
const MOST_FOLLOWED = 500

export function followingRoutes(context: FollowingContext): Route[] {
  const { following, entries, clock, random } = context
  const room = async ({ actor }: Caller): Promise<void> => {
    if ((await following.countOf(actor.id)) >= MOST_FOLLOWED) throw new AppError('catalog/too-many-followed', { most: MOST_FOLLOWED })
  }
  return [
    route(operations.listFollowing, async ({ caller }) => ({
      entries: await listEntries(context, caller), searches: (await following.searchesOf(caller.actor.id)).map(viewSearch),
    })),
    route(operations.followEntry, async ({ caller, params, body }) => {
      const entry = requireVisible(await entries.find(params.code), caller)
      await room(caller)
      await following.follow(caller.actor.id, entry.code, clock.now(), entry.revision, body.paused)
      return { following: true }
    }),
    route(operations.unfollowEntry, async ({ caller, params }) => {
      await following.unfollow(caller.actor.id, params.code)
      return { following: false }
    }),
    route(operations.saveSearch, async ({ caller, body }) => {
      await room(caller)
      return viewSearch(await following.save({ id: uuidv7(clock, random), account_id: caller.actor.id, name: body.name.trim(), query: { ...body.query }, since: clock.now() }))
    }),
    route(operations.changeSavedSearch, async ({ caller, params, body }) => {
      const { name, paused } = body
      const row = await following.change(caller.actor.id, params.id, {
        ...(name === undefined ? {} : { name: name.trim() }), ...(paused === undefined ? {} : { paused, seen_until: clock.now() }),
      })
      if (row === undefined) throw new AppError('request/not-found')
      return viewSearch(row)
    }),
    route(operations.deleteSavedSearch, async ({ caller, params }) => {
      if (!(await following.forget(caller.actor.id, params.id))) throw new AppError('request/not-found')
      return { deleted: true }
    }),
  ]
}

const viewSearch = (row: SavedSearchRow): SavedSearch => ({
  id: row.id, name: row.name, query: { ...row.query }, since: row.since.toISOString(), paused: row.paused, lastToldOn: row.told_on,
})

/** What was followed stays in the list when it cannot be seen any more, without its title. */
async function listEntries({ db, following, entries, organisations }: FollowingContext, caller: Caller): Promise<FollowedEntry[]> {
  const rows = await following.entriesOf(caller.actor.id)
  const found = new Map((await entries.findMany(rows.map(({ code }) => code))).map((entry) => [entry.code, entry]))
  const sight = sightOf(caller)
  return Promise.all(rows.map(async ({ code, since, paused }): Promise<FollowedEntry> => {
    const entry = found.get(code)
    const seen = entry !== undefined && (isVisible(entry, sight) || entry.state === 'withdrawn') ? entry : undefined
    const [latest] = seen === undefined ? [] : await newsOf(db, code, -1, 1)
    return {
      code, since: since.toISOString(), paused, title: seen?.title ?? code, state: seen?.state ?? null,
      organisation: organisations.ref(seen?.organisation ?? ''), latest: latest === undefined ? null : { at: latest.at.toISOString(), kinds: [...latest.kinds] },
    }
  }))
}
