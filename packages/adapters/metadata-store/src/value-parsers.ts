import pg from 'pg'

const { builtins } = pg.types

/**
 * How values of PostgreSQL become values of JavaScript in this program, for one pool (the driver's global table stays
 * untouched): int8 a number within ±2^53−1 (else an error), numeric a string, date 'YYYY-MM-DD', timestamp without
 * zone a string, timestamptz a `Date`.
 */
export const valueParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary') {
      const own = TEXT_PARSERS.get(oid)
      if (own !== undefined) return own
    }
    // The driver's declared overloads take literals; it passes either word through.
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

const asIs = (text: string): string => text

const TEXT_PARSERS = new Map<number, (text: string) => unknown>([
  [builtins.INT8, safeInteger],
  [builtins.NUMERIC, asIs],
  [builtins.DATE, asIs],
  [builtins.TIMESTAMP, asIs],
  // Arrays of the same: _int8, _date, _timestamp.
  [1016, (text) => arrayOf(text, safeInteger)],
  [1182, (text) => arrayOf(text, asIs)],
  [1115, (text) => arrayOf(text, asIs)],
])

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 value ${text} is outside ±2^53−1`)
  return value
}

/** One-dimensional arrays of values that hold no comma, quote or brace. */
function arrayOf<T>(text: string, parse: (item: string) => T): (T | null)[] {
  const inner = text.slice(1, -1)
  if (inner === '') return []
  return inner.split(',').map((item) => (item === 'NULL' ? null : parse(item.replaceAll('"', ''))))
}
