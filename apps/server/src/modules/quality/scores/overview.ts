import { SEVERITIES, type QualityOverview } from '@datong/contracts'
import { STAR_THRESHOLDS } from '@datong/quality-rules'
import type { QualityContext } from '../context.ts'
import { scoreEntries, SEVERITY_WEIGHTS } from './roll-up.ts'
import type { StandingRow } from './standing-store.ts'

const MOST_WORST = 10

/** Scores of the city and its departments over what is published now. Departments are no secret to each other; entries that somebody may not see are not named. */
export async function overview(context: QualityContext, visible: (codes: readonly string[]) => Promise<readonly string[]>): Promise<QualityOverview> {
  const [published, standings, held] = await Promise.all([context.catalog.publishedEntries(), context.standings.all(), context.gates.heldCounts()])
  const byCode = new Map(standings.map((standing) => [standing.entry_code, standing]))
  const judged = published.flatMap((entry) => {
    const standing = byCode.get(entry.code)
    return standing === undefined ? [] : [{ ...entry, standing, held: held.get(entry.code) ?? 0 }]
  })
  const departments = [...Map.groupBy(judged, ({ organisation }) => organisation)].map(([organisation, entries]) => ({
    organisation: context.organisations.ref(organisation), weight: judged.length === 0 ? 0 : entries.length / judged.length, ...sumUp(entries),
  }))
  const low = judged.toSorted((a, b) => a.standing.overall - b.standing.overall)
  const seen = new Set(await visible(low.slice(0, 5 * MOST_WORST).map(({ code }) => code)))
  return {
    city: sumUp(judged),
    departments: departments.toSorted((a, b) => (b.overall ?? 0) - (a.overall ?? 0)),
    worst: low.filter(({ code }) => seen.has(code)).slice(0, MOST_WORST).map(({ code, title, organisation, standing }) => ({
      entryCode: code, title, organisation: context.organisations.ref(organisation), overall: standing.overall, stars: standing.stars, failing: standing.failing,
    })),
    severityWeights: SEVERITIES.map((severity) => ({ severity, weight: SEVERITY_WEIGHTS[severity] })),
    starThresholds: [...STAR_THRESHOLDS],
  }
}

function sumUp(entries: readonly { readonly standing: StandingRow; readonly held: number }[]) {
  const { dimensions, overall, stars } = scoreEntries(entries.map(({ standing }) => standing))
  const sum = (count: (one: { standing: StandingRow; held: number }) => number): number => entries.reduce((all, one) => all + count(one), 0)
  return {
    entries: entries.length, overall, stars, dimensions, rules: sum(({ standing }) => standing.rules), failing: sum(({ standing }) => standing.failing),
    critical: sum(({ standing }) => standing.critical), held: sum((one) => one.held),
  }
}
