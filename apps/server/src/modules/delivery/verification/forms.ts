import type { Value } from '@datong/data-engine'
import { parseCitizenNumber, RECOGNIZERS } from '@datong/recognizers'
import type { PlanField } from '../plan/plan.ts'
import { parseValue } from '../rows/parse-value.ts'

/**
 * Forms in which two writings of one value are the same text. What was stored and what is asked are both brought into
 * them before they are compared: full width and half width, blanks, case, 15 and 18 digits, ways of writing a date.
 */

const SEPARATORS = /[\t-\r \u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\-.·•\u2010-\u2015]/g

const halfWidth = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ').replace(/[\u200b-\u200d\u2060\ufeff]/g, '')

/** Upper case of the ASCII letters alone, so that it is the same in every language and in PostgreSQL. */
const upper = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())

/** Half width, capitals, no blanks, hyphens, dots; most numbers are written so already. */
const compact = (text: string): string => (/^[\dA-Z]*$/.test(text) ? text : upper(halfWidth(text).replace(SEPARATORS, '')))

/** Text in general: a blank counts only between two Latin letters or digits, where it parts words. */
const plain = (text: string): string => /^[\u4e00-\u9fff\dA-Z]*$/.test(text) ? text :
  upper(halfWidth(text)).trim().replace(/\s+/g, ' ').replace(/(?<![\x21-\x7e]) | (?![\x21-\x7e])/g, '')

/** One way of writing an identifying number; 15 digits of a citizen number become 18. */
const identifierForm = (recognizer: string | null, text: string): string =>
  (recognizer === 'citizen-number' ? parseCitizenNumber(text)?.eighteen : undefined) ?? compact(text)

const DATE = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?=$|[ T])/

/** 2020/1/5, 2020年1月5日 and 20200105 as 2020-01-05; what follows the day stays. */
function isoDates(text: string): string {
  const spread = text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  return spread.replace(DATE, (_, year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}

const WORDS: Readonly<Record<string, string>> = { 是: 'true', 否: 'false', TRUE: 'true', FALSE: 'false' }

function typedForm(field: PlanField, text: string): string | null {
  const { type } = field.schema
  const trimmed = halfWidth(text).trim()
  const written = type === 'date' || type === 'datetime' ? isoDates(trimmed) : type === 'boolean' ? (WORDS[upper(trimmed)] ?? trimmed) : trimmed
  const parsed = parseValue(written, field.schema)
  if (!parsed.ok) return null
  if (type === 'decimal') return decimalForm(String(parsed.value))
  if (type === 'datetime') return datetimeForm(String(parsed.value))
  return String(parsed.value)
}

/** Digits alone decide: 1.50, +1.5 and 01.5 are one number, however many digits it has. */
function decimalForm(text: string): string | null {
  const match = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text)
  if (match === null) return null
  const digits = `${match[2] === '' ? '0' : match[2]}${match[3] === undefined || match[3] === '' ? '' : `.${match[3]}`}`
  return match[1] === '-' && digits !== '0' ? `-${digits}` : digits
}

/** A day alone is its midnight; seconds and their fractions that are zero may be left out. */
function datetimeForm(text: string): string {
  const [day = '', time = '00:00:00'] = text.split('T')
  const [clock = '', fraction = ''] = time.split('.')
  const rest = fraction.replace(/0+$/, '')
  return `${day}T${clock.length === 5 ? `${clock}:00` : clock}${rest === '' ? '' : `.${rest}`}`
}

/** How a field of a plan is compared. */
export interface Comparison {
  readonly field: PlanField
  readonly recognizer: string | null
  readonly identifying: boolean
  /**
   * The form of a value of the field, stored or asked.
   * @returns null for no value, and for what cannot be a value of the field's type: it matches nothing
   */
  readonly formOf: (value: Value) => string | null
}

/** @param recognizer id of the one that knows the field's values; null for none */
export function comparisonOf(field: PlanField, recognizer: string | null, identifying: boolean): Comparison {
  const known = Object.entries(RECOGNIZERS).find(([id]) => id === recognizer)?.[1]
  const standardise = known !== undefined && 'standardise' in known ? known.standardise : null
  const form = field.schema.type !== 'text' ? (text: string) => typedForm(field, text)
    : identifying ? (text: string) => identifierForm(recognizer, text)
      : (text: string) => plain(standardise?.(text) ?? text)
  return { field, recognizer, identifying, formOf: (value) => (value === null ? null : formOfText(String(value), form)) }
}

const formOfText = (text: string, form: (text: string) => string | null): string | null => (text.includes('\0') ? null : form(text))

/**
 * The key under which an identifying text is indexed: exactly what `serving.lookup_key` does in PostgreSQL. Equal forms
 * have equal keys; equal keys may have different forms.
 */
export const lookupKey = (text: string): string => compact(text).replace(/^(\d{6})\d{2}(\d{9})[\dX]$/, '$1$2')

/** How a citizen number or another identifying text may stand in a table that has no index by key. */
export function usualWritings(form: string): string[] {
  const fifteen = lookupKey(form)
  const writings = parseCitizenNumber(fifteen)?.eighteen === form ? [form, fifteen] : [form]
  return [...new Set([...writings, ...writings.map((writing) => writing.toLowerCase())])]
}
