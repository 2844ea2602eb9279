import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller, Reach } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { CollectionContext } from '../context.ts'
import { comparedVersions, compareVersions } from './compare-versions.ts'
import type { LakeEntryRow } from './lake-store.ts'
import { setRetention, showRetention } from './retention.ts'

/** The lake as a whole, versions through time, comparison and retention. */
export function lakeRoutes(context: CollectionContext): Route[] {
  const { catalog, lakes, versions, organisations } = context

  /** An entry of the own department, or any for those who watch over all. */
  const requireInside = async (code: string, caller: Caller, reach: Reach): Promise<EntryRecord> => {
    const entry = await catalog.requireVisible(code, caller)
    if (reach !== 'all' && entry.organisation !== caller.organisation) throw new AppError('request/not-found')
    return entry
  }
  const show = (row: LakeEntryRow, title: string | undefined) => ({
    code: row.entry_code, title: title ?? row.title, organisation: organisations.ref(row.organisation), layer: row.layer, versions: row.versions, bytes: row.bytes,
    current: row.current === null ? null : { number: row.current, rowCount: row.current_rows ?? 0, since: (row.current_since ?? row.newest_at).toISOString() },
    newest: { number: row.newest, createdAt: row.newest_at.toISOString() },
  })

  return [
    route(operations.listLake, async ({ query, caller, reach }) => {
      const { rows, nextCursor } = await lakes.list(query, reach === 'all' ? null : (caller.organisation ?? ''))
      const titles = new Map((await catalog.findMany(rows.map((row) => row.entry_code))).map((entry) => [entry.code, entry.title]))
      return { items: rows.map((row) => show(row, titles.get(row.entry_code))), nextCursor }
    }),

    route(operations.getManifest, async ({ params, caller, reach }) => {
      const entry = await requireInside(params.code, caller, reach)
      const row = await versions.find(entry.code, params.number)
      if (row === undefined) throw new AppError('request/not-found')
      const end = await lakes.findEnd(entry.code, row.number)
      const { format, fields, files, rowCount, rowsRejected } = row.manifest
      return {
        format, entryCode: entry.code, version: row.number, contentHash: row.content_hash, rowCount, rowsRejected, createdAt: row.created_at.toISOString(),
        fields: [...fields], files: [...files], ended: end === undefined ? null : { at: end.at.toISOString(), reason: end.reason },
      }
    }),

    route(operations.versionAt, async ({ params, query, caller }) => {
      const entry = await catalog.requireVisible(params.code, caller)
      const then = await lakes.at(entry.code, new Date(query.at))
      if (then === undefined) throw new AppError('request/not-found')
      return { number: then.number, since: then.since.toISOString(), until: then.until?.toISOString() ?? null }
    }),

    route(operations.compareVersions, async ({ params, query, caller, reach, signal }) => {
      const entry = await requireInside(params.code, caller, reach)
      return compareVersions(context, entry.code, await comparedVersions(context, entry, query), signal)
    }),

    route(operations.getRetention, async ({ params, caller, reach }) => showRetention(context, (await requireInside(params.code, caller, reach)).code)),
    route(operations.setRetention, async ({ params, body, caller }) => setRetention(context, params.code, body, caller)),
  ]
}
