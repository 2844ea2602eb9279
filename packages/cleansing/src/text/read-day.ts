import { readChineseDigits, readChineseNumber } from './chinese-number.ts'
import { trimText } from './spaces.ts'
import { toHalfWidth } from './width.ts'

/** Whose years stand before the month when a date does not say so itself. */
export type Era = 'western' | 'roc'

/** In which order day, month and year stand when the year does not come first with four digits. */
export type DayOrder = 'ymd' | 'dmy' | 'mdy'

export interface DayReading {
  readonly era: Era
  readonly order: DayOrder
  /** Whether whole numbers of five digits are days since the end of 1899, as spreadsheets count. */
  readonly serial: boolean
  /** Whether a time of day is kept: the answer is then `2019-11-05 08:30:00` where there is one. */
  readonly time: boolean
}

const TIME = /[T ]*(上午|下午)?(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.\d{1,9})?)?|[时点時點](?:(\d{1,2})分(?:(\d{1,2})秒)?)?) ?([AP]M)?(Z|[+-]\d{2}:?\d{2})?$/i
/** No way of writing a day and a time takes more. */
const LONGEST = 80
const COMPACT_TIME = /^(\d{8})(\d{2})(\d{2})(\d{2})$/
const MARK = /^(?:中華民國|中华民国|民國|民国)\s*(前)?\s*/
const NUMERALS = /^([〇零一二三四五六七八九十百元]{1,5})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,4})[日号號]?$/
const PARTED = /^(\d{1,4}|元)([-/.年])(\d{1,2})([-/.月])(\d{1,4})[日号號]?$/
const ENGLISH = /^(?:(\d{1,2})[- ]([a-z]{3,9})\.?,?[- ](\d{4})|([a-z]{3,9})\.? (\d{1,2}),? (\d{4}))$/i
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
/** From 1954 to 2119. Day 61 of a spreadsheet is the first that is right: it takes 1900 for a leap year. */
const SERIAL = /^([2-7]\d{4})(?:\.(\d{1,10}))?$/
const SERIAL_ZERO: Day = { year: 1899, month: 12, day: 30 }
const DAY_SECONDS = 86_400
const CHINA_SECONDS = 8 * 3600
/** The year 1 of the Republic of China is 1912. */
const ROC_ZERO = 1911

interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/**
 * Reads a date as data have it and writes it as ISO 8601: 2019/11/5, 20191105, 2019年11月5日, 二〇一九年十一月五日, 民國108年11月5日,
 * 108/11/5 and 1081105 where years are those of the Republic of China, 5 Nov 2019, 43774. A time with a zone is turned to
 * China's. Null when there is no such day, or when only a guess would tell: two digits of a year are never completed.
 */
export function readDay(text: string, reading: DayReading): string | null {
  const clean = trimText(toHalfWidth(text, 'all'), 'one')
  if (clean.length > LONGEST) return null
  const serial = reading.serial ? SERIAL.exec(clean) : null
  if (serial !== null) {
    const seconds = Math.round(Number(`0.${serial[2] ?? '0'}`) * DAY_SECONDS)
    return written(SERIAL_ZERO, Number(serial[1]) * DAY_SECONDS + seconds, reading.time && serial[2] !== undefined)
  }
  const compact = COMPACT_TIME.exec(clean)
  const timed = compact === null ? TIME.exec(clean) : null
  const day = dayOf(compact?.[1] ?? clean.slice(0, timed?.index).trim(), reading)
  if (day === null || !written(day, 0, false).startsWith(isoOf(day))) return null
  if (compact === null && timed === null) return isoOf(day)
  const seconds = compact === null ? timeOf(timed!) : clock(compact[2], compact[3], compact[4]) // one of the two is there
  return seconds === null ? null : written(day, seconds, reading.time)
}

