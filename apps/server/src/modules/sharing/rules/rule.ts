import type { RuleCondition, RuleEffect } from '@datong/contracts'

/** One version of a rule, as it is compiled and weighed. */
export interface RuleText {
  /** Id of the rule; stands for it among the policies. */
  readonly id: string
  readonly version: number
  readonly name: string
  /** Provider whose own entries it is about; null for the whole city. */
  readonly scope: string | null
  /** 1 to 999; the smaller decides among rules of one effect. */
  readonly priority: number
  readonly effect: RuleEffect
  readonly reason: string
  readonly legalBasis: string
  readonly conditions: readonly RuleCondition[]
}

/** What the rules say of an application, with the rule that decided. */
export interface Judgement {
  readonly effect: RuleEffect
  readonly ground: 'negative-list' | 'rule' | 'default'
  readonly rule: RuleText | null
  readonly reason: string
  readonly legalBasis: string
}
