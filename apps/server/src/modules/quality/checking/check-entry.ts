import { inTransaction } from '@datong/metadata-store'
import type { EntryRecord } from '../../catalog/index.ts'
import type { QualityContext } from '../context.ts'
import { judgeVersion, PLATFORM } from '../gate/hold.ts'
import type { VersionQuality } from '../quality-store.ts'
import type { RuleRow } from '../rules/rule-store.ts'
import { examine, withRules } from './examine.ts'
import { keepOutcomes, keepStanding, scoreOf } from './settle-check.ts'

/**
 * Holds the version in use of an entry against its rules again, and versions that wait at the gate: one that passes now goes
 * through. Bears repeating.
 */
export async function checkEntry(context: QualityContext, entryCode: string, signal?: AbortSignal): Promise<void> {
  const entry = await context.catalog.find(entryCode)
  if (entry === undefined) return
  const rules = (await context.rules.ofEntry(entry.code)).filter(({ state }) => state === 'active')
  const current = (await context.collection.lake.current(entry.code))?.number
  const waiting = (await context.gates.ofEntry(entry.code)).filter(({ state, version }) => state === 'held' && version > (current ?? 0))
  for (const version of [...(current === undefined ? [] : [current]), ...waiting.map((hold) => hold.version)]) {
    const figures = await context.store.find(entry.code, version)
    if (figures !== undefined) await checkVersion(context, entry, figures, rules, version === current, signal)
  }
}

async function checkVersion(context: QualityContext, entry: EntryRecord, figures: VersionQuality, rules: readonly RuleRow[], isCurrent: boolean, signal?: AbortSignal): Promise<void> {
  const { version, profile, load_id: loadId, checked_at: loadedAt } = figures
  const data = await context.collection.lake.version(entry.code, version)
  if (data === undefined) return
  const rowsRejected = (await context.collection.findLoad(loadId))?.rowsRejected ?? 0
  const examined = await examine(context, entry, { data, profile, rowsRejected, loadedAt }, rules, signal)
  const scored = scoreOf(figures.results, examined)
  await inTransaction(context.db, async (trx) => {
    await keepOutcomes(trx, context, entry, version, examined)
    await context.store.score(trx, entry.code, version, { ...scored, dimensions: JSON.stringify(scored.dimensions) })
    if (!isCurrent) {
      if (await judgeVersion(trx, context, { entry, version, outcomes: withRules(examined), stars: scored.stars })) return
      await context.collection.putToUse(trx, entry.code, version, PLATFORM)
    }
    await keepStanding(trx, context, entry.code, version, scored, examined)
    if (entry.stars !== scored.stars) await context.events.publish(trx, 'quality.version-rescored', { entryCode: entry.code, version, stars: scored.stars })
  })
}
