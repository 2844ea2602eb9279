import { definitionOf } from './catalogue.ts'
import { suggestForField } from './suggest-field.ts'
import { suggestForTable } from './suggest-table.ts'
import type { RuleSuggestion, SuggestionFacts } from './suggestion.ts'

/** Rules that fit what is known of a version: field by field, then of the table. Each rule at most once a field. */
export function suggestRules(facts: SuggestionFacts): RuleSuggestion[] {
  const profiles = new Map(facts.profile.map((profile) => [profile.name, profile]))
  const proposals = [...facts.schema.flatMap((field) => suggestForField(field, profiles.get(field.name), facts)), ...suggestForTable(facts)]
  const seen = new Set<string>()
  return proposals.flatMap(({ rule, field, parameters = {}, toleranceShare, baseline = false, reason, because = [] }) => {
    const id = `${rule}\n${field ?? ''}`
    if (seen.has(id)) return []
    seen.add(id)
    const { severity, toleranceShare: usual } = definitionOf(rule)
    return [{ rule, field, parameters, severity, toleranceShare: toleranceShare ?? usual, baseline, reason: { kind: reason, params: because } }]
  })
}

/** The rules that every version is held against. */
export const baselineRules = (facts: SuggestionFacts): RuleSuggestion[] => suggestRules(facts).filter(({ baseline }) => baseline)
