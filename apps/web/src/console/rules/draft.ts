import { OPERATORS_OF, RULE_ATTRIBUTES, type BodyOf, type operations, type RuleAttributeType, type RuleCondition, type RuleOperator } from '@datong/contracts'

/** A rule as it stands in the form. */
export type Draft = BodyOf<typeof operations.createRule>

export const emptyRule: Omit<Draft, 'scope'> = { name: '', priority: 100, effect: 'route', reason: '', legalBasis: '', note: '', conditions: [] }

const FIRST_VALUE: Record<RuleAttributeType, RuleCondition['value']> = { grade: 'internal', number: 0, code: '', words: '', flag: true }

const typeOf = (attribute: string): RuleAttributeType => (Object.hasOwn(RULE_ATTRIBUTES, attribute) ? RULE_ATTRIBUTES[attribute as keyof typeof RULE_ATTRIBUTES].type : 'code') // it has the name

const isList = (operator: RuleOperator): boolean => operator === 'in' || operator === 'not-in'

/** A condition on an attribute, with the first comparison and value that fit it. */
export const conditionOn = (attribute: string): RuleCondition => {
  const type = typeOf(attribute)
  return { attribute, operator: OPERATORS_OF[type][0], value: FIRST_VALUE[type] }
}

/** The condition with another comparison; the value becomes a list or a single one as that asks. */
export function withOperator(condition: RuleCondition, operator: RuleOperator): RuleCondition {
  const { value } = condition
  if (isList(operator) === Array.isArray(value)) return { ...condition, operator }
  if (Array.isArray(value)) return { ...condition, operator, value: value[0] ?? '' }
  return { ...condition, operator, value: value === '' ? [] : [String(value)] }
}

const complete = ({ value }: RuleCondition): boolean => (Array.isArray(value) ? value.length > 0 : value !== '')

/** Whether the draft can be asked about: the server says what else is wrong. */
export const isWhole = (draft: Draft): boolean => draft.name.trim() !== '' && draft.conditions.every(complete)
