import { searchError } from '../ckan-error.ts'

const UNITS = { MILLISECOND: 1, SECOND: 1_000, MINUTE: 60_000, HOUR: 3_600_000, DAY: 86_400_000, WEEK: 7 * 86_400_000 } as const

/**
 * A moment as Solr writes it: ISO 8601 in UTC, with or without `Z`, and `NOW` with steps such as `-7DAYS`, `+1MONTH`, `/DAY`.
 * @throws CkanError `Search Error`
 */
export function solrDate(text: string, now: Date): Date {
  const found = /^(NOW|\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.]+)?Z?)((?:[+-]\d{1,6}[A-Z]+|\/[A-Z]+)*)$/.exec(text.replace(/^(\S+) (\d)/, '$1T$2'))
  if (found === null) throw searchError(`Invalid Date String:'${text.slice(0, 80)}'`)
  const [, base = '', steps = ''] = found
  let date = base === 'NOW' ? now : new Date(base.includes('T') && !base.endsWith('Z') ? `${base}Z` : base.replace(/Z$/, base.includes('T') ? 'Z' : ''))
  for (const [, sign, amount, unit = '', floor = ''] of steps.matchAll(/([+-])(\d+)([A-Z]+)|\/([A-Z]+)/g)) date = floor === '' ? added(date, Number(`${sign ?? '+'}${amount ?? '0'}`), unit) : floored(date, floor)
  if (Number.isNaN(date.getTime())) throw searchError(`Invalid Date String:'${text.slice(0, 80)}'`)
  return date
}

const unitOf = (word: string): string => word.replace(/S$/, '').replace(/^DATE$/, 'DAY').replace(/^MILLI$/, 'MILLISECOND')

function added(date: Date, amount: number, word: string): Date {
  const unit = unitOf(word)
  const next = new Date(date)
  if (unit === 'YEAR') next.setUTCFullYear(next.getUTCFullYear() + amount)
  else if (unit === 'MONTH') next.setUTCMonth(next.getUTCMonth() + amount)
  else if (unit in UNITS) next.setTime(next.getTime() + amount * UNITS[unit as keyof typeof UNITS]) // just looked up
  else throw searchError(`Unknown unit of time ${word}`)
  return next
}

function floored(date: Date, word: string): Date {
  const unit = unitOf(word)
  if (unit === 'YEAR') return new Date(Date.UTC(date.getUTCFullYear(), 0))
  if (unit === 'MONTH') return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth()))
  if (!(unit in UNITS)) throw searchError(`Unknown unit of time ${word}`)
  const size = UNITS[unit as keyof typeof UNITS] // just looked up
  return new Date(Math.floor(date.getTime() / size) * size)
}
