import { flagOf, nothing, parameter, textsOf } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

const SHOWN = 10

/** `name:type`; a name alone is of any type. */
function readField(text: string): { name: string; type: string | null } {
  const at = text.lastIndexOf(':')
  return at < 0 ? { name: text, type: null } : { name: text.slice(0, at), type: text.slice(at + 1) }
}

/** Fields as they were agreed, or as they were in the version before. */
export const schemaMatch: RuleDefinition = {
  id: 'schema-match',
  dimension: 'normativity',
  titleZh: '结构一致',
  titleEn: 'Fields as agreed',
  aboutZh: '字段的名称和类型与约定（未约定时与上一版本）一致。',
  aboutEn: 'Names and types of the fields are as agreed, or as in the version before.',
  source: 'GB/T 36344-2018, 规范性：数据模型',
  scope: 'table',
  parameters: [
    parameter('texts', ['fields', '约定的字段（名称:类型）', 'Agreed fields (name:type)'], { default: [] }),
    parameter('boolean', ['moreAllowed', '允许增加字段', 'More fields allowed'], { default: true }),
  ],
  weight: 2,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, { version, history }) => {
    const agreed = textsOf(rule, 'fields').map(readField)
    const expected = agreed.length > 0 ? agreed : history[0]?.fields
    if (expected === undefined) return nothing('no-history')
    const now = new Map(version.schema.map(({ name, type }) => [name, type]))
    const known = new Set(expected.map(({ name }) => name))
    const missing = expected.filter(({ name }) => !now.has(name)).map(({ name }) => name)
    const retyped = expected.filter(({ name, type }) => now.has(name) && type !== null && now.get(name) !== type).map(({ name }) => name)
    const added = version.schema.filter(({ name }) => !known.has(name)).map(({ name }) => name)
    const odd = flagOf(rule, 'moreAllowed') ? [] : added
    return {
      by: 'facts',
      finding: {
        checked: expected.length + odd.length,
        failed: missing.length + retyped.length + odd.length,
        params: { missing: missing.slice(0, SHOWN).join('、'), retyped: retyped.slice(0, SHOWN).join('、'), added: added.slice(0, SHOWN).join('、') },
      },
    }
  },
}
