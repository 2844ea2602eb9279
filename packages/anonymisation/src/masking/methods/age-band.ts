import { maskText } from '../mask-text.ts'
import { defineMethod } from '../masking-method.ts'

/** Whole dates, and the dates within citizen numbers (GB 11643: 18 digits, or 15 of people born before 2000). */
const FORMS = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.Z+-]*)?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
  /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dXx]$/,
  /^\d{6}(\d{2})(\d{2})(\d{2})\d{3}$/,
] as const
const UNKNOWN = '****'
const OLDEST = 130
/** First ages of the stages of life that policies speak of: before school, minors (《未成年人保护法》), adults, the elderly (《老年人权益保障法》). */
const STAGES = [0, 6, 18, 60] as const
/** Five-year bands end here: above, few people are left in each. */
const LAST_FIVE = 90

/**
 * Turns a date of birth, or a citizen number, into the band that the age on the day of the version lies in. What holds no
 * birth date before that day, or one that nobody has who lives, is hidden.
 */
export const ageBand = defineMethod({
  id: 'age-band',
  titleZh: '出生日期或公民身份号码：年龄段',
  titleEn: 'Date of birth or citizen number: age band',
  example: { from: '1990-01-31', to: '18-59' },
  accepts: ['text', 'date', 'datetime', 'integer'],
  output: 'text',
  params: {
    bands: { type: 'string', enum: ['stages', 'five-years'], default: 'stages', titleZh: '分段', titleEn: 'Bands' },
  },
  compile: ({ bands }, { day }) => {
    const today = day === undefined ? null : dayIn(day)
    return maskText((text) => {
      const birth = text.length > 40 ? null : dayIn(text)
      if (birth === null || today === null) return UNKNOWN
      const age = ageOn(birth, today)
      if (age < 0 || age > OLDEST) return UNKNOWN
      if (bands === 'stages') {
        const from = STAGES.findLast((first) => first <= age) ?? 0
        const next = STAGES.find((first) => first > age)
        return next === undefined ? `${from}+` : `${from}-${next - 1}`
      }
      const from = Math.min(LAST_FIVE, Math.floor(age / 5) * 5)
      return from === LAST_FIVE ? `${from}+` : `${from}-${from + 4}`
    })
  },
})

interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The date that a text is, or holds as a citizen number does; null for none that exists. */
function dayIn(text: string): Day | null {
  for (const form of FORMS) {
    const match = form.exec(text)
    if (match === null) continue
    const [, years, month, day] = match.map(Number) as [number, number, number, number] // each form has three groups
    const year = years < 100 ? 1900 + years : years
    const date = new Date(Date.UTC(year, month - 1, day))
    // A day that the month does not have would be one of the next.
    if (year < 1850 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
    return { year, month, day }
  }
  return null
}

/** Whole years; who was born on 29 February grows older on 1 March of other years. */
const ageOn = (birth: Day, on: Day): number =>
  on.year - birth.year - (on.month < birth.month || (on.month === birth.month && on.day < birth.day) ? 1 : 0)
