import { MQA_INDICATORS } from '@datong/catalog-metadata'
import { type MetadataScore, operations } from '@datong/contracts'
import type { Caller, Reach } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import { scoresOf, type ScoreTools } from './keep-scores.ts'
import type { GroupFigures, NewScore, ScoreRow } from './score-store.ts'

const MAX: Readonly<Record<string, number>> = Object.fromEntries(MQA_INDICATORS.map(({ id, max }) => [id, max]))

export function metadataQualityRoutes(tools: ScoreTools): Route[] {
  const { deps: { organisations, catalog }, scores } = tools

  const view = (row: ScoreRow | NewScore): MetadataScore => ({
    entryCode: row.entry_code, title: row.title, organisation: organisations.ref(row.organisation), points: Number(row.points), band: row.band,
    completeness: Number(row.completeness), missing: [...row.missing], computedAt: new Date(row.computed_at).toISOString(),
    indicators: MQA_INDICATORS.map(({ id, dimension, max }) => ({ id, dimension, max, points: row.indicators[id] ?? 0 })),
  })

  return [
    route(operations.metadataQuality, async ({ caller, reach, query }) => {
      const organisation = within(caller, reach, query.organisation)
      const [groups, byIndicator] = await Promise.all([scores.groups(organisation), scores.indicators(organisation, MAX)])
      return {
        whole: wholeOf(groups),
        departments: groups.map(({ organisation: code, ...figures }) => ({ organisation: organisations.ref(code), ...viewGroup(figures) })),
        indicators: MQA_INDICATORS.map(({ id, dimension, max }) => ({ id, dimension, max, points: byIndicator.get(id)?.points ?? 0, lacking: byIndicator.get(id)?.lacking ?? 0 })),
      }
    }),

    route(operations.listMetadataScores, async ({ caller, reach, query: { organisation, lacking, ...query } }) => {
      const max = lacking === undefined ? undefined : MAX[lacking]
      const { rows, nextCursor, total } = await scores.list({
        ...query, organisation: within(caller, reach, organisation), lacking: lacking === undefined || max === undefined ? undefined : { id: lacking, max },
      })
      return { items: rows.map(view), nextCursor, total }
    }),

    route(operations.getMetadataScore, async ({ caller, params }) => {
      const [score] = await scoresOf(tools, [await catalog.requireVisible(params.code, caller)])
      return view(score!) // one for each entry
    }),
  ]
}

/** Another's department is for somebody who reaches only his own as empty as one that does not exist. */
function within(caller: Caller, reach: Reach, organisation: string | undefined): string | undefined {
  if (reach === 'all') return organisation
  return organisation === undefined || organisation === caller.organisation ? caller.organisation ?? '' : ''
}

const viewGroup = ({ entries, points, completeness, ...bands }: Omit<GroupFigures, 'organisation'>) => ({ entries, points, completeness, bands })

function wholeOf(groups: readonly GroupFigures[]) {
  const sum = (of: (group: GroupFigures) => number): number => groups.reduce((total, group) => total + of(group), 0)
  const entries = sum((group) => group.entries)
  return {
    entries, points: entries === 0 ? null : sum((group) => group.points * group.entries) / entries, completeness: entries === 0 ? null : sum((group) => group.completeness * group.entries) / entries,
    bands: { excellent: sum(({ excellent }) => excellent), good: sum(({ good }) => good), sufficient: sum(({ sufficient }) => sufficient), bad: sum(({ bad }) => bad) },
  }
}
