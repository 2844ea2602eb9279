import { ADDRESS_LEVELS, parseAddress } from '@datong/recognizers'
import { any, given, onField, parameter, textOf } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

const LEVEL_IDS: readonly string[] = ADDRESS_LEVELS
const TITLES = { province: '省', city: '市', county: '区县', town: '街道乡镇', village: '社区村', road: '路街', number: '门牌号', building: '楼栋', room: '户室' } as const
const LEVELS = ADDRESS_LEVELS.map((value) => ({ value, titleZh: TITLES[value], titleEn: value[0]!.toUpperCase() + value.slice(1) }))

/** Addresses that name the place down to a level. */
export const addressLevel: RuleDefinition = {
  id: 'address-level',
  dimension: 'normativity',
  titleZh: '地址层级',
  titleEn: 'Address down to a level',
  aboutZh: '地址能解析到约定的层级（如门牌号）。',
  aboutEn: 'Addresses can be taken apart down to a level, such as the house number.',
  source: 'GB/T 23705-2009',
  scope: 'field',
  parameters: [
    parameter('choice', ['level', '至少到', 'Down to'], { default: 'road', options: LEVELS }),
  ],
  weight: 1,
  severity: 'minor',
  toleranceShare: 0.05,
  plan: (rule, subject) => {
    const wanted = LEVEL_IDS.indexOf(textOf(rule, 'level') ?? 'road')
    return onField(rule, subject, ({ name }) => ({
      by: 'rows',
      columns: [name],
      among: given(name),
      surely: any(),
      check: ([text]) => {
        const address = typeof text === 'string' ? parseAddress(text) : null
        return address !== null && LEVEL_IDS.indexOf(address.level) >= wanted ? 'right' : 'wrong'
      },
    }), ['text'])
  },
}
