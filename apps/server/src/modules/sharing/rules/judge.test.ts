import { OPERATORS_OF, RULE_ATTRIBUTES, RULE_EFFECTS, type RuleCondition } from '@datong/contracts'
import { GRADES } from '@datong/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAttribute } from './compile-rule.ts'
import { ruleEngine } from './engine.ts'
import { type Fact, type Facts, rankOf } from './facts.ts'
import { judge, weigh } from './judge.ts'
import type { RuleText } from './rule.ts'

const engine = await ruleEngine()

const FACTS: Facts = {
  grade: 'internal', sharingType: 'conditional', entry: '306007-000123', provider: 'P1', theme: 'market', requester: 'department', organisation: 'C1',
  duties: ['税收征收'], credit: 80, fastLane: false, purpose: 'tax-arrears-check', purposeInDuty: true, fieldsAsked: 3, fieldsOfOthers: 0, fieldsBeyondNeed: 0, needKnown: true,
  approvedBefore: 1, refusedBefore: 0, violations: 0, rowFilter: false, delivery: 'api', daysAsked: 200,
}

const aRule = (id: string, change: Partial<RuleText> = {}): RuleText => ({
  id, version: 1, name: `规则 ${id}`, scope: null, priority: 100, effect: 'grant', reason: '', legalBasis: '', conditions: [], ...change,
})
const when = (attribute: string, operator: RuleCondition['operator'], value: RuleCondition['value']): RuleCondition => ({ attribute, operator, value })

function decide(rules: readonly RuleText[], facts: Partial<Facts> = {}) {
  const set = engine.prepare(rules)
  try {
    return judge({ ...FACTS, ...facts }, '《统计法》第九条', rules, set)
  } finally {
    set.release()
  }
}

describe('the order of decisions', () => {
  it('leaves conditional data to people and grants unconditional data when no rule matches', () => {
    expect(decide([])).toMatchObject({ effect: 'route', ground: 'default', rule: null })
    expect(decide([], { sharingType: 'unconditional' })).toMatchObject({ effect: 'grant', ground: 'default' })
    expect(decide([aRule('a', { conditions: [when('credit', 'gte', 90)] })])).toMatchObject({ effect: 'route', ground: 'default' })
  })

  it('puts refusals before grants and grants before routing, whatever their priorities', () => {
    const [grant, refuse, route] = [aRule('g', { priority: 1 }), aRule('r', { effect: 'refuse', priority: 900, reason: '无', legalBasis: '法' }), aRule('p', { effect: 'route', priority: 1 })]
    expect(decide([grant, refuse, route])).toMatchObject({ effect: 'refuse', rule: { id: 'r' }, reason: '无', legalBasis: '法' })
    expect(decide([grant, route])).toMatchObject({ effect: 'grant', rule: { id: 'g' } })
    expect(decide([route], { sharingType: 'unconditional' })).toMatchObject({ effect: 'route', rule: { id: 'p' } })
  })

  it('lets the smallest priority decide among rules of one effect, then the smallest id', () => {
    expect(decide([aRule('b', { priority: 5 }), aRule('c', { priority: 4 }), aRule('a', { priority: 5 })]).rule?.id).toBe('c')
    expect(decide([aRule('b'), aRule('a')]).rule?.id).toBe('a')
  })

  it("holds a department's rule to its own entries", () => {
    expect(decide([aRule('a', { scope: 'P2' })])).toMatchObject({ ground: 'default' })
    expect(decide([aRule('a', { scope: 'P1' })])).toMatchObject({ effect: 'grant' })
  })

  it("lets a department's rule grant no field that belongs to another department", () => {
    expect(decide([aRule('a', { scope: 'P1' })], { fieldsOfOthers: 1 })).toMatchObject({ effect: 'route', ground: 'default' })
    expect(decide([aRule('a')], { fieldsOfOthers: 1 })).toMatchObject({ effect: 'grant' })
    expect(decide([aRule('a', { scope: 'P1', effect: 'refuse', reason: '无', legalBasis: '法' })], { fieldsOfOthers: 1 })).toMatchObject({ effect: 'refuse' })
  })

  it('compares grades by their order', () => {
    const rule = aRule('a', { conditions: [when('grade', 'lte', 'internal')] })
    expect(GRADES.map((grade) => decide([rule], { grade }).effect)).toEqual(['grant', 'grant', 'route', 'route'])
  })

  it('shows what the application really had beside each condition', () => {
    expect(weigh([when('grade', 'lte', 'secret'), when('duties', 'has', '税收征收')], FACTS)).toEqual([
      { attribute: 'grade', operator: 'lte', value: 'secret', actual: 'internal' }, { attribute: 'duties', operator: 'has', value: '税收征收', actual: ['税收征收'] },
    ])
  })

  it('never reads what people write as Cedar', () => {
    const attack = aRule('a', { name: '")\npermit(principal, action, resource);', scope: null, conditions: [when('purpose', 'eq', 'x" || true || "')] })
    expect(decide([attack])).toMatchObject({ ground: 'default' })
    expect(decide([attack], { purpose: 'x" || true || "' })).toMatchObject({ effect: 'grant' })
    expect(engine.text(attack)).toContain('x\\" || true || \\"')
  })

  it('is said in Cedar that people can read', () => {
    const text = engine.text(aRule('a', { name: '低敏秒批', scope: 'P1', conditions: [when('grade', 'lte', 'internal'), when('delivery', 'in', ['api', 'verify'])] }))
    expect(text.replace(/\s+/g, ' ').trim()).toBe('@name("低敏秒批") permit ( principal, action == Action::"grant", resource ) when '
      + '{ (resource.organisation == "P1") && (context.fieldsOfOthers == 0) && (context.grade <= 2) && ["api", "verify"].contains(context.delivery) };')
  })
})

