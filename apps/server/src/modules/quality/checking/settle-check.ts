import { chinaDay } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import type { EntryRecord } from '../../catalog/index.ts'
import type { QualityContext } from '../context.ts'
import { automaticPieces, rulePieces } from '../scores/pieces.ts'
import { scorePieces } from '../scores/roll-up.ts'
import type { VersionQuality } from '../quality-store.ts'
import type { OutcomeWithRule } from '../rules/outcome-store.ts'
import type { Examined } from './examine.ts'

export type Scored = Pick<VersionQuality, 'overall' | 'stars' | 'dimensions'>

/** The score of a version: what the platform checks by itself, and what its rules found. */
export function scoreOf(results: VersionQuality['results'], outcomes: readonly OutcomeWithRule[]): Scored {
  const { overall, stars, dimensions } = scorePieces([...automaticPieces(results, outcomes), ...rulePieces(outcomes)])
  return { overall: overall ?? 0, stars: stars ?? 1, dimensions }
}

/** Keeps what rules found, and tells it. Where there are no rules there is nothing to tell. */
export async function keepOutcomes(trx: Trx, context: QualityContext, entry: EntryRecord, version: number, examined: readonly Examined[]): Promise<void> {
  if (examined.length === 0) return
  await context.outcomes.keep(trx, examined.map(({ outcome, sealed }) => ({ ...outcome, params: JSON.stringify(outcome.params), sealed })))
  await context.events.publish(trx, 'quality.rules-checked', {
    entryCode: entry.code, version, organisation: entry.organisation, at: context.clock.now().toISOString(),
    outcomes: examined.filter(({ outcome }) => outcome.verdict !== 'unmeasured').map(({ rule, outcome }) => ({
      ruleId: rule.id, rule: rule.kind, title: rule.title, titleTyped: rule.title_typed, severity: rule.severity, field: rule.field, checked: outcome.checked, failed: outcome.failed, passed: outcome.verdict === 'passed',
      toleranceShare: rule.tolerance_share,
    })),
  })
}

/** Keeps how good the version in use of an entry is, now and for the day. */
export async function keepStanding(
  trx: Trx, { standings, scoreDays, clock }: Pick<QualityContext, 'standings' | 'scoreDays' | 'clock'>, entry: Pick<EntryRecord, 'code' | 'organisation' | 'state'>, version: number, { overall, stars, dimensions }: Scored, outcomes: readonly OutcomeWithRule[],
): Promise<void> {
  const failing = outcomes.filter(({ verdict }) => verdict === 'failed')
  const now = clock.now()
  await standings.keep(trx, {
    entry_code: entry.code, version, overall, stars, dimensions: JSON.stringify(dimensions), rules: outcomes.length, failing: failing.length,
    critical: failing.filter(({ severity }) => severity === 'critical').length, checked_at: now,
  })
  await scoreDays.note(trx, {
    entry_code: entry.code, day: chinaDay(now), organisation: entry.organisation, published: entry.state === 'published', version, overall, stars,
    scores: JSON.stringify(Object.fromEntries(dimensions.map(({ dimension, score }) => [dimension, score]))),
  })
}
