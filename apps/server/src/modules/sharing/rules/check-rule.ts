import { OPERATORS_OF, RULE_ATTRIBUTES, type RuleCondition, type RuleContent, type RuleOperator } from '@datong/contracts'
import { GRADES, type Issue } from '@datong/kernel'
import { isAttribute } from './compile-rule.ts'

const isList = (operator: RuleOperator): boolean => operator === 'in' || operator === 'not-in'

/** Whether one value is of an attribute's type. */
const FITS = {
  grade: (value: unknown) => GRADES.some((grade) => grade === value),
  number: (value: unknown) => typeof value === 'number',
  code: (value: unknown) => typeof value === 'string',
  words: (value: unknown) => typeof value === 'string',
  flag: (value: unknown) => typeof value === 'boolean',
} as const

const EXPECTED = { grade: '须是分级之一', number: '须是整数', code: '须是代码', words: '须是词语', flag: '须是“是”或“否”' } as const

/** Everything that is wrong with a rule, with pointers into it. */
export function ruleIssues({ effect, reason = '', legalBasis = '', conditions }: RuleContent): Issue[] {
  const issues: Issue[] = []
  if (effect === 'refuse' && reason.trim() === '') issues.push({ pointer: '/reason', code: 'missing', message: '拒绝须说明理由' })
  if (effect === 'refuse' && legalBasis.trim() === '') issues.push({ pointer: '/legalBasis', code: 'missing', message: '拒绝须写明法律依据' })
  if (effect !== 'route' && conditions.length === 0) issues.push({ pointer: '/conditions', code: 'missing', message: '授权和拒绝的规则至少要有一个条件' })
  conditions.forEach((condition, index) => issues.push(...conditionIssues(condition, `/conditions/${index}`)))
  return issues
}

function conditionIssues({ attribute, operator, value }: RuleCondition, at: string): Issue[] {
  if (!isAttribute(attribute)) return [{ pointer: `${at}/attribute`, code: 'unknown-attribute', message: `没有属性“${attribute}”` }]
  const { type } = RULE_ATTRIBUTES[attribute]
  const allowed: readonly RuleOperator[] = OPERATORS_OF[type]
  if (!allowed.includes(operator)) return [{ pointer: `${at}/operator`, code: 'operator-not-allowed', message: `属性“${attribute}”不支持运算符 ${operator}` }]
  const values = Array.isArray(value) ? value : [value]
  const fits = Array.isArray(value) === isList(operator) && values.every(FITS[type])
  return fits ? [] : [{ pointer: `${at}/value`, code: 'wrong-type', message: isList(operator) ? '须是代码的列表' : EXPECTED[type] }]
}
