/** How a call of an allowed function is written; `args` are compiled expressions. */
export interface SqlFunction {
  readonly least: number
  readonly most: number
  readonly kind: 'scalar' | 'aggregate' | 'window'
  /** Places of arguments that must be short texts written out, since the result's size depends on them. */
  readonly literals?: readonly number[]
  write(args: readonly string[]): string
}

const plain = (name: string, least: number, most = least): [string, SqlFunction] =>
  [name, { least, most, kind: 'scalar', write: (args) => `pg_catalog.${name}(${args.join(', ')})` }]

/** Numbers of a hundred thousand digits take minutes in these; double precision does not. */
const onDoubles = (name: string, least: number, most = least): [string, SqlFunction] =>
  [name, { least, most, kind: 'scalar', write: (args) => `pg_catalog.${name}(${args.map((arg) => `(${arg})::float8`).join(', ')})` }]

/** Texts made by a question are cut here, so that doubling one thirty times fills no memory. In characters. */
const LONGEST_MADE_TEXT = 100_000

export const boundedText = (text: string): string => `pg_catalog.left(${text}, ${LONGEST_MADE_TEXT})`

const making = (name: string, least: number, most = least): [string, SqlFunction] =>
  [name, { least, most, kind: 'scalar', write: (args) => boundedText(`pg_catalog.${name}(${args.join(', ')})`) }]

/** With a number: with a text in its place `substring` would take it for a regular expression. */
const partOf = (name: string): [string, SqlFunction] =>
  [name, { least: 2, most: 3, kind: 'scalar', write: ([text = '', ...places]) => `pg_catalog.${name}(${[text, ...places.map((place) => `(${place})::int4`)].join(', ')})` }]

const aggregate = (name: string, args = 1): [string, SqlFunction] =>
  [name, { least: args, most: args, kind: 'aggregate', write: (given) => `pg_catalog.${name}(${given.join(', ')})` }]

const window = (name: string, least: number, most = least): [string, SqlFunction] =>
  [name, { least, most, kind: 'window', write: (args) => `pg_catalog.${name}(${args.join(', ')})` }]

/**
 * Every function that a question in SQL may call. Not here, on purpose: what answers many rows (`generate_series`, `unnest`), what
 * makes texts or lists of any size (`repeat`, `lpad`, `format`, `string_agg`, `array_agg`, `json…`), what runs SQL that it gets as text
 * (`query_to_xml`, `ts_rewrite`, `ts_stat`, `crosstab`, `dblink`), regular expressions, and whatever tells of the server.
 */
export const SQL_FUNCTIONS: ReadonlyMap<string, SqlFunction> = new Map([
  plain('lower', 1), plain('upper', 1), plain('initcap', 1), plain('length', 1), plain('char_length', 1), plain('character_length', 1), plain('octet_length', 1),
  plain('btrim', 1, 2), plain('ltrim', 1, 2), plain('rtrim', 1, 2), ...['substr', 'substring'].map(partOf), plain('left', 2), plain('right', 2),
  plain('position', 2), plain('strpos', 2), plain('starts_with', 2), plain('split_part', 3), plain('reverse', 1), plain('translate', 3), plain('ascii', 1), plain('md5', 1),
  ['replace', { least: 3, most: 3, kind: 'scalar', literals: [1, 2], write: ([text = '', from = '', to = '']) => boundedText(`pg_catalog.replace(${boundedText(`(${text})::text`)}, ${from}, ${to})`) }],
  making('concat', 1, 20), making('concat_ws', 2, 20),
  plain('abs', 1), plain('ceil', 1), plain('ceiling', 1), plain('floor', 1), plain('round', 1, 2), plain('trunc', 1, 2), plain('mod', 2), plain('div', 2), plain('sign', 1),
  onDoubles('sqrt', 1), onDoubles('power', 2), onDoubles('exp', 1), onDoubles('ln', 1), onDoubles('log', 1), onDoubles('log10', 1), plain('pi', 0), onDoubles('degrees', 1), onDoubles('radians', 1),
  onDoubles('sin', 1), onDoubles('cos', 1), onDoubles('tan', 1), onDoubles('asin', 1), onDoubles('acos', 1), onDoubles('atan', 1), onDoubles('atan2', 2),
  plain('date_trunc', 2), plain('date_part', 2), plain('extract', 2), plain('age', 1, 2), plain('make_date', 3), plain('to_date', 2), plain('isfinite', 1),
  making('to_char', 2),
  aggregate('count'), aggregate('sum'), aggregate('avg'), aggregate('min'), aggregate('max'), aggregate('bool_and'), aggregate('bool_or'), aggregate('every'),
  aggregate('stddev'), aggregate('stddev_pop'), aggregate('stddev_samp'), aggregate('variance'), aggregate('var_pop'), aggregate('var_samp'),
  aggregate('corr', 2), aggregate('covar_pop', 2), aggregate('covar_samp', 2), aggregate('regr_slope', 2), aggregate('regr_intercept', 2), aggregate('regr_r2', 2), aggregate('regr_count', 2),
  window('row_number', 0), window('rank', 0), window('dense_rank', 0), window('percent_rank', 0), window('cume_dist', 0), window('ntile', 1),
  window('lag', 1, 3), window('lead', 1, 3), window('first_value', 1), window('last_value', 1),
])

/** Types that values may be cast to, as the parser names them, and how many numbers they take in brackets. */
export const SQL_TYPES: ReadonlyMap<string, { readonly sql: string; readonly modifiers: number }> = new Map([
  ['text', 'text', 0], ['varchar', 'varchar', 1], ['bpchar', 'bpchar', 1], ['int2', 'int2', 0], ['int4', 'int4', 0], ['int8', 'int8', 0],
  ['float4', 'float4', 0], ['float8', 'float8', 0], ['numeric', 'numeric', 2], ['bool', 'bool', 0], ['date', 'date', 0], ['timestamp', 'timestamp', 0],
  ['time', 'time', 0], ['interval', 'interval', 0],
].map(([name, sql, modifiers]) => [String(name), { sql: `pg_catalog.${String(sql)}`, modifiers: Number(modifiers) }]))

/** Operators between two values. `||` makes text and is written apart. */
export const SQL_OPERATORS: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '=', '<>', '<', '>', '<=', '>='])