const factValues = {
  grade: fc.constantFrom(...GRADES), number: fc.integer({ min: 0, max: 3 }), code: fc.constantFrom('a', 'b', 'P1', 'conditional', 'not-shared', 'unconditional'),
  words: fc.subarray(['a', 'b', 'c']), flag: fc.boolean(),
}
const conditions = fc.constantFrom(...Object.entries(RULE_ATTRIBUTES)).chain(([attribute, { type }]) =>
  fc.constantFrom(...OPERATORS_OF[type]).chain((operator) => {
    const one: fc.Arbitrary<string | number | boolean> = type === 'words' ? fc.constantFrom('a', 'b', 'c') : factValues[type]
    const list = fc.subarray(['a', 'b', 'P1', 'conditional', 'not-shared'], { minLength: 1 })
    const value: fc.Arbitrary<RuleCondition['value']> = operator === 'in' || operator === 'not-in' ? list : one
    return value.map((given): RuleCondition => ({ attribute, operator, value: given }))
  }))
const rules = fc.uniqueArray(fc.record({
  id: fc.constantFrom('r1', 'r2', 'r3', 'r4', 'r5', 'r6'), version: fc.constant(1), name: fc.string({ unit: 'grapheme', maxLength: 8 }), scope: fc.constantFrom(null, 'P1', 'a'),
  priority: fc.integer({ min: 1, max: 3 }), effect: fc.constantFrom(...RULE_EFFECTS), reason: fc.constant('理由'), legalBasis: fc.constant('依据'),
  conditions: fc.array(conditions, { maxLength: 3 }),
}), { selector: ({ id }) => id, maxLength: 6 })
const facts = fc.record(Object.fromEntries(Object.entries(RULE_ATTRIBUTES).map(([name, { type }]) => [name, factValues[type]]))) as unknown as fc.Arbitrary<Facts> // one value of its type for every attribute

/** The slow, obvious reading of a condition. */
function holdsPlainly({ attribute, operator, value }: RuleCondition, given: Facts): boolean {
  if (!isAttribute(attribute)) return false
  const plain = <T>(one: T): T | number => (RULE_ATTRIBUTES[attribute].type === 'grade' ? rankOf(String(one)) : one)
  const actual = plain<Fact>(given[attribute])
  const wanted = plain(value)
  const [left, right] = [Number(actual), Number(wanted)]
  const listed = Array.isArray(value) && value.includes(String(actual))
  const has = Array.isArray(actual) && actual.includes(wanted)
  return {
    eq: actual === wanted, ne: actual !== wanted, lt: left < right, lte: left <= right, gt: left > right, gte: left >= right,
    in: listed, 'not-in': !listed, has, 'has-not': !has,
  }[operator]
}

describe('random rules', () => {
  it('never grant what may not be shared, and say why', () => {
    fc.assert(fc.property(rules, facts, (some, given) => {
      expect(decide(some, { ...given, sharingType: 'not-shared' })).toMatchObject({ effect: 'refuse', ground: 'negative-list', legalBasis: '《统计法》第九条' })
    }))
  })

  it('are stopped by Cedar, too, from granting what may not be shared', () => {
    fc.assert(fc.property(rules, facts, (some, given) => {
      const set = engine.prepare(some)
      expect(set.matches({ ...given, sharingType: 'not-shared' })?.effect).toBe('refuse')
      set.release()
    }))
  })

  it('decide as a plain reading of them does, in whatever order they come', () => {
    fc.assert(fc.property(rules, facts, (some, given) => {
      fc.pre(given.sharingType !== 'not-shared')
      const matching = some.filter((rule) => (rule.scope === null || (rule.scope === given.provider && (rule.effect !== 'grant' || given.fieldsOfOthers === 0))) && rule.conditions.every((condition) => holdsPlainly(condition, given)))
      const effect = (['refuse', 'grant', 'route'] as const).find((one) => matching.some((rule) => rule.effect === one))
      const deciding = matching.filter((rule) => rule.effect === effect).sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))[0]
      expect(decide(some, given)).toMatchObject({ effect: effect ?? (given.sharingType === 'unconditional' ? 'grant' : 'route'), rule: deciding === undefined ? null : { id: deciding.id } })
      expect(decide([...some].reverse(), given)).toEqual(decide(some, given))
    }), { numRuns: 300 })
  })

  it('pass the validator whenever their form is right', () => {
    fc.assert(fc.property(rules, (some) => {
      for (const rule of some) expect(engine.complaints(rule)).toEqual([])
    }))
  })
})
