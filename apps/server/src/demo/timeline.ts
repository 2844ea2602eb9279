import { chinaDay, isWorkingDay, type WorkingCalendar } from '@datong/kernel'

const DAY_MS = 86_400_000

/** Instants of the city's past, told as people tell them: so many working days ago, at such a time. */
export interface Timeline {
  /** `09:30` on the nth working day back; day 0 is today, or the last working day when today is none. Never later than the present. */
  at(workingDaysAgo: number, time: `${number}:${number}`): Date
}

export function createTimeline(present: Date, calendar: WorkingCalendar): Timeline {
  const days: string[] = []
  const dayAgo = (index: number): string => {
    const before = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10)
    while (days.length <= index) {
      let day = days.length === 0 ? chinaDay(present) : before(days.at(-1)!) // not empty here
      while (!isWorkingDay(day, calendar)) day = before(day)
      days.push(day)
    }
    return days[index]! // filled just now
  }
  return {
    at: (workingDaysAgo, time) => {
      const instant = new Date(`${dayAgo(workingDaysAgo)}T${time.padStart(5, '0')}:00+08:00`)
      return instant < present ? instant : present
    },
  }
}
