/** Days are counted from 1970-01-01 in the proleptic Gregorian calendar; there is no clock and no zone here. */
const DAY_MS = 86_400_000

const pad = (value: number, length = 2): string => String(value).padStart(length, '0')

/** `YYYY-MM-DD` to its day number. */
export const dayOf = (iso: string): number => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS)

/** Day number to `YYYY-MM-DD`. */
export const isoOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

export const yearOf = (day: number): number => new Date(day * DAY_MS).getUTCFullYear()

export const monthOf = (day: number): number => new Date(day * DAY_MS).getUTCMonth() + 1

/** The same calendar day some years later; 29 February becomes 1 March where there is none. */
export function plusYears(day: number, years: number): number {
  const date = new Date(day * DAY_MS)
  return Math.round(Date.UTC(date.getUTCFullYear() + years, date.getUTCMonth(), date.getUTCDate()) / DAY_MS)
}

/** `YYYY-MM` of the month that lies `back` months before the day's. */
export function monthBefore(day: number, back: number): string {
  const date = new Date(day * DAY_MS)
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() - back
  return `${Math.floor(months / 12)}-${pad((months % 12) + 1)}`
}

/** The ways in which departments write a date beside ISO 8601. */
export const DATE_STYLES: readonly ((iso: string) => string)[] = [
  (iso) => iso.replaceAll('-', ''),
  (iso) => iso.split('-').map(Number).join('/'),
  (iso) => iso.replaceAll('-', '.'),
  (iso) => {
    const [year, month, day] = iso.split('-').map(Number)
    return `${year}年${month}月${day}日`
  },
]
