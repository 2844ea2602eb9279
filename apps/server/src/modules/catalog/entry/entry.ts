import type { EntryState, Field } from '@datong/contracts'
import { type Grade, stricter } from '@datong/kernel'

/** A catalogue entry as the module's own code sees it. */
export interface EntryRecord {
  readonly code: string
  readonly organisation: string
  readonly title: string
  readonly titleEn: string | null
  readonly summary: string
  readonly theme: string
  readonly keywords: readonly string[]
  readonly state: EntryState
  readonly sharingType: 'unconditional' | 'conditional' | 'not-shared' | null
  readonly sharingCondition: string
  readonly legalBasis: string
  readonly openingType: 'open' | 'on-application' | 'closed' | null
  readonly updateCycle: string
  readonly licence: string
  readonly contact: string
  readonly grade: Grade
  readonly fields: readonly Field[]
  readonly revision: number
  readonly version: number | null
  readonly rowCount: number | null
  readonly stars: number | null
  readonly createdAt: Date
  readonly changedAt: Date
  readonly publishedAt: Date | null
  readonly reviewDueAt: Date | null
  readonly dataUpdatedAt: Date | null
}

/** The grade of an entry is the strictest of its fields; an entry without fields is internal until something is known. */
export const gradeOf = (fields: readonly Field[]): Grade =>
  fields.length === 0 ? 'internal' : fields.map((field) => field.grade).reduce(stricter)

/** `306007-000123` as people write it: `306007/000123`. */
export const displayCode = (code: string): string => code.replace('-', '/')
