import type { Condition } from '@datong/data-engine'
import { all, compare, countRows, nothing, numberOf, onField, parameter, textOf, withFields } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

const DAY_MS = 86_400_000

/** Days between an event and its record, row by row; or, without a field of recording, between the newest event and the load. */
export const eventLag: RuleDefinition = {
  id: 'event-lag',
  dimension: 'timeliness',
  titleZh: '事件滞后',
  titleEn: 'Lag of events',
  aboutZh: '事件发生到登记入库不超过约定的天数。',
  aboutEn: 'Between an event and its record there are at most so many days.',
  source: 'GB/T 36344-2018, 时效性：时序性',
  scope: 'field',
  parameters: [
    parameter('field', ['recordedField', '登记日期字段', 'Field of the recording']),
    parameter('number', ['mostDays', '至多天数', 'Most days'], { required: true, default: 30, minimum: 0 }),
  ],
  weight: 1,
  severity: 'minor',
  toleranceShare: 0.05,
  plan: (rule, subject) => {
    const recorded = textOf(rule, 'recordedField')
    const mostDays = numberOf(rule, 'mostDays') ?? 0
    return onField(rule, subject, ({ name }) => {
      if (recorded !== null) {
        const read = [name, recorded].map((field): Condition => ({ op: 'reads', field, as: 'date' }))
        return withFields(subject, [recorded], () => countRows(compare({ field: recorded, as: 'date' }, 'gt', { field: name, as: 'date', plusDays: mostDays }), all(...read)))
      }
      const newest = subject.profile.find((profile) => profile.name === name)?.max
      const at = typeof newest === 'string' ? Date.parse(newest.slice(0, 10)) : NaN
      if (Number.isNaN(at)) return nothing('nothing-to-check')
      const lagDays = Math.max(0, Math.floor((subject.loadedAt.getTime() - at) / DAY_MS))
      return { by: 'facts', finding: { checked: 1, failed: lagDays > mostDays ? 1 : 0, params: { lagDays, mostDays } } }
    }, ['text', 'date', 'datetime'])
  },
}
