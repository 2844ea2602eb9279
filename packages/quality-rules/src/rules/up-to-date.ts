import { nothing, numberOf, parameter } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

const DAY_MS = 86_400_000
/** After so many cycles without new data nothing is left of the score. */
const CYCLES_TO_NOTHING = 3

/** Data as fresh as the entry promises: full within one cycle, nothing left of the score at three. */
export const upToDate: RuleDefinition = {
  id: 'up-to-date',
  dimension: 'timeliness',
  titleZh: '更新及时',
  titleEn: 'Up to date',
  aboutZh: '在承诺的更新周期内更新。',
  aboutEn: 'The data were updated within the cycle that the entry promises.',
  source: 'GB/T 36344-2018, 时效性：基于时间点及时性',
  scope: 'table',
  parameters: [
    parameter('number', ['cycleDays', '更新周期（天，空为目录所写）', 'Cycle in days (of the entry when empty)'], { minimum: 0.01 }),
  ],
  weight: 2,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, { now, loadedAt, updateCycleDays }) => {
    const cycleDays = numberOf(rule, 'cycleDays') ?? updateCycleDays
    if (cycleDays === null || !(cycleDays > 0)) return nothing('no-cycle')
    const ageDays = Math.max(0, Math.floor((now.getTime() - loadedAt.getTime()) / DAY_MS))
    const cycles = ageDays / cycleDays
    const score = cycles <= 1 ? 1 : Math.max(0, (CYCLES_TO_NOTHING - cycles) / (CYCLES_TO_NOTHING - 1))
    return { by: 'facts', finding: { checked: 1, failed: cycles <= 1 ? 0 : 1, score, params: { ageDays, cycleDays } } }
  },
}
