import { type RuleDefinition } from '../rule.ts'

const DAY_MS = 86_400_000
/** After so many cycles without new data nothing is left of the score. */
const CYCLES_TO_NOTHING = 3

/** Whether the data are as fresh as the entry promises: full within one cycle, falling to nothing at three. */
export const upToDate: RuleDefinition = {
  id: 'up-to-date',
  dimension: 'timeliness',
  titleZh: '更新及时性',
  titleEn: 'Up to date',
  source: 'GB/T 36344-2018, 时效性：基于时间点及时性',
  weight: 1,
  messages: ['quality.up-to-date.in-time', 'quality.up-to-date.late', 'quality.up-to-date.no-cycle'],
  evaluate: ({ loadedAt, now, updateCycleDays }) => {
    const ageDays = Math.max(0, Math.floor((now.getTime() - loadedAt.getTime()) / DAY_MS))
    const result = (score: number | null, failing: number, kind: string) => [
      {
        rule: 'up-to-date' as const,
        field: null,
        dimension: 'timeliness' as const,
        score,
        checked: score === null ? 0 : 1,
        failing,
        message: `quality.up-to-date.${kind}`,
        params: { ageDays, cycleDays: updateCycleDays ?? null },
      },
    ]
    if (updateCycleDays === null || updateCycleDays === undefined || !(updateCycleDays > 0)) return result(null, 0, 'no-cycle')
    const cycles = ageDays / updateCycleDays
    if (cycles <= 1) return result(1, 0, 'in-time')
    return result(Math.max(0, (CYCLES_TO_NOTHING - cycles) / (CYCLES_TO_NOTHING - 1)), 1, 'late')
  },
}
