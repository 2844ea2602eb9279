/** What `JSON.parse` hands to a reviver in engines with source text access (ECMAScript 2026). */
interface ReviverContext {
  readonly source?: string
}

/**
 * A number that may be written otherwise than a double is: of sixteen or more digits, with an exponent, a zero at the end of its
 * fraction, or too small for a fraction; and minus zero. Looked for where numbers stand, and found in some texts, too, which costs time only.
 */
const INEXACT = /(?:^|[:,[])\s*-?(?:[\d.]{16}|\d+\.\d*0(?!\d)|[\d.]+[eE]|0\.0{6}|0(?=[^\d.]|$)(?<=-0))/

/** Parses JSON; a number that a double cannot hold exactly as written stays a text of its digits. */
export function parseJson(text: string): unknown {
  // To be told of each value costs ten times as much as to parse it.
  return INEXACT.test(text) ? parseExactly(text) : JSON.parse(text)
}

/** The same, whatever the numbers are. */
export function parseExactly(text: string): unknown {
  const reviver = (_key: string, value: unknown, context?: ReviverContext): unknown => {
    if (typeof value !== 'number' || context?.source === undefined) return value
    return String(value) === context.source ? value : context.source
  }
  return JSON.parse(text, reviver)
}

/** A JSON value as the text of a field: nothing for null, nested values as JSON. */
export function jsonCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export const isJsonObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The longest list of objects inside a document, nearest to the root first: interfaces wrap their rows as
 * `{code, data: {list: […]}}` in many ways.
 */
export function findRecords(root: unknown): readonly unknown[] | undefined {
  let best: readonly unknown[] | undefined
  let level: unknown[] = [root]
  for (let depth = 0; depth < 6 && level.length > 0 && best === undefined; depth++) {
    for (const value of level) {
      if (Array.isArray(value) && value.some(isJsonObject) && value.length > (best?.length ?? 0)) best = value
    }
    level = level.filter(isJsonObject).flatMap((value) => Object.values(value))
  }
  return best
}
