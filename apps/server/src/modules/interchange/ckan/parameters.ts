import { invalid } from './ckan-error.ts'

type Data = Readonly<Record<string, unknown>>

const MISSING = 'Missing value'

/** Empty counts as not given. */
const given = (data: Data, name: string): unknown => (data[name] === '' || data[name] === null ? undefined : data[name])

export function textOf(data: Data, name: string): string | undefined {
  const value = given(data, name)
  if (value === undefined || typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw invalid({ [name]: ['Must be a Unicode string value'] })
}

/** @throws CkanError with CKAN's words when it is missing */
export function requiredText(data: Data, name: string): string {
  const value = textOf(data, name)
  if (value === undefined) throw invalid({ [name]: [MISSING] })
  return value
}

/** Whole, ≥ 0; more than `most` counts as `most`. */
export function countOf(data: Data, name: string, fallback: number, most: number): number {
  const value = given(data, name)
  if (value === undefined) return fallback
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^\s*[+-]?\d{1,15}\s*$/.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(number)) throw invalid({ [name]: ['Invalid integer'] })
  if (number < 0) throw invalid({ [name]: ['Must be a natural number'] })
  return Math.min(number, most)
}

/** As `countOf`; below zero stands for all there are. */
export function limitOf(data: Data, name: string, fallback: number, most: number): number {
  return /^\s*-\d+\s*$/.test(wordOf(given(data, name)) ?? '') ? most : countOf(data, name, fallback, most)
}

/** A plain value as a word; undefined for lists and dicts, however deep. */
export const wordOf = (value: unknown): string | undefined => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined)

const YES = new Set(['true', 'yes', 'on', 'y', 't', '1'])
const NO = new Set(['false', 'no', 'off', 'n', 'f', '0'])

export function flagOf(data: Data, name: string, fallback: boolean): boolean {
  const value = given(data, name)
  if (value === undefined) return fallback
  const word = wordOf(value)?.trim().toLowerCase() ?? ''
  if (!YES.has(word) && !NO.has(word)) throw invalid({ [name]: ['Parameter is not an bool'] })
  return YES.has(word)
}

/** JSON where a text holds some, as in addresses. */
export function jsonOf(data: Data, name: string): unknown {
  const value = given(data, name)
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    const parsed: unknown = JSON.parse(value)
    return parsed
  } catch {
    throw invalid({ [name]: ['Cannot parse JSON'] })
  }
}

/** A list, JSON of one, or words between commas. */
export function listOf(data: Data, name: string): string[] | undefined {
  const value = jsonOf(data, name)
  if (value === undefined) return undefined
  const items: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',').map((word) => word.trim().replace(/^"(.*)"$/s, '$1')) : [value]
  if (items.some((item) => typeof item !== 'string')) throw invalid({ [name]: ['Not a list of strings'] })
  return items.map(String)
}

export function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : undefined
}
