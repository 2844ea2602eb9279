import type { DataElement, ElementCategory } from '../data-element.ts'

interface Extra {
  /** Other names, separated by spaces. */
  readonly also?: string
  readonly list?: string
  /** Recognisers, separated by spaces. */
  readonly kinds?: string
  readonly unit?: string
  readonly range?: readonly [minimum: number | null, maximum: number | null]
  readonly from?: string
  /** Its form follows from the text of a standard; all others are to be confirmed. */
  readonly sure?: true
}

export type ElementRow = readonly [number: string, name: string, nameEn: string, notation: string, definition: string, extra?: Extra]

const words = (text: string | undefined): string[] => (text === undefined ? [] : text.split(' '))

/** Elements of one category; `number` follows the category's two digits in the identifier. */
export const elementsOf = (category: ElementCategory, prefix: string, source: string, rows: readonly ElementRow[]): DataElement[] =>
  rows.map(([number, name, nameEn, notation, definition, { also, list, kinds, unit, range, from, sure } = {}]) => ({
    id: `DE${prefix}${number}`, name, nameEn, category, definition, notation, unit: unit ?? null, minimum: range?.[0] ?? null, maximum: range?.[1] ?? null,
    codeList: list ?? null, recognizers: words(kinds), synonyms: words(also), source: from ?? source, confirmed: sure === true,
  }))
