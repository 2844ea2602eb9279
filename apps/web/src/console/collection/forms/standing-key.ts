import type { FormStanding } from '@datong/contracts'

/** Which words say how a part stands: without whole working days between, "today" and "late" are said plainly. */
export function standingKey(standing: FormStanding, workingDays: number | null) {
  if (workingDays !== 0) return standing
  if (standing === 'in-time' || standing === 'soon') return 'today'
  return standing === 'late' ? 'just-late' : standing === 'handed-in-late' ? 'handed-in-just-late' : standing
}
