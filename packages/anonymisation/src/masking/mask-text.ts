import { halfWidth } from '@datong/kernel'
import type { Mask } from './masking-method.ts'

/** Longest run of stars: a long value's length would itself tell something. */
const MOST_STARS = 32

/** As many stars as characters are hidden, at least one, at most 32. */
export const stars = (count: number): string => '*'.repeat(Math.max(1, Math.min(count, MOST_STARS)))

/** The strictest answer, for values that are not what the method is for: nothing of them is kept. */
export const hidden = (text: string): string => stars(text.length > MOST_STARS * 2 ? MOST_STARS : [...text].length)

/** Makes a mask over text: null stays null, blank becomes empty, numbers are read as their digits. */
export function maskText(mask: (text: string) => string): Mask {
  return (value) => {
    if (value === null || value === undefined) return null
    const text = halfWidth(String(value))
    return text === '' ? '' : mask(text)
  }
}
