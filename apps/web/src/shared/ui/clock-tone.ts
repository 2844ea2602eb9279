import type { ClockView } from '@datong/contracts'

export type ClockTone = 'jade' | 'gamboge' | 'cinnabar' | 'still'

/** Jade while there is time, gamboge in the last third, cinnabar when late; still when it does not run. */
export function toneOf(clock: Pick<ClockView, 'state' | 'late' | 'workingDays' | 'workingDaysLeft'>): ClockTone {
  if (clock.late) return 'cinnabar'
  if (clock.state !== 'running') return 'still'
  return clock.workingDaysLeft <= clock.workingDays / 3 ? 'gamboge' : 'jade'
}
