import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import type { CatalogContext } from '../context.ts'
import type { EntryRecord } from '../entry/entry.ts'
import { requireVisible } from '../visibility.ts'
import { differencesOf } from './differences.ts'

const PAGE = 50

export function revisionRoutes({ entries, revisions }: CatalogContext): Route[] {
  /** Drafts and what was thought of them are the department's own and the bureau's. */
  const find = async (code: string, caller: Caller, reach: string): Promise<EntryRecord> => {
    const entry = requireVisible(await entries.find(code), caller)
    if (reach !== 'all' && entry.organisation !== caller.organisation) throw new AppError('request/not-found')
    return entry
  }
  return [
    route(operations.listEntryRevisions, async ({ caller, params, query, reach }) => {
      const { code } = await find(params.code, caller, reach)
      const limit = query.limit ?? PAGE
      const found = await revisions.list(code, query.before, limit + 1)
      return { items: found.slice(0, limit), more: found.length > limit }
    }),
    route(operations.compareEntryRevisions, async ({ caller, params, query: { from, to }, reach }) => {
      const { code } = await find(params.code, caller, reach)
      const [before, after] = await Promise.all([revisions.find(code, from), revisions.find(code, to)])
      if (before === undefined || after === undefined) throw new AppError('request/not-found')
      return { from, to, ...differencesOf(before, after) }
    }),
  ]
}
