import type { Language } from './language.ts'

/** Figures, dates and sizes as each language writes them. Dates and times are those of China, wherever the reader's computer thinks it is: limits end with a Chinese day. */
export interface Format {
  /** `1,204` */ number(value: number, digits?: number): string
  /** `128 万`, `1.2 亿`; `1.28 million` */ large(value: number): string
  /** 0 to 1 → `97.5%` */ percent(value: number, digits?: number): string
  /** `2026-11-22` */ date(value: string): string
  /** `2026-11-22 09:14` */ dateTime(value: string): string
  /** `3 天前`, `3 days ago`; beyond a month the date. */ ago(value: string, now: Date): string
  /** `12.4 MB` */ bytes(value: number): string
  /** `1 分 20 秒` */ duration(seconds: number): string
}

const two = (value: number): string => String(value).padStart(2, '0')

/** China Standard Time is eight hours ahead all the year. */
const CHINA_MS = 8 * 3_600_000
/** A moment whose UTC parts read as China's clocks do. */
const inChina = (value: string | Date): Date => new Date(new Date(value).getTime() + CHINA_MS)

const calendarDate = (at: Date): string => inChina(at).toISOString().slice(0, 10)

const trimmed = (value: number): string =>
  new Intl.NumberFormat('en-US', { maximumFractionDigits: value >= 100 ? 0 : value >= 10 ? 1 : 2 }).format(value)

function large(value: number, language: Language): string {
  const size = Math.abs(value)
  if (language === 'en') {
    if (size >= 1e9) return `${trimmed(value / 1e9)} billion`
    return size >= 1e6 ? `${trimmed(value / 1e6)} million` : trimmed(Math.round(value))
  }
  if (size >= 1e8) return `${trimmed(value / 1e8)} 亿`
  return size >= 1e5 ? `${trimmed(value / 1e4)} 万` : trimmed(Math.round(value))
}

function ago(value: string, now: Date, language: Language): string {
  const at = new Date(value)
  const seconds = (at.getTime() - now.getTime()) / 1000
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const size = Math.abs(seconds)
  if (size < 60) return relative.format(0, 'second')
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour')
  return size < 30 * 86_400 ? relative.format(Math.round(seconds / 86_400), 'day') : calendarDate(at)
}

function bytes(value: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(value) / 10))
  return `${trimmed(value / 1024 ** step)} ${units[step]}`
}

function duration(seconds: number, language: Language): string {
  const minutes = Math.floor(seconds / 60)
  const rest = Math.round(seconds - minutes * 60)
  if (language === 'en') return minutes > 0 ? `${minutes} min ${rest} s` : `${seconds < 10 ? trimmed(seconds) : rest} s`
  return minutes > 0 ? `${minutes} 分 ${rest} 秒` : `${seconds < 10 ? trimmed(seconds) : rest} 秒`
}

/** The formatters of one language. */
export const formatFor = (language: Language): Format => ({
  number: (value, digits = 0) => new Intl.NumberFormat('en-US', { maximumFractionDigits: digits }).format(value),
  large: (value) => large(value, language),
  percent: (value, digits = 1) => `${new Intl.NumberFormat('en-US', { maximumFractionDigits: digits }).format(value * 100)}%`,
  // A value that is a calendar date already has no time zone to convert.
  date: (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : calendarDate(new Date(value))),
  dateTime: (value) => {
    const at = inChina(value)
    return `${at.toISOString().slice(0, 10)} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
  },
  ago: (value, now) => ago(value, now, language),
  bytes,
  duration: (seconds) => duration(seconds, language),
})