function dayOf(text: string, { era, order }: DayReading): Day | null {
  const mark = MARK.exec(text)
  const rest = mark === null ? text : text.slice(mark[0].length)
  const yearOf = (digits: string): number | null => {
    if (mark === null) return digits.length === 4 ? Number(digits) : era === 'roc' && /^\d{1,3}$/.test(digits) ? Number(digits) + ROC_ZERO : null
    const year = digits === '元' ? 1 : Number(digits)
    return year < 1 ? null : mark[1] === undefined ? year + ROC_ZERO : ROC_ZERO + 1 - year
  }
  const parted = PARTED.exec(rest)
  if (parted !== null) {
    const [, first = '', one, second = '', two, third = ''] = parted
    if (one === '年' ? two !== '月' : one !== two) return null
    if (order !== 'ymd' && third.length === 4 && mark === null) {
      return dayFrom(Number(third), order === 'dmy' ? second : first, order === 'dmy' ? first : second)
    }
    return third.length > 2 ? null : dayFrom(yearOf(first), second, third)
  }
  const run = /^(\d{2,4})(\d{2})(\d{2})$/.exec(rest)
  if (run !== null) return dayFrom(yearOf(run[1]!), run[2], run[3]) // the group is in every match
  return inNumerals(rest, yearOf) ?? inEnglish(rest)
}

function inNumerals(text: string, yearOf: (digits: string) => number | null): Day | null {
  const found = NUMERALS.exec(text)
  if (found === null) return null
  const [, years = '', month = '', day = ''] = found
  const digits = years === '元' ? years : (readChineseDigits(years) ?? String(readChineseNumber(years) ?? ''))
  return dayFrom(yearOf(digits), String(readChineseNumber(month) ?? 0), String(readChineseNumber(day) ?? 0))
}

function inEnglish(text: string): Day | null {
  const found = ENGLISH.exec(text)
  if (found === null) return null
  const name = (found[2] ?? found[4] ?? '').toLowerCase()
  const month = MONTHS.findIndex((full) => full === name || full.slice(0, 3) === name || (name === 'sept' && full === 'september')) + 1
  return dayFrom(Number(found[3] ?? found[6]), String(month), found[1] ?? found[5])
}

const dayFrom = (year: number | null, month = '', day = ''): Day | null =>
  year === null || year < 1 || year > 9999 ? null : { year, month: Number(month), day: Number(day) }

/** Seconds since midnight in China; below 0 or above a day where a zone moves it there. */
function timeOf(found: RegExpExecArray): number | null {
  const [, half, hour, minute, second, minuteZh, secondZh, meridiem, zone] = found
  const afternoon = half === '下午' || meridiem?.toUpperCase() === 'PM'
  const morning = half === '上午' || meridiem?.toUpperCase() === 'AM'
  if ((afternoon || morning) && Number(hour) > 12) return null
  const hours = afternoon ? (Number(hour) % 12) + 12 : morning ? Number(hour) % 12 : Number(hour)
  const seconds = clock(String(hours), minute ?? minuteZh ?? '0', second ?? secondZh ?? '0')
  if (seconds === null || zone === undefined) return seconds
  const [, sign, hoursAway = '0', minutesAway = '0'] = /([+-])(\d{2}):?(\d{2})/.exec(zone) ?? []
  const away = (Number(hoursAway) * 60 + Number(minutesAway)) * 60
  return seconds - (sign === '-' ? -away : away) + CHINA_SECONDS
}

function clock(hour = '0', minute = '0', second = '0'): number | null {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)]
  return h > 23 || m > 59 || s > 59 ? null : (h * 60 + m) * 60 + s
}

/** The instant so many seconds after a day's midnight, in the calendar. */
function written({ year, month, day }: Day, seconds: number, time: boolean): string {
  const at = new Date(0)
  at.setUTCFullYear(year, month - 1, day)
  at.setTime(at.getTime() + seconds * 1000)
  const iso = at.toISOString()
  return time ? `${iso.slice(0, 10)} ${iso.slice(11, 19)}` : iso.slice(0, 10)
}

const isoOf = ({ year, month, day }: Day): string => `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
