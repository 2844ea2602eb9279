import type { HeldVersion, QualityGate } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { Actor } from '@datong/contracts'
import type { QualityContext } from '../context.ts'
import { namingOf } from '../rules/draft.ts'
import type { OutcomeWithRule } from '../rules/outcome-store.ts'

/** Who holds back: the platform itself. */
export const PLATFORM: Actor = { kind: 'system', id: 'datong', name: '达通平台', organisation: null }

/** Why a gate holds a version back; empty when it lets it through. */
function reasonsToHold(gate: QualityGate, outcomes: readonly Pick<OutcomeWithRule, 'rule_id' | 'kind' | 'field' | 'title' | 'title_typed' | 'severity' | 'verdict' | 'failed' | 'checked'>[], stars: number): HeldVersion['reasons'] {
  const failing = outcomes.filter(({ verdict, severity }) => verdict === 'failed' && gate.holds !== 'never' && (gate.holds === 'any' || severity === 'critical'))
  const reasons: HeldVersion['reasons'] = failing.map((rule) => ({ ruleId: rule.rule_id, title: rule.title, naming: namingOf(rule), failed: rule.failed, checked: rule.checked }))
  if (gate.leastStars !== null && stars < gate.leastStars) reasons.push({ ruleId: null, title: 'stars', naming: null, failed: stars, checked: gate.leastStars })
  return reasons
}

/**
 * Holds a version back, or lets it go where it passes now, in the transaction that keeps what was found. Only before it is in
 * use: what consumers have they keep. @returns whether it is held back
 */
export async function judgeVersion(
  trx: Trx, context: Pick<QualityContext, 'gates' | 'evidence' | 'clock'>,
  judged: { entry: { code: string; title: string; organisation: string }; version: number; outcomes: readonly OutcomeWithRule[]; stars: number },
): Promise<boolean> {
  const { entry, version, outcomes, stars } = judged
  const known = await context.gates.lock(trx, entry.code, version)
  if (known?.state === 'released') return false
  const reasons = reasonsToHold(await context.gates.gateOf(entry.code, trx), outcomes, stars)
  if (reasons.length === 0 && known === undefined) return false
  const now = context.clock.now()
  if (reasons.length === 0) {
    await context.gates.update(trx, entry.code, version, { state: 'released', released_at: now, released_by: JSON.stringify(PLATFORM), reason: '复查通过' })
    await recordHold(trx, context, { entry, version, actor: PLATFORM, action: 'released', detail: { reason: 'passes now' } })
    return false
  }
  if (known === undefined) {
    await context.gates.insert(trx, { entry_code: entry.code, version, state: 'held', reasons: JSON.stringify(reasons), stars, held_at: now, released_at: null, released_by: null, reason: null })
    await recordHold(trx, context, { entry, version, actor: PLATFORM, action: 'held', detail: { reasons } })
  } else await context.gates.update(trx, entry.code, version, { reasons: JSON.stringify(reasons), stars })
  return true
}

/** Writes the evidence of what became of a version at the gate. */
export async function recordHold(
  trx: Trx, { evidence }: Pick<QualityContext, 'evidence'>,
  change: { entry: { code: string; title: string; organisation: string }; version: number; actor: Actor; action: 'held' | 'released'; detail: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { entry, version, actor, action, detail } = change
  await evidence.record(trx, {
    chain: 'decision', action: `quality.version.${action}`, actor, parties: [...new Set([entry.organisation, actor.organisation])].filter((code) => code !== null),
    subject: { type: 'version', id: `${entry.code}/v${version}`, title: `${entry.title} v${version}` }, detail: { entryCode: entry.code, version, ...detail },
  })
}
