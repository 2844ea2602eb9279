import { dayOf, isoOf, plusYears } from './calendar.ts'
import type { City } from './city.ts'
import { STORIES, type Story } from './stories.ts'

/** An application for data, as one department (or a registered developer) made it to another, and what became of it. */
export interface DemoApplication extends Omit<Story, 'by' | 'filter' | 'renews' | 'untilInDays'> {
  /** Its place among the city's applications. */
  readonly name: string
  /** Credit code of the applying organisation; null for the developer. */
  readonly consumer: string | null
  readonly filter: NonNullable<Story['filter']>
  /** `YYYY-MM-DD`. */
  readonly until: string
  /** Name of the application whose grant is to be renewed. */
  readonly renews: string | null
}

const plainName = ({ entryKey, applicant, delivery }: Story): string => `${entryKey} by ${applicant}${delivery === 'verify' ? ', to verify' : ''}`

/** The applications for seeding: in all states and on all ways of the sharing process, with calls by most of their grants. */
export function demoApplications({ organisations, options }: City): DemoApplication[] {
  const codes = new Map(organisations.map(({ key, code }) => [key, code]))
  const today = dayOf(options.today)
  return STORIES.map((story) => {
    const { by, filter = [], renews, untilInDays, ...rest } = story
    const name = plainName(story)
    return {
      ...rest,
      filter,
      name: renews === undefined ? name : `${name}, renewed`,
      renews: renews === undefined ? null : name,
      consumer: by === null ? null : codes.get(by)!,
      until: isoOf(untilInDays === undefined ? plusYears(today, 2) : today + untilInDays),
    }
  })
}
