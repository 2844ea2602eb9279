import { maskText } from '../mask-text.ts'
import { defineMethod } from '../masking-method.ts'

const FORMS = [
  /^(\d{4})[-/.](\d{1,2})[-/.]\d{1,2}(?:[T ][\d:.Z+-]*)?$/,
  /^(\d{4})(\d{2})\d{2}$/,
  /^(\d{4})年(\d{1,2})月\d{1,2}日?$/,
] as const
const UNKNOWN = '****'

/** Keeps the year, the year and month, or the decade. What is no whole date is hidden, a year alone too. */
export const birthDate = defineMethod({
  id: 'birth-date',
  titleZh: '出生日期：仅保留年份',
  titleEn: 'Date of birth: keep the year',
  example: { from: '1990-01-31', to: '1990' },
  accepts: ['text', 'date', 'datetime', 'integer'],
  output: 'text',
  params: {
    keep: { type: 'string', enum: ['year', 'year-month', 'decade'], default: 'year', titleZh: '保留', titleEn: 'Keep' },
  },
  compile: ({ keep }) =>
    maskText((text) => {
      const match = text.length > 40 ? null : FORMS.reduce<RegExpExecArray | null>((found, form) => found ?? form.exec(text), null)
      const [year, month] = [Number(match?.[1]), Number(match?.[2])]
      if (match === null || year < 1850 || year > 2099 || month < 1 || month > 12) return UNKNOWN
      if (keep === 'decade') return `${String(year).slice(0, 3)}0s`
      return keep === 'year' ? String(year) : `${year}-${String(month).padStart(2, '0')}`
    }),
})
