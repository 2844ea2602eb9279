import { type EntryScore, operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { type Route, route } from '../../../platform/route.ts'
import type { QualityContext } from '../context.ts'
import { overview } from './overview.ts'
import { automaticPieces, rulePieces } from './pieces.ts'
import { scoreFields, scorePieces } from './roll-up.ts'
import { entryTrend, qualityTrend } from './trend.ts'

/** Days that a trend shows when nobody says how many. */
const USUAL_DAYS = 90

export function scoreRoutes(context: QualityContext): Route[] {
  const { catalog, collection, store, outcomes } = context
  return [
    route(operations.qualityOverview, async ({ caller }) => overview(context, (codes) => catalog.visibleCodes(codes, caller))),

    route(operations.qualityTrend, async ({ query }) => qualityTrend(context, query.days ?? USUAL_DAYS)),

    route(operations.getEntryTrend, async ({ params, query, caller }) => entryTrend(context, (await catalog.requireVisible(params.code, caller)).code, query.days ?? USUAL_DAYS)),

    route(operations.getEntryScore, async ({ params, query, caller }): Promise<EntryScore> => {
      const entry = await catalog.requireVisible(params.code, caller)
      const version = query.version ?? (await collection.lake.current(entry.code))?.number
      const figures = version === undefined ? undefined : await store.find(entry.code, version)
      if (figures === undefined) throw new AppError('request/not-found')
      const found = await outcomes.ofVersion(entry.code, figures.version)
      const pieces = [...automaticPieces(figures.results, found), ...rulePieces(found)]
      const { dimensions, overall, stars } = scorePieces(pieces)
      const checkedAt = found.reduce((latest, { checked_at: at }) => (at > latest ? at : latest), figures.checked_at)
      return {
        version: figures.version, checkedAt: checkedAt.toISOString(), overall: overall ?? 0, stars: stars ?? 1, dimensions,
        fields: scoreFields(pieces).map((field) => ({ ...field, pieces: field.pieces.toSorted((a, b) => a.score - b.score) })),
      }
    }),
  ]
}
