import type { FieldProfile, Value } from '@datong/data-engine'
import { inTransaction } from '@datong/metadata-store'
import { evaluateVersion, type FieldFigures, scoreVersion, type VersionFigures } from '@datong/quality-rules'
import type { RecognizerId } from '@datong/recognizers'
import type { DomainEvents } from '../../platform/events.ts'
import type { LakeVersion } from '../collection/index.ts'
import type { QualityContext } from './context.ts'
import { identifierCandidates } from './identifier-candidates.ts'
import { type ColumnCounts, inspectRows } from './inspect-rows.ts'
import type { VersionQuality } from './quality-store.ts'
import { recogniseColumns } from './recognise-columns.ts'
import { sampleColumns } from './sample-columns.ts'

type VersionMade = DomainEvents['collection.version-made']

/** Days between two promised updates; entries that promise nothing are not held to any. */
const CYCLE_DAYS: Readonly<Record<string, number>> = { realtime: 1, daily: 1, weekly: 7, monthly: 31, quarterly: 92, yearly: 366 }

/**
 * Profiles a new version, holds it against the rules, and tells how good it is. Bears repeating: a version that has its figures
 * only tells them again.
 */
export async function profileVersion(context: QualityContext, event: VersionMade): Promise<void> {
  const { entryCode, version, loadId } = event
  const known = await context.store.find(entryCode, version)
  const figures = known ?? (await workOut(context, event))
  if (figures === undefined) return
  await inTransaction(context.db, async (trx) => {
    const { profile, dimensions, results, ...plain } = figures
    if (known === undefined) {
      await context.store.keep(trx, { ...plain, profile: JSON.stringify(profile), dimensions: JSON.stringify(dimensions), results: JSON.stringify(results) })
    }
    await context.events.publish(trx, 'quality.version-profiled', {
      entryCode, version, loadId, stars: figures.stars, overall: figures.overall, identifierCandidates: figures.identifier_candidates,
    })
  })
}

async function workOut(context: QualityContext, { entryCode, version, loadId, at }: VersionMade): Promise<VersionQuality | undefined> {
  const { engine, catalog, collection, clock } = context
  const data = await collection.lake.version(entryCode, version)
  const entry = await catalog.find(entryCode)
  const load = await collection.findLoad(loadId)
  if (data === undefined || entry === undefined || load === undefined) return undefined
  const profile = await engine.profile({ files: data.files, schema: data.fields })
  const samples = await sampleColumns(engine, data)
  const recognised = recogniseColumns(data.fields, samples, profile)
  const distinct = profile.some(({ identifierCandidate }) => identifierCandidate)
  const rows = await inspectRows(engine, data, recognised, samples, distinct)
  const now = clock.now()
  const results = evaluateVersion({
    rowsStored: data.rowCount,
    rowsRejected: load.rowsRejected,
    fields: fieldFigures(data, { profile, samples, recognised, counts: rows.columns }),
    ...(rows.duplicateRows === undefined ? {} : { duplicateRows: rows.duplicateRows }),
    loadedAt: new Date(at),
    updateCycleDays: CYCLE_DAYS[entry.updateCycle] ?? null,
    now,
  } satisfies VersionFigures)
  const { overall, stars, dimensions } = scoreVersion(results)
  return {
    entry_code: entryCode, version, load_id: loadId, row_count: data.rowCount, profile, overall, stars, dimensions: [...dimensions], results,
    identifier_candidates: identifierCandidates(profile, recognised), checked_at: now,
  }
}

interface Seen {
  readonly profile: readonly FieldProfile[]
  readonly samples: ReadonlyMap<string, readonly Value[]>
  readonly recognised: ReadonlyMap<string, RecognizerId>
  readonly counts: ReadonlyMap<string, ColumnCounts>
}

function fieldFigures(data: LakeVersion, { profile, samples, recognised, counts }: Seen): FieldFigures[] {
  const profiles = new Map(profile.map((one) => [one.name, one]))
  return data.fields.map(({ name, type }): FieldFigures => {
    const one = profiles.get(name)
    const counted = counts.get(name)
    const { checked = 0, valid = 0, doubtful = 0 } = counted ?? {}
    return {
      name,
      type,
      filled: one?.filled ?? 0,
      distinct: one?.distinct ?? null,
      distinctApproximate: one?.exact === false,
      top: one?.frequent.map(({ value, count }) => ({ value: String(value), count })) ?? [],
      min: one === undefined || one.min === null ? null : String(one.min),
      max: one === undefined || one.max === null ? null : String(one.max),
      recognizer: recognised.get(name) ?? null,
      ...(checked > 0 ? { checked, validShare: valid / checked, doubtfulShare: doubtful / checked } : {}),
      ...(counted?.placeholders === undefined ? {} : { placeholders: counted.placeholders }),
      ...(counted?.garbled === undefined ? {} : { garbled: counted.garbled }),
      samples: (samples.get(name) ?? []).filter((value) => typeof value === 'string'),
    }
  })
}
