import { halfWidth } from '@datong/kernel'
import { isoDate, readDate } from '../calendar-date.ts'
import { detectByShare } from '../detect-by-share.ts'
import { namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

/** Any calendar date from 1850 on; a year and month alone are doubtful. Only the column's name makes it a birth date. */
function validate(value: string): Verdict {
  const text = halfWidth(value)
  const date = readDate(text)
  if (date !== null) return date.year >= 1850 && date.year <= 2099 ? 'valid' : 'invalid'
  return /^(?:18[5-9]|19\d|20\d)\d(?:[-/.年]?(?:0?[1-9]|1[0-2])月?)?$/.test(text) ? 'doubtful' : 'invalid'
}

export const dateOfBirth: Recognizer = {
  id: 'date-of-birth',
  titleZh: '出生日期',
  titleEn: 'Date of birth',
  category: 'personal',
  source: 'GB/T 7408.1 (ISO 8601-1), name of the column',
  validate,
  standardise: (value) => {
    const date = readDate(halfWidth(value))
    return date === null ? null : isoDate(date.year, date.month, date.day)
  },
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern('出生|生日|诞辰', 'birth|birth_?(?:date|day)|date_?of_?birth|dob|csrq|csny'),
      notNames: /出生地|出生证|出生医学|体重|身长|人数|人口|孕周|医院|机构|性别|率$/,
      types: ['text', 'date', 'datetime', 'integer'],
      doubtfulNamed: 0.8,
      doubtfulAlone: 0,
      shareNamed: 0.3,
      shareAlone: null,
      ceilingAlone: 0,
    }),
}
