import type { FormField, FormIssue } from '@datong/contracts'
import { RECOGNIZERS, type RecognizerId } from '@datong/recognizers'

/** Codes and names of a list on the day; undefined when there is no such list. */
export type CodesOf = (list: string) => { readonly codes: ReadonlySet<string>; readonly byName: ReadonlyMap<string, string>; readonly isPartial: boolean } | undefined

export type ReadValue = { readonly value: string } | { readonly value: string; readonly issue: FormIssue }

const YES = new Set(['是', 'true', 'yes', 'y', '1', '有'])
const NO = new Set(['否', 'false', 'no', 'n', '0', '无'])

/**
 * A text as somebody typed or pasted it, in the way in which it is kept: numbers without commas, days as ISO 8601, yes and no as
 * `true` and `false`, names of codes as codes. What cannot be read stays as it is, with what is wrong.
 */
export function readValue(field: FormField, typed: string, codesOf: CodesOf): ReadValue {
  const text = typed.normalize('NFC').trim()
  const wrong = (code: FormIssue['code'], limit: number | null = null): ReadValue => ({ value: text, issue: { field: field.name, code, limit } })
  if (text === '') return field.required ? wrong('required') : { value: '' }
  if (field.codeList !== null) return readCode(text, codesOf(field.codeList), wrong)
  const read = READERS[field.type](text, field)
  if ('code' in read) return wrong(read.code, read.limit ?? null)
  if (field.type === 'integer' || field.type === 'decimal') {
    const number = Number(read.value)
    if (field.minimum !== null && number < field.minimum) return wrong('too-small', field.minimum)
    if (field.maximum !== null && number > field.maximum) return wrong('too-large', field.maximum)
  }
  if (field.recognizer !== null && isRecognizer(field.recognizer)) {
    const recognizer = RECOGNIZERS[field.recognizer]
    if (recognizer.validate(read.value) === 'invalid') return wrong('not-valid')
  }
  return { value: read.value }
}

export const isRecognizer = (id: string): id is RecognizerId => Object.hasOwn(RECOGNIZERS, id)

function readCode(text: string, list: ReturnType<CodesOf>, wrong: (code: FormIssue['code']) => ReadValue): ReadValue {
  if (list === undefined || list.codes.has(text)) return { value: text }
  const code = list.byName.get(text)
  if (code !== undefined) return { value: code }
  // A list that holds only a part of its standard says nothing about what it does not hold.
  return list.isPartial ? { value: text } : wrong('not-in-list')
}

type Read = { readonly value: string } | { readonly code: FormIssue['code']; readonly limit?: number }

const READERS: Readonly<Record<FormField['type'], (text: string, field: FormField) => Read>> = {
  text: (text, { maxLength }) => (maxLength !== null && [...text].length > maxLength ? { code: 'too-long', limit: maxLength } : { value: text }),
  integer: (text) => {
    const plain = withoutCommas(text)
    return /^[+-]?\d{1,16}$/.test(plain) && Number.isSafeInteger(Number(plain)) ? { value: plain.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1') } : { code: 'not-integer' }
  },
  decimal: (text, { scale }) => {
    const found = /^([+-]?)0*(\d{1,30})(?:\.(\d{1,12}))?$/.exec(withoutCommas(text))
    if (found === null) return { code: 'not-decimal' }
    const [, sign = '', whole = '', fraction = ''] = found
    if (scale !== null && fraction.replace(/0+$/, '').length > scale) return { code: 'too-precise', limit: scale }
    return { value: `${sign === '-' ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}` }
  },
  boolean: (text) => (YES.has(text.toLowerCase()) ? { value: 'true' } : NO.has(text.toLowerCase()) ? { value: 'false' } : { code: 'not-boolean' }),
  date: (text) => {
    const day = dayOf(text)
    return day === undefined ? { code: 'not-date' } : { value: day }
  },
  datetime: (text) => {
    const [, date = '', hour = '', minute = '', second = '00'] = /^(.*?\d日?)[ T]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}))?[分秒]?$/.exec(text) ?? []
    const day = dayOf(date)
    return day === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 ? { code: 'not-datetime' }
      : { value: `${day} ${[hour, minute, second].map((part) => part.padStart(2, '0')).join(':')}` }
  },
}

const withoutCommas = (text: string): string => (/^[+-]?\d{1,3}([,，]\d{3})+(\.\d+)?$/.test(text) ? text.replace(/[,，]/g, '') : text)

/** A day of the calendar, written as people and spreadsheets write it. */
function dayOf(text: string): string | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? []
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return year !== '' && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined
}
