import { utils, write } from '@e965/xlsx'
import type { Code, DataElement } from '@datong/standards'
import { CODE_TITLES, type CodeColumn } from './read-codes.ts'
import { ELEMENT_TITLES, type ElementColumn } from './read-elements.ts'

type Cell = string | number
export type Sheet = readonly (readonly Cell[])[]

const ELEMENT_COLUMNS = Object.keys(ELEMENT_TITLES) as ElementColumn[] // its own keys
const CODE_COLUMNS = ['code', 'name', 'nameEn', 'parent', 'aliases', 'became'] as const satisfies readonly CodeColumn[]

const cell = (value: unknown): Cell => (value === null || value === undefined ? '' : Array.isArray(value) ? value.join('、') : typeof value === 'boolean' ? (value ? '是' : '否') : typeof value === 'number' ? value : String(value))

/** Tables as an import takes them: what is exported, imported again, changes nothing. */
export const elementSheet = (elements: readonly DataElement[]): Sheet => [ELEMENT_COLUMNS.map((key) => ELEMENT_TITLES[key][0]), ...elements.map((element) => ELEMENT_COLUMNS.map((key) => cell(element[key])))]
export const codeSheet = (codes: readonly Code[]): Sheet => [CODE_COLUMNS.map((key) => CODE_TITLES[key][0]), ...codes.map((code) => CODE_COLUMNS.map((key) => cell(code[key])))]

/** RFC 4180 with CRLF and a byte order mark, for spreadsheets; text that one would run as a formula gets an apostrophe in front. */
export function csvOf(sheet: Sheet): Buffer {
  const quoted = (value: Cell): string => {
    const text = typeof value === 'string' && /^[=+@\t\r]|^-\D/.test(value) ? `'${value}` : String(value)
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return Buffer.from(`\ufeff${sheet.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`)
}

/** A workbook of one sheet; codes stay text, so that zeros in front are not lost. */
export function xlsxOf(sheet: Sheet, title: string): Buffer {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(sheet.map((row) => [...row])), title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31))
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer // by its option
}
