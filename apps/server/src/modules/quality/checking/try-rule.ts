import type { QualityRuleDraft, RuleOutcomeView } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { evaluateRule, type Rule } from '@datong/quality-rules'
import type { Caller } from '../../../platform/caller.ts'
import type { QualityContext } from '../context.ts'
import { askEntry } from '../endpoints/ask-entry.ts'
import { requireSound } from '../rules/draft.ts'
import { requireKept } from '../rules/sight.ts'
import { countsOf } from './examine.ts'
import { subjectOf } from './subject.ts'

/** What a rule would find in the version in use; nothing is kept. @throws AppError `request/not-found`, `quality/invalid-rule`, `quality/no-data` */
export async function tryRule(context: QualityContext, code: string, body: QualityRuleDraft, caller: Caller, signal: AbortSignal): Promise<RuleOutcomeView> {
  const entry = await requireKept(context, code, caller)
  const { kind, field, parameters, toleranceShare } = await requireSound(context, entry, body, caller)
  const data = await context.collection.lake.current(entry.code)
  const figures = data === undefined ? undefined : await context.store.find(entry.code, data.number)
  if (data === undefined || figures === undefined) throw new AppError('quality/no-data')
  const rowsRejected = (await context.collection.findLoad(figures.load_id))?.rowsRejected ?? 0
  const rule: Rule = { rule: kind, field, parameters }
  if (kind === 'reachable') await askEntry(context, entry, { signal })
  const subject = await subjectOf(context, entry, { data, profile: figures.profile, rowsRejected, loadedAt: figures.checked_at }, [rule])
  const outcome = await evaluateRule(rule, subject, context.engine, { sample: 0, signal })
  return {
    version: data.number, ruleVersion: 0, ...countsOf(outcome, toleranceShare), reason: outcome.reason, params: { ...outcome.params }, kept: 0, checkedAt: context.clock.now().toISOString(),
  }
}
