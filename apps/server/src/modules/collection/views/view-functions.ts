/** How a call of a function that views may use is written for the engine; `args` are compiled expressions. */
export interface ViewFunction {
  readonly least: number
  readonly most: number
  readonly kind: 'scalar' | 'aggregate' | 'window'
  /** Places of arguments that must be written out: short texts, or whole numbers up to a thousand. */
  readonly literals?: readonly number[]
  readonly name: string
  readonly write?: (args: readonly string[]) => string
}

/** Texts that a query makes are cut here, so that doubling one thirty times fills no memory. In characters. */
const LONGEST_MADE_TEXT = 100_000
export const boundedText = (text: string): string => `left(${text}, ${LONGEST_MADE_TEXT})`

type Entry = [string, ViewFunction]
const scalar = (name: string, least: number, most = least, as = name): Entry => [name, { least, most, kind: 'scalar', name: as }]
const making = (name: string, least: number, most: number, literals: readonly number[] = []): Entry =>
  [name, { least, most, kind: 'scalar', name, literals, write: (args) => boundedText(`${name}(${args.join(', ')})`) }]
const aggregate = (name: string, args = 1): Entry => [name, { least: args, most: args, kind: 'aggregate', name }]
const window = (name: string, least: number, most = least): Entry => [name, { least, most, kind: 'window', name }]

/**
 * Every function that the query of a view may call, in the meaning that PostgreSQL gives it. Not here, on purpose: what reads
 * files or settings, what answers many rows, what differs from call to call (`random`, `now`): a version can be made again.
 */
export const VIEW_FUNCTIONS: ReadonlyMap<string, ViewFunction> = new Map<string, ViewFunction>([
  scalar('lower', 1), scalar('upper', 1), scalar('length', 1), scalar('char_length', 1, 1, 'length'), scalar('character_length', 1, 1, 'length'),
  scalar('btrim', 1, 2, 'trim'), scalar('trim', 1, 2), scalar('ltrim', 1, 2), scalar('rtrim', 1, 2),
  scalar('substr', 2, 3), scalar('substring', 2, 3), scalar('left', 2), scalar('right', 2), scalar('strpos', 2), scalar('position', 2, 2, 'strpos'),
  scalar('starts_with', 2), scalar('split_part', 3), scalar('reverse', 1), scalar('translate', 3),
  making('replace', 3, 3, [1, 2]), making('concat', 1, 20), making('concat_ws', 2, 20), making('lpad', 3, 3, [1, 2]), making('rpad', 3, 3, [1, 2]),
  // The engine's expressions run in linear time.
  ['regexp_replace', { least: 3, most: 4, kind: 'scalar', name: 'regexp_replace', literals: [1, 2, 3], write: (args) => boundedText(`regexp_replace(${args.join(', ')})`) }],
  ['regexp_like', { least: 2, most: 2, kind: 'scalar', name: 'regexp_matches', literals: [1] }],
  scalar('abs', 1), scalar('ceil', 1), scalar('ceiling', 1, 1, 'ceil'), scalar('floor', 1), scalar('round', 1, 2), scalar('trunc', 1), scalar('sign', 1),
  ['mod', { least: 2, most: 2, kind: 'scalar', name: 'mod', write: ([a = '', b = '']) => `(${a} % ${b})` }],
  ['div', { least: 2, most: 2, kind: 'scalar', name: 'div', write: ([a = '', b = '']) => `(${a} // ${b})` }],
  scalar('sqrt', 1), scalar('power', 2), scalar('exp', 1), scalar('ln', 1), scalar('log10', 1),
  ['date_trunc', { least: 2, most: 2, kind: 'scalar', name: 'date_trunc', literals: [0] }],
  ['date_part', { least: 2, most: 2, kind: 'scalar', name: 'date_part', literals: [0] }],
  ['extract', { least: 2, most: 2, kind: 'scalar', name: 'date_part', literals: [0] }],
  scalar('make_date', 3),
  ['date_diff', { least: 3, most: 3, kind: 'scalar', name: 'date_diff', literals: [0] }],
  aggregate('count'), aggregate('sum'), aggregate('avg'), aggregate('min'), aggregate('max'), aggregate('bool_and'), aggregate('bool_or'),
  aggregate('stddev'), aggregate('stddev_pop'), aggregate('stddev_samp'), aggregate('variance'), aggregate('var_pop'), aggregate('var_samp'), aggregate('median'),
  ['string_agg', { least: 2, most: 2, kind: 'aggregate', name: 'string_agg', literals: [1], write: ([value = '', between = '']) => boundedText(`string_agg(${value}, ${between} ORDER BY ${value.replace(/^distinct /, '')})`) }],
  window('row_number', 0), window('rank', 0), window('dense_rank', 0), window('ntile', 1), window('lag', 1, 3), window('lead', 1, 3), window('first_value', 1), window('last_value', 1),
])

/** Types that values may be cast to, as the parser names them, and how many numbers they take in brackets. */
export const VIEW_TYPES: ReadonlyMap<string, { readonly sql: string; readonly modifiers: number }> = new Map([
  ['text', { sql: 'VARCHAR', modifiers: 0 }], ['varchar', { sql: 'VARCHAR', modifiers: 0 }], ['int2', { sql: 'BIGINT', modifiers: 0 }], ['int4', { sql: 'BIGINT', modifiers: 0 }],
  ['int8', { sql: 'BIGINT', modifiers: 0 }], ['float8', { sql: 'DOUBLE', modifiers: 0 }], ['numeric', { sql: 'DECIMAL', modifiers: 2 }],
  ['bool', { sql: 'BOOLEAN', modifiers: 0 }], ['date', { sql: 'DATE', modifiers: 0 }], ['timestamp', { sql: 'TIMESTAMP', modifiers: 0 }],
])

export const VIEW_OPERATORS: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '=', '<>', '<', '>', '<=', '>='])
