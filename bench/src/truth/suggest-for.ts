import type { DataEngine, FieldProfile, Value, VersionRef } from '@datong/data-engine'
import { type RuleSuggestion, suggestRules } from '@datong/quality-rules'
import { detectColumn, type RecognizerId } from '@datong/recognizers'

const SAMPLED_ROWS = 2_000
const SURE = 0.6

/** What the platform would suggest for a version, from its profile and what recognisers see in it. */
export async function suggestFor(engine: DataEngine, version: VersionRef, profile: readonly FieldProfile[], rows: number): Promise<RuleSuggestion[]> {
  const columns = version.schema.map(({ name }) => name)
  const samples = columns.map((): Value[] => [])
  for await (const batch of engine.query(version, { columns, limit: SAMPLED_ROWS })) for (const row of batch) row.forEach((value, i) => samples[i]?.push(value))
  const recognised = new Map(version.schema.flatMap(({ name, type }, i): [string, RecognizerId][] => {
    const best = detectColumn(name, type, samples[i] ?? [])[0]
    return best !== undefined && best.confidence >= SURE ? [[name, best.recognizer]] : []
  }))
  const keys = profile.filter(({ identifierCandidate }) => identifierCandidate).map(({ name }) => name)
  return suggestRules({ schema: version.schema, rows, profile, recognised, elements: new Map(), keys, history: [] })
}
