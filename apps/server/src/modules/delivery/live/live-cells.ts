import type { FieldSchema } from '@datong/data-engine'
import { trimSigns } from '@datong/kernel'

/** A change does not fit the fields of the version that is served: a new version must be made of it. */
export class Unfit extends Error {}

/** More digits than this leave as text, and a column that gave numbers gives texts. */
const MOST_NUMBER_DIGITS = 15
const INTEGER = /^-?(?:0|[1-9]\d{0,15})$/
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e([+-]?\d{1,2}))?$/i
/** What the engine takes for blanks around a value. */
const AROUND = ' \t\u3000\u00a0'

/**
 * A source's text as PostgreSQL reads it into the field's column, as the engine would have read it into the version.
 * @throws Unfit for numbers that the field cannot hold; other values that do not fit PostgreSQL refuses itself
 */
export function cellOf({ type, precision, scale = 0 }: FieldSchema, text: string | null): string | null {
  if (text === null) return null
  const trimmed = trimSigns(text, AROUND)
  if (trimmed === '') return null
  switch (type) {
    case 'text': return text
    case 'integer':
      if (!INTEGER.test(trimmed) || !Number.isSafeInteger(Number(trimmed))) throw new Unfit()
      return trimmed
    case 'decimal':
      if (!DECIMAL.test(trimmed) || (precision !== undefined && !fits(trimmed, precision, scale))) throw new Unfit()
      return trimmed
    default: return trimmed
  }
}

/** Short decimals leave as numbers and may have more digits than the version's, as long as they stay short. */
function fits(text: string, precision: number, scale: number): boolean {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().replace(/^[+-]/, '').split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const move = Number(exponent)
  const before = Math.max(0, whole.replace(/^0+/, '').length + move)
  const after = Math.max(0, fraction.replace(/0+$/, '').length - move)
  return precision <= MOST_NUMBER_DIGITS ? before + after <= MOST_NUMBER_DIGITS : after <= scale && before <= precision - scale
}

/** The type of a column that changes come into: short decimals are not cut to the digits that the version happens to have. */
export const liveColumnType = (field: FieldSchema, plain: string): string =>
  field.type === 'decimal' && field.precision !== undefined && field.precision <= MOST_NUMBER_DIGITS ? 'numeric' : plain
