import type { FieldProfile, FieldSchema } from '@datong/data-engine'
import type { RecognizerId } from '@datong/recognizers'
import type { ParameterValues } from './parameters.ts'
import type { RuleId, WeighedRule } from './rule.ts'
import type { EarlierVersion, ElementFacts } from './subject.ts'

/** What suggestions are drawn from. */
export interface SuggestionFacts {
  readonly schema: readonly FieldSchema[]
  readonly rows: number
  readonly profile: readonly FieldProfile[]
  /** Kinds that fields were surely recognised as. */
  readonly recognised: ReadonlyMap<string, RecognizerId>
  /** Data elements that fields are mapped to. */
  readonly elements: ReadonlyMap<string, ElementFacts & { readonly id: string }>
  /** Fields that could be the identifier, the likeliest first. */
  readonly keys: readonly string[]
  readonly history: readonly EarlierVersion[]
}

/** Why a rule is suggested: a kind, of which the interface has a sentence, and what fills it. */
export interface SuggestionReason {
  readonly kind:
    | 'always' | 'filled' | 'recognised' | 'element' | 'code-list' | 'few-values' | 'one-length' | 'one-pattern' | 'named-date' | 'never-negative' | 'named-pair'
    | 'key' | 'repeats' | 'history' | 'spread' | 'almost-numbers'
  readonly params: readonly string[]
}

/** A rule worth having. Baseline ones are held against every version unasked, for its stars; the others wait for a person. */
export interface RuleSuggestion extends WeighedRule {
  readonly baseline: boolean
  readonly reason: SuggestionReason
}

/** What a suggestion says beside its rule; severity and tolerance are the catalogue's unless said. */
export interface Proposal {
  readonly rule: RuleId
  readonly field: string | null
  readonly parameters?: ParameterValues
  readonly toleranceShare?: number
  readonly baseline?: boolean
  readonly reason: SuggestionReason['kind']
  readonly because?: readonly string[]
}
