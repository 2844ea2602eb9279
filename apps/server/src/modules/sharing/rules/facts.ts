import type { RULE_ATTRIBUTES, RuleAttributeName } from '@datong/contracts'
import { type Grade, GRADES } from '@datong/kernel'

interface FactOf {
  readonly grade: Grade
  readonly number: number
  readonly code: string
  readonly words: readonly string[]
  readonly flag: boolean
}

/** What an application really has, by the attributes that rules may ask for. Kept as it was when the rules decided. */
export type Facts = { readonly [Name in RuleAttributeName]: FactOf[(typeof RULE_ATTRIBUTES)[Name]['type']] }
export type Fact = Facts[RuleAttributeName]

/** A requester outside the departments. */
export const PUBLIC_CODE = 'public'

/** Grades compare by rank in Cedar, which knows whole numbers only. */
export const rankOf = (grade: string): number => GRADES.findIndex((one) => one === grade) + 1
