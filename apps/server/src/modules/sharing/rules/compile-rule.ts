import type { Expr, PolicyJson } from '@cedar-policy/cedar-wasm/nodejs'
import { RULE_ATTRIBUTES, type RuleAttributeName, type RuleCondition, type RuleOperator } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { rankOf } from './facts.ts'
import type { RuleText } from './rule.ts'

type Literal = string | number | boolean

const not = (arg: Expr): Expr => ({ '!': { arg } })
const value = (literal: Literal): Expr => ({ Value: literal })
const oneOf = (left: Expr, values: readonly Literal[]): Expr => ({ contains: { left: { Set: values.map(value) }, right: left } })

/** How each operator is said in Cedar. */
const SAY = {
  eq: (left, [one]) => ({ '==': { left, right: value(one) } }),
  ne: (left, [one]) => ({ '!=': { left, right: value(one) } }),
  lt: (left, [one]) => ({ '<': { left, right: value(one) } }),
  lte: (left, [one]) => ({ '<=': { left, right: value(one) } }),
  gt: (left, [one]) => ({ '>': { left, right: value(one) } }),
  gte: (left, [one]) => ({ '>=': { left, right: value(one) } }),
  in: (left, all) => oneOf(left, all),
  'not-in': (left, all) => not(oneOf(left, all)),
  has: (left, [one]) => ({ contains: { left, right: value(one) } }),
  'has-not': (left, [one]) => not({ contains: { left, right: value(one) } }),
} as const satisfies Record<RuleOperator, (left: Expr, values: readonly [Literal, ...Literal[]]) => Expr>

/** `context.grade` as an expression; paths of the registry have two steps. */
function pathOf(path: string): Expr {
  const [root, attr] = path.split('.')
  if (attr === undefined || (root !== 'principal' && root !== 'resource' && root !== 'context')) throw new Error(`not a path of Cedar: ${path}`)
  return { '.': { left: { Var: root }, attr } }
}

/** Whether the name is one of the registry's, for conditions that come from outside. */
export const isAttribute = (name: string): name is RuleAttributeName => Object.hasOwn(RULE_ATTRIBUTES, name)

function sayCondition({ attribute, operator, value: given }: RuleCondition): Expr {
  if (!isAttribute(attribute)) throw new AppError('sharing/invalid-rule', {}, [{ pointer: '/conditions', code: 'unknown-attribute', message: attribute }])
  const { type, path } = RULE_ATTRIBUTES[attribute]
  const [first, ...rest]: Literal[] = (Array.isArray(given) ? given : [given]).map((one) => (type === 'grade' ? rankOf(String(one)) : one))
  return SAY[operator](pathOf(path), [first!, ...rest]) // the contract asks for one value at least
}

/**
 * A rule as a Cedar policy. All conditions must hold. A grant permits, a refusal forbids the action `grant`, so that Cedar's
 * own order (forbid before permit) holds a refusal above every grant; a routing rule permits the action `route`. A department's
 * rule is about its own entries, and grants no field that belongs to another department.
 * Built as a syntax tree, so that no text of a person is ever read as Cedar.
 * @throws AppError `sharing/invalid-rule` for an attribute that is not in the registry
 */
export function compileRule(rule: Pick<RuleText, 'effect' | 'scope' | 'conditions' | 'name'>): PolicyJson {
  const scope: RuleCondition[] = rule.scope === null ? [] : [
    { attribute: 'provider', operator: 'eq', value: rule.scope },
    ...(rule.effect === 'grant' ? [{ attribute: 'fieldsOfOthers', operator: 'eq', value: 0 } as const] : []),
  ]
  const conditions = [...scope, ...rule.conditions].map(sayCondition)
  return {
    effect: rule.effect === 'refuse' ? 'forbid' : 'permit',
    principal: { op: 'All' },
    action: { op: '==', entity: { type: 'Action', id: rule.effect === 'route' ? 'route' : 'grant' } },
    resource: { op: 'All' },
    annotations: { name: rule.name },
    conditions: conditions.length === 0 ? [] : [{ kind: 'when', body: conditions.reduce((left, right) => ({ '&&': { left, right } })) }],
  }
}
