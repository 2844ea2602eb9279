import type { FieldSchema } from '@datong/data-engine'
import type { Proposal, SuggestionFacts } from './suggestion.ts'

const NEAR_FIELDS = { least: 4, most: 40 }
/** Beyond this, comparing rows by all fields but one takes longer than a suggestion should promise. */
const NEAR_ROWS = 2_000_000
const ENOUGH_VERSIONS = 3

/** First and last of a period, as fields are called. The first pattern finds the stem that both share. */
const PAIRS: readonly (readonly [first: RegExp, last: RegExp])[] = [
  [/(?:起始|开始|起|始|自|from|start|begin)(?:日期|时间|年月|日|_?date|_?time)?$/i, /(?:截止|结束|终止|到期|止|终|至|until|to|end|expiry)(?:日期|时间|年月|日|_?date|_?time)?$/i],
  [/(?:发证|签发|颁发|登记|成立|决定|出生|立案|受理|申请)(?:日期|时间|日)$/, /(?:有效期至|截止日期|到期日期?|注销日期|失效日期|死亡日期|办结日期|结案日期)$/],
]

/** Rules of the whole table, and of fields that belong together. */
export function suggestForTable({ schema, rows, history, keys }: SuggestionFacts): Proposal[] {
  const [key] = keys
  return [
    { rule: 'value-type', field: null, baseline: true, reason: 'always' },
    { rule: 'duplicate-rows', field: null, baseline: true, reason: 'always' },
    { rule: 'up-to-date', field: null, baseline: true, reason: 'always' },
    { rule: 'reachable', field: null, baseline: true, reason: 'always' },
    ...(key === undefined ? [] : [{ rule: 'unique', field: key, baseline: true, reason: 'key' } as const]),
    { rule: 'row-count', field: null, parameters: { least: Math.max(1, Math.floor(rows / 2)) }, reason: 'always' },
    { rule: 'record-filled', field: null, reason: 'always' },
    ...(schema.length >= NEAR_FIELDS.least && schema.length <= NEAR_FIELDS.most && rows <= NEAR_ROWS ? [{ rule: 'near-duplicates', field: null, reason: 'always' } as const] : []),
    ...(history.length > 0 ? [{ rule: 'schema-match', field: null, reason: 'history', because: [String(history.length)] } as const] : []),
    ...(history.length >= ENOUGH_VERSIONS ? [{ rule: 'volume', field: null, reason: 'history', because: [String(history.length)] } as const] : []),
    ...pairsOf(schema),
  ]
}

const isDay = ({ type, name }: FieldSchema): boolean => type === 'date' || type === 'datetime' || (type === 'text' && /日期|时间|年月|有效期|date/i.test(name))

/** Fields that are called as the first and last of one period; the name that shares most with a first one is its last. */
function pairsOf(schema: readonly FieldSchema[]): Proposal[] {
  const days = schema.filter(isDay)
  return days.flatMap(({ name }): Proposal[] => {
    for (const [first, last] of PAIRS) {
      if (!first.test(name)) continue
      const stem = name.replace(first, '')
      const other = days.filter((one) => one.name !== name && last.test(one.name)).toSorted((a, b) => shared(b.name, stem) - shared(a.name, stem))[0]
      if (other !== undefined) return [{ rule: 'column-order', field: name, parameters: { other: other.name }, reason: 'named-pair', because: [other.name] }]
    }
    return []
  })
}

function shared(name: string, stem: string): number {
  let same = 0
  while (same < stem.length && name[same] === stem[same]) same++
  return same
}
