import { nothing } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Names that a reader or a spreadsheet gave because the file had none. */
const NAMELESS = /^(?:|_?\d+|(?:column|col|field|f|unnamed|列|字段)[\s_:]*\d*)$/i
const SHOWN = 10

/** An entry that can be used: its metadata are complete and its interfaces answer. */
export const reachable: RuleDefinition = {
  id: 'reachable',
  dimension: 'accessibility',
  titleZh: '可访问',
  titleEn: 'Reachable',
  aboutZh: '元数据齐全，接口可用。',
  aboutEn: 'Its metadata are complete and its interfaces answer.',
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
    const described = entry.metadata.length + version.schema.length
    const asked = entry.endpoints.filter(({ up }) => up !== null)
    const down = asked.filter(({ up }) => up === false).length
    const told = missing.length + nameless.length
    return {
      by: 'facts',
      finding: {
        checked: described + asked.length,
        failed: told + down,
        params: { missing: missing.slice(0, SHOWN).join(' '), nameless: nameless.length, up: asked.length === 0 ? null : down === 0 ? 1 : 0, endpoints: asked.length, down },
        ...(asked.length === 0 || described === 0 ? {} : { score: (share(told, described) + share(down, asked.length)) / 2 }),
      },
    }
  },
}

/** A description of many items does not outweigh that there is nothing to be had: both halves count alike. */
const share = (failed: number, of: number): number => 1 - failed / of
