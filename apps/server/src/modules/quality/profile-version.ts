import { inTransaction } from '@datong/metadata-store'
import { baselineRules } from '@datong/quality-rules'
import type { DomainEvents } from '../../platform/events.ts'
import type { EntryRecord } from '../catalog/index.ts'
import { measureBaseline } from './checking/baseline.ts'
import { type Examined, examine, withRules } from './checking/examine.ts'
import { keepOutcomes, keepStanding, scoreOf } from './checking/settle-check.ts'
import type { Known } from './checking/subject.ts'
import type { QualityContext } from './context.ts'
import { askEntry } from './endpoints/ask-entry.ts'
import { judgeVersion } from './gate/hold.ts'
import { identifierCandidates } from './identifier-candidates.ts'
import type { VersionQuality } from './quality-store.ts'
import { recogniseColumns } from './recognise-columns.ts'
import { factsFor } from './rules/facts.ts'
import { sampleColumns } from './sample-columns.ts'

type VersionMade = DomainEvents['collection.version-made']

interface Worked {
  readonly entry: EntryRecord
  readonly figures: VersionQuality
  readonly examined: readonly Examined[]
}

/**
 * Profiles a new version, holds it against what every version is checked for and against the rules of its entry, judges whether
 * the gate lets it through, and tells how good it is. Bears repeating: a version that has its figures only tells them again.
 */
export async function profileVersion(context: QualityContext, event: VersionMade): Promise<void> {
  const { entryCode, version, loadId } = event
  const known = await context.store.find(entryCode, version)
  const worked = known === undefined ? await workOut(context, event) : undefined
  const figures = known ?? worked?.figures
  if (figures === undefined) return
  await inTransaction(context.db, async (trx) => {
    if (worked !== undefined) {
      const { entry, examined } = worked
      const { profile, dimensions, results, ...plain } = figures
      await context.store.keep(trx, { ...plain, profile: JSON.stringify(profile), dimensions: JSON.stringify(dimensions), results: JSON.stringify(results) })
      await keepOutcomes(trx, context, entry, version, examined)
      const isHeld = await judgeVersion(trx, context, { entry, version, outcomes: withRules(examined), stars: figures.stars })
      if (!isHeld) await keepStanding(trx, context, entry, version, figures, withRules(examined))
    }
    await context.events.publish(trx, 'quality.version-profiled', {
      entryCode, version, loadId, stars: figures.stars, overall: figures.overall, identifierCandidates: figures.identifier_candidates,
    })
  })
}

async function workOut(context: QualityContext, { entryCode, version, loadId, at }: VersionMade): Promise<Worked | undefined> {
  const { engine, catalog, collection, clock } = context
  const data = await collection.lake.version(entryCode, version)
  const entry = await catalog.find(entryCode)
  const load = await collection.findLoad(loadId)
  if (data === undefined || entry === undefined || load === undefined) return undefined
  await askEntry(context, entry)
  const profile = await engine.profile({ files: data.files, schema: data.fields })
  const recognised = recogniseColumns(data.fields, await sampleColumns(engine, data), profile)
  const keys = identifierCandidates(profile, recognised)
  const known: Known = { data, profile, rowsRejected: load.rowsRejected, loadedAt: new Date(at) }
  const facts = await factsFor(context, entry, { schema: data.fields, rows: data.rowCount, profile, recognised, keys, version })
  const results = await measureBaseline(context, entry, known, baselineRules(facts))
  const rules = (await context.rules.ofEntry(entry.code)).filter(({ state }) => state === 'active')
  const examined = await examine(context, entry, known, rules)
  const figures = {
    entry_code: entryCode, version, load_id: loadId, row_count: data.rowCount, profile, results, identifier_candidates: keys, checked_at: clock.now(), ...scoreOf(results, withRules(examined)),
  }
  return { entry, figures, examined }
}
