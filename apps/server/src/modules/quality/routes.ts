import { masksNothing } from '@datong/anonymisation'
import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller } from '../../platform/caller.ts'
import { type Route, route } from '../../platform/route.ts'
import type { EntryRecord } from '../catalog/index.ts'
import type { QualityContext } from './context.ts'
import type { VersionQuality } from './quality-store.ts'
import { viewProfile, viewQuality } from './view.ts'

export function qualityRoutes(context: QualityContext): Route[] {
  const { store, catalog, collection } = context

  /** @throws AppError `request/not-found` alike for entries that may not be seen and versions without figures */
  const figuresOf = async (code: string, version: number | undefined, caller: Caller): Promise<{ entry: EntryRecord; figures: VersionQuality }> => {
    const entry = await catalog.requireVisible(code, caller)
    const number = version ?? (await collection.lake.current(code))?.number
    const figures = await (number === undefined ? store.findNewest(code) : store.find(code, number))
    if (figures === undefined) throw new AppError('request/not-found')
    return { entry, figures }
  }

  return [
    route(operations.getProfile, async ({ params, query, caller }) => {
      const { entry, figures } = await figuresOf(params.code, query.version, caller)
      const owner = catalog.owns(caller, entry)
      // Values are for everybody only where the field is public and delivered as it is; a field that the entry does not know is not.
      const open = new Set(entry.fields.filter(({ grade, masking }) => grade === 'public' && masksNothing(masking)).map(({ name }) => name))
      return {
        version: figures.version,
        rowCount: figures.row_count,
        fields: figures.profile.map((profile) => viewProfile(profile, owner || open.has(profile.name))),
      }
    }),

    route(operations.getQuality, async ({ params, query, caller }) => {
      const { entry, figures } = await figuresOf(params.code, query.version, caller)
      return viewQuality(figures, await context.outcomes.ofVersion(entry.code, figures.version))
    }),
  ]
}
