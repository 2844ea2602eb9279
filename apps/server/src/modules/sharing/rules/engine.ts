import type * as Cedar from '@cedar-policy/cedar-wasm/nodejs'
import type { CedarValueJson, PolicyJson } from '@cedar-policy/cedar-wasm/nodejs'
import { RULE_ATTRIBUTES, type RuleAttributeName } from '@datong/contracts'
import { cedarSchema } from './cedar-schema.ts'
import { compileRule } from './compile-rule.ts'
import { type Fact, type Facts, rankOf } from './facts.ts'
import type { RuleText } from './rule.ts'

/** Compiled rules, ready to be asked many times. */
export interface RuleSet {
  /** Ids of the rules that decide: the refusals if any holds, else the grants, else those that route. */
  matches(facts: Facts): { readonly effect: 'refuse' | 'grant' | 'route'; readonly ids: readonly string[] } | null
  /** Gives its place back; it must not be asked any more. */
  release(): void
}

export interface RuleEngine {
  prepare(rules: readonly RuleText[]): RuleSet
  /** The active rules, compiled once and kept until others are active. To be asked before anything is awaited: others take its place. */
  active(rules: readonly RuleText[]): Pick<RuleSet, 'matches'>
  /** What Cedar's validator says against a rule; empty when it is well typed. */
  complaints(rule: RuleText): string[]
  /** The policy as people read it. */
  text(rule: Pick<RuleText, 'effect' | 'scope' | 'conditions' | 'name'>): string
}

const SCHEMA = 'datong'
/** The policy that no rule can outweigh; its id cannot be the UUID of a rule. */
const NEGATIVE_LIST = 'negative-list'
const FORBID_NEGATIVE_LIST: PolicyJson = compileRule({
  effect: 'refuse', scope: null, name: NEGATIVE_LIST, conditions: [{ attribute: 'sharingType', operator: 'eq', value: 'not-shared' }],
})

/**
 * Cedar in WebAssembly. It keeps parsed policy sets by name and cannot forget one, so names are used again.
 * @see https://www.cedarpolicy.com, language 4
 */
function createEngine(cedar: typeof Cedar): RuleEngine {
  must(cedar.preparseSchema(SCHEMA, cedarSchema()))
  const free: string[] = []
  let made = 0
  let current: { readonly key: string; readonly set: RuleSet } | undefined
  const engine: RuleEngine = {
    active(rules) {
      // A version of a rule never changes.
      const key = rules.map(({ id, version }) => `${id} ${version}`).join()
      if (current?.key === key) return current.set
      const set = engine.prepare(rules)
      current?.set.release()
      current = { key, set }
      return set
    },
    prepare(rules) {
      const name = free.pop() ?? `rules-${++made}`
      must(cedar.preparsePolicySet(name, { staticPolicies: { [NEGATIVE_LIST]: FORBID_NEGATIVE_LIST, ...Object.fromEntries(rules.map((rule) => [rule.id, compileRule(rule)])) } }))
      const ask = (action: 'grant' | 'route', request: ReturnType<typeof requestOf>) => {
        const answer = cedar.statefulIsAuthorized({ ...request, action: { type: 'Action', id: action }, preparsedPolicySetId: name, preparsedSchemaName: SCHEMA, validateRequest: true })
        if (answer.type === 'failure' || answer.response.diagnostics.errors.length > 0) throw new Error(`Cedar could not decide: ${JSON.stringify(answer)}`)
        return { allowed: answer.response.decision === 'allow', ids: answer.response.diagnostics.reason }
      }
      return {
        matches(facts) {
          const request = requestOf(facts)
          const grant = ask('grant', request)
          if (grant.ids.length > 0) return { effect: grant.allowed ? 'grant' : 'refuse', ids: grant.ids.filter((id) => id !== NEGATIVE_LIST) }
          const route = ask('route', request)
          return route.allowed ? { effect: 'route', ids: route.ids } : null
        },
        release: () => void free.push(name),
      }
    },
    complaints(rule) {
      const answer = cedar.validate({ schema: cedarSchema(), policies: { staticPolicies: { [rule.id]: compileRule(rule) } } })
      return answer.type === 'failure' ? answer.errors.map(({ message }) => message) : answer.validationErrors.map(({ error }) => error.message)
    },
    text(rule) {
      const said = cedar.policyToText(compileRule(rule))
      if (said.type === 'failure') throw new Error(`Cedar could not say a policy: ${JSON.stringify(said.errors)}`)
      const formatted = cedar.formatPolicies({ policyText: said.text, lineWidth: 100, indentWidth: 2 })
      return formatted.type === 'success' ? formatted.formatted_policy : said.text
    },
  }
  return engine
}

let loading: Promise<RuleEngine> | undefined

/** The engine of this process; its 4 MB are read when the first rule asks for it, so a city without rules never pays. */
export const ruleEngine = (): Promise<RuleEngine> => (loading ??= import('@cedar-policy/cedar-wasm/nodejs').then(createEngine))

function must(answer: Cedar.CheckParseAnswer): void {
  if (answer.type === 'failure') throw new Error(`Cedar refused what was compiled: ${JSON.stringify(answer.errors)}`)
}

const inCedar = (fact: Fact, type: string): CedarValueJson =>
  typeof fact === 'string' && type === 'grade' ? rankOf(fact) : typeof fact === 'object' ? [...fact] : fact

function requestOf(facts: Facts) {
  const parts: Record<string, Record<string, CedarValueJson>> = { principal: {}, resource: {}, context: {} }
  for (const [name, { type, path }] of Object.entries(RULE_ATTRIBUTES)) {
    const [root, attribute] = path.split('.')
    parts[root!]![attribute!] = inCedar(facts[name as RuleAttributeName], type) // the registry's own names and two-step paths
  }
  const principal = { type: 'Organisation', id: facts.organisation }
  const resource = { type: 'Entry', id: facts.entry }
  return {
    principal, resource, context: parts['context']!,
    entities: [{ uid: principal, attrs: parts['principal']!, parents: [] }, { uid: resource, attrs: parts['resource']!, parents: [] }],
  }
}
