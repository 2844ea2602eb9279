const WHOLE = /^-?\d+$/
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/

/** The later of two marks: by value when both are numbers, else as texts, for which times must be ISO 8601. Of equal ones the second. */
export function laterMark(a: string | null, b: string): string {
  if (a === null) return b
  if (WHOLE.test(a) && WHOLE.test(b)) return BigInt(b) >= BigInt(a) ? b : a
  if (NUMBER.test(a) && NUMBER.test(b)) return Number(b) >= Number(a) ? b : a
  return b >= a ? b : a
}
