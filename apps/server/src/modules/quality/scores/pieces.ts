import type { Severity } from '@datong/contracts'
import { definitionOf, isRuleId } from '@datong/quality-rules'
import { namingOf } from '../rules/draft.ts'
import type { OutcomeWithRule } from '../rules/outcome-store.ts'
import type { BaselineResult } from '../tables.ts'
import { type Piece, SEVERITY_WEIGHTS } from './roll-up.ts'

const kindWeight = (kind: string): number => (isRuleId(kind) ? definitionOf(kind).weight : 1)

/** Weight of a rule among those of its dimension: what its kind weighs, times its severity. */
export const weightOf = ({ kind, severity }: { readonly kind: string; readonly severity: Severity }): number => kindWeight(kind) * SEVERITY_WEIGHTS[severity]

/**
 * What every version is checked for: the fields of a check share its weight. A rule of the entry that asks the same of the same
 * field stands in its place.
 */
export function automaticPieces(results: readonly BaselineResult[], outcomes: readonly Pick<OutcomeWithRule, 'kind' | 'field' | 'score'>[] = []): Piece[] {
  const replaced = new Set(outcomes.flatMap(({ kind, field, score }) => (score === null ? [] : [`${kind}\n${field ?? ''}`])))
  const fields = new Map<string, number>()
  for (const { rule, score } of results) if (score !== null) fields.set(rule, (fields.get(rule) ?? 0) + 1)
  return results.flatMap(({ rule, field, dimension, score, checked, failing, params }): Piece[] =>
    (score === null || replaced.has(`${rule}\n${field ?? ''}`)
      ? []
      : [{ ruleId: null, kind: rule, title: null, naming: null, field, dimension, score, weight: kindWeight(rule) / (fields.get(rule) ?? 1), checked, failed: failing, doubtful: Number(params['doubtful'] ?? 0) }]))
}

/** What the rules of an entry found; what they could not measure says nothing. */
export const rulePieces = (outcomes: readonly OutcomeWithRule[]): Piece[] =>
  outcomes.flatMap(({ rule_id: ruleId, kind, title, title_typed, field, dimension, score, severity, checked, failed, doubtful }): Piece[] =>
    (score === null ? [] : [{ ruleId, kind, title, naming: namingOf({ kind, field, title_typed }), field, dimension, score, weight: weightOf({ kind, severity }), checked, failed, doubtful }]))
