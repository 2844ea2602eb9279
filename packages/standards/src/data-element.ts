import type { Issue } from '@datong/kernel'
import { readNotation } from './notation.ts'

/** What data elements are about; the first two digits of the seed's identifiers. */
export const ELEMENT_CATEGORIES = [
  'person', 'organisation', 'place', 'licence', 'insurance', 'permit', 'credit', 'property', 'vehicle', 'tax', 'health', 'education', 'environment', 'finance', 'common',
] as const
export type ElementCategory = (typeof ELEMENT_CATEGORIES)[number]

/** A standard definition that fields are mapped to (数据元). @see GB/T 18391, GB/T 19488.1 */
export interface DataElement {
  /** Stable identifier, such as `DE01001`. */
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly category: ElementCategory
  readonly definition: string
  /** Such as `C18`, `n..12,2`, `YYYYMMDD`. @see readNotation */
  readonly notation: string
  readonly unit: string | null
  /** Smallest and largest number, inclusive. */
  readonly minimum: number | null
  readonly maximum: number | null
  /** Code list whose codes or names are the permissible values. */
  readonly codeList: string | null
  /** Recognisers whose values these are, the usual one first. */
  readonly recognizers: readonly string[]
  /** Other names in use. */
  readonly synonyms: readonly string[]
  /** Standard or document that it comes from. */
  readonly source: string
  /** False while the source was not held against its text: shown as "to be confirmed". */
  readonly confirmed: boolean
}

export const ELEMENT_ID = /^[A-Z]{1,8}[0-9A-Z._-]{1,24}$/

const LONGEST = { name: 100, nameEn: 200, definition: 1_000, source: 300, synonym: 60 } as const
const MOST_SYNONYMS = 50

/** All that is wrong with an element, with pointers into it; empty when nothing is. */
export function checkElement(element: DataElement, knows: { readonly codeList: (id: string) => boolean }): Issue[] {
  const issues: Issue[] = []
  const wrong = (pointer: string, code: string, message: string): void => void issues.push({ pointer, code, message })
  if (!ELEMENT_ID.test(element.id)) wrong('/id', 'pattern', 'must be capital letters, then digits, such as DE01001')
  if (element.name.trim() === '') wrong('/name', 'required', 'is required')
  for (const key of ['name', 'nameEn', 'definition', 'source'] as const) if (element[key].length > LONGEST[key]) wrong(`/${key}`, 'maxLength', `is longer than ${LONGEST[key]} characters`)
  if (readNotation(element.notation) === null) wrong('/notation', 'notation', 'is no notation such as C18, C..50, n..12,2 or YYYYMMDD')
  if (element.minimum !== null && element.maximum !== null && element.minimum > element.maximum) wrong('/minimum', 'range', 'is greater than the maximum')
  if (element.codeList !== null && !knows.codeList(element.codeList)) wrong('/codeList', 'unknown', 'names a code list that does not exist')
  if (element.synonyms.length > MOST_SYNONYMS) wrong('/synonyms', 'maxItems', `are more than ${MOST_SYNONYMS}`)
  if (element.synonyms.some((one) => one.trim() === '' || one.length > LONGEST.synonym)) wrong('/synonyms', 'maxLength', `hold an empty one, or one longer than ${LONGEST.synonym} characters`)
  return issues
}
