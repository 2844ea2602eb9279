import { nothing } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Names that a reader or a spreadsheet gave because the file had none. */
const NAMELESS = /^(?:|_?\d+|(?:column|col|field|f|unnamed|列|字段)[\s_:]*\d*)$/i
const SHOWN = 10

/** An entry that can be used: its metadata are complete and its interface answers. */
export const reachable: RuleDefinition = {
  id: 'reachable',
  dimension: 'accessibility',
  titleZh: '可访问',
  titleEn: 'Reachable',
  aboutZh: '元数据齐全，接口可用。',
  aboutEn: 'Its metadata are complete and its interface answers.',
  source: 'GB/T 36344-2018, 可访问性：可访问、可用性',
  scope: 'table',
  parameters: [],
  weight: 1,
  severity: 'minor',
  toleranceShare: 0,
  plan: (_rule, { entry, version }) => {
    if (entry === null) return nothing('not-told')
    const nameless = version.schema.filter(({ name }) => NAMELESS.test(name.trim())).map(({ name }) => name)
    const missing = entry.metadata.filter(({ present }) => !present).map(({ item }) => item)
    const asked = entry.up === null ? 0 : 1
    return {
      by: 'facts',
      finding: {
        checked: entry.metadata.length + version.schema.length + asked,
        failed: missing.length + nameless.length + (entry.up === false ? 1 : 0),
        params: { missing: missing.slice(0, SHOWN).join(' '), nameless: nameless.length, up: entry.up === null ? null : entry.up ? 1 : 0 },
      },
    }
  },
}
