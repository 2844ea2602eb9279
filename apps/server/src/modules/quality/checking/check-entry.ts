import { inTransaction, type Trx } from '@datong/metadata-store'
import type { EntryRecord } from '../../catalog/index.ts'
import type { QualityContext } from '../context.ts'
import { askEntry, isOld, isOwnAndOld } from '../endpoints/ask-entry.ts'
import { judgeVersion, PLATFORM } from '../gate/hold.ts'
import type { VersionQuality } from '../quality-store.ts'
import type { RuleRow } from '../rules/rule-store.ts'
import { checkBaseline } from './baseline.ts'
import { type CheckScope, queueCheck } from './check-job.ts'
import { examine, factsOnly, withRules } from './examine.ts'
import { keepOutcomes, keepStanding, scoreOf } from './settle-check.ts'
import type { Known } from './subject.ts'

/**
 * Asks the endpoints of an entry, holds its version in use against its rules again, and versions that wait at the gate: one that
 * passes now goes through. Bears repeating.
 */
export async function checkEntry(context: QualityContext, entryCode: string, scope: CheckScope, signal?: AbortSignal): Promise<void> {
  const entry = await context.catalog.find(entryCode)
  if (entry === undefined) return
  await askEntry(context, entry, { isDue: scope === 'all' ? isOld : isOwnAndOld, signal })
  const rules = (await context.rules.ofEntry(entry.code)).filter(({ state }) => state === 'active')
  const current = (await context.collection.lake.current(entry.code))?.number
  const waiting = scope === 'facts' ? [] : (await context.gates.ofEntry(entry.code)).filter(({ state, version }) => state === 'held' && version > (current ?? 0))
  for (const version of [...(current === undefined ? [] : [current]), ...waiting.map((hold) => hold.version)]) {
    const figures = await context.store.find(entry.code, version)
    if (figures !== undefined) await checkVersion(context, { entry, figures, rules, isCurrent: version === current, scope }, signal)
  }
}

interface Check {
  readonly entry: EntryRecord
  readonly figures: VersionQuality
  readonly rules: readonly RuleRow[]
  readonly isCurrent: boolean
  readonly scope: CheckScope
}

async function checkVersion(context: QualityContext, { entry, figures, rules, isCurrent, scope }: Check, signal?: AbortSignal): Promise<void> {
  const { version, profile, load_id: loadId, checked_at: loadedAt } = figures
  const data = await context.collection.lake.version(entry.code, version)
  if (data === undefined) return
  const known: Known = { data, profile, rowsRejected: (await context.collection.findLoad(loadId))?.rowsRejected ?? 0, loadedAt }
  const results = await checkBaseline(context, entry, known, figures.results)
  const examined = await examine(context, entry, known, scope === 'all' ? rules : await factsOnly(context, entry, known, rules), signal)
  await inTransaction(context.db, async (trx) => {
    await checkAgainIfChanged(trx, context, entry.code, rules)
    await keepOutcomes(trx, context, entry, version, examined)
    const outcomes = scope === 'all' ? withRules(examined) : await context.outcomes.ofVersion(entry.code, version, trx)
    const scored = scoreOf(results, outcomes)
    await context.store.score(trx, entry.code, version, { ...scored, dimensions: JSON.stringify(scored.dimensions), results: JSON.stringify(results) })
    if (!isCurrent) {
      if (await judgeVersion(trx, context, { entry, version, outcomes, stars: scored.stars })) return
      await context.collection.putToUse(trx, entry.code, version, PLATFORM)
    }
    await keepStanding(trx, context, entry, version, scored, outcomes)
    if (entry.stars !== scored.stars) await context.events.publish(trx, 'quality.version-rescored', { entryCode: entry.code, version, stars: scored.stars })
  })
}

/** Rules that were changed while this check went on are held against the data by another one: the wish for it may have met this one still waiting. */
async function checkAgainIfChanged(trx: Trx, context: QualityContext, entryCode: string, examined: readonly RuleRow[]): Promise<void> {
  await context.rules.lockEntry(trx, entryCode)
  const versions = (rows: readonly RuleRow[]): string => rows.filter(({ state }) => state === 'active').map(({ id, version }) => `${id}/${version}`).join()
  if (versions(await context.rules.ofEntry(entryCode, trx)) !== versions(examined)) await queueCheck(trx, context, entryCode)
}
