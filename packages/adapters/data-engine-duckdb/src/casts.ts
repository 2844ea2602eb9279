import { PLACEHOLDERS, READINGS, type Reading, type TypedField } from '@datong/data-engine'
import { literal } from './sql.ts'

const MOST = 2 ** 53 - 1
const TIME = String.raw`([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?`

/** Every spelling, so that no value has to be lowered to be compared. */
const PLACEHOLDER_LIST = `[${[...new Set(PLACEHOLDERS.flatMap((text) => [text, text.toUpperCase(), capital(text)]))].map(literal).join(', ')}]`

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** The trimmed text of a staged column, null when blank. */
export const textOf = (column: string): string => `nullif(trim(${column}, ' \t\u3000\u00a0'), '')`

export const isPlaceholderSql = (text: string): string => `list_contains(${PLACEHOLDER_LIST}, ${text})`

const when = (text: string, shape: string, value: string): string =>
  `CASE WHEN regexp_full_match(${text}, ${literal(shape)}) THEN ${value} END`

const isoFrom = (text: string, shape: string, year: string): string =>
  `TRY_CAST(regexp_replace(${text}, ${literal(shape)}, ${literal(year)}) AS DATE)`

/** Year of the Republic of China to the common era. */
const rocDate = (text: string, shape: string): string => {
  const part = (group: number): string => `regexp_extract(${text}, ${literal(shape)}, ${group})`
  return `TRY_CAST(concat(TRY_CAST(${part(1)} AS INTEGER) + 1911, '-', ${part(2)}, '-', ${part(3)}) AS DATE)`
}

const ROC_SHAPE = String.raw`(?:民國|民国)?(\d{2,3})[年/.-](\d{1,2})[月/.-](\d{1,2})日?`
const ROC_COMPACT_SHAPE = String.raw`(\d{2,3})(\d{2})(\d{2})`
const ZH_SHAPE = String.raw`(\d{4})年(\d{1,2})月(\d{1,2})日?`

const ungrouped = (text: string): string => {
  const groups = literal(String.raw`[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?`)
  return `CASE WHEN NOT contains(${text}, ',') THEN ${text} WHEN regexp_full_match(${text}, ${groups}) THEN replace(${text}, ',', '') END`
}

const integer = (text: string): string =>
  when(text, String.raw`-?(0|[1-9]\d{0,15})`, `CASE WHEN abs(TRY_CAST(${text} AS BIGINT)) <= ${MOST} THEN TRY_CAST(${text} AS BIGINT) END`)

const DECIMAL_SHAPE = String.raw`[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?`

const decimal = (text: string, type: string): string => when(text, DECIMAL_SHAPE, `TRY_CAST(${text} AS ${type})`)

const either = (text: string, yes: string, no: string): string =>
  `CASE lower(${text}) WHEN ${literal(yes)} THEN true WHEN ${literal(no)} THEN false END`

/** SQL of the value of a text under each reading; null when it does not fit. `type` is the SQL type of decimals. */
const CASTS: Readonly<Record<Reading, (text: string, type: string) => string>> = {
  text: (text) => text,
  integer: (text) => integer(text),
  'integer-grouped': (text) => integer(`(${ungrouped(text)})`),
  decimal,
  'decimal-grouped': (text, type) => decimal(`(${ungrouped(text)})`, type),
  'boolean-shi-fou': (text) => either(text, '是', '否'),
  'boolean-true-false': (text) => either(text, 'true', 'false'),
  'boolean-yes-no': (text) => either(text, 'yes', 'no'),
  'boolean-y-n': (text) => either(text, 'y', 'n'),
  'date-ymd': (text) =>
    when(
      text,
      String.raw`\d{4}(-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)\d{1,2}`,
      `TRY_CAST(CASE WHEN contains(${text}, '.') THEN replace(${text}, '.', '-') ELSE ${text} END AS DATE)`,
    ),
  'date-compact': (text) =>
    when(text, String.raw`[12]\d{7}`, isoFrom(text, String.raw`(\d{4})(\d{2})(\d{2})`, String.raw`\1-\2-\3`)),
  'date-zh': (text) => when(text, ZH_SHAPE, isoFrom(text, ZH_SHAPE, String.raw`\1-\2-\3`)),
  'date-roc-compact': (text) => when(text, ROC_COMPACT_SHAPE, rocDate(text, ROC_COMPACT_SHAPE)),
  'date-roc': (text) => when(text, ROC_SHAPE, rocDate(text, ROC_SHAPE)),
  'datetime-ymd': (text) =>
    when(
      text,
      String.raw`\d{4}(-\d{1,2}-|/\d{1,2}/)\d{1,2}([ T]` + TIME + ')?',
      `TRY_CAST(regexp_replace(translate(${text}, '/T', '- '), ' (\\d):', ' 0\\1:') AS TIMESTAMP)`,
    ),
  'datetime-compact': (text) => when(text, String.raw`[12]\d{13}`, `try_strptime(${text}, '%Y%m%d%H%M%S')`),
  'datetime-zh': (text) =>
    when(
      text,
      String.raw`\d{4}年\d{1,2}月\d{1,2}日 ?` + TIME,
      `TRY_CAST(regexp_replace(${text}, '(\\d+)年(\\d+)月(\\d+)日 ?(.*)', '\\1-\\2-\\3 \\4') AS TIMESTAMP)`,
    ),
}

/** Casts that read most texts with fewer steps and leave the rest null. */
const QUICK_CASTS: Partial<typeof CASTS> = {
  // up to 15 digits are in range whatever they are
  integer: (text) => when(text, String.raw`-?(0|[1-9]\d{0,14})`, `TRY_CAST(${text} AS BIGINT)`),
  'date-ymd': (text) => when(text, String.raw`\d{4}(-\d{1,2}-|/\d{1,2}/)\d{1,2}`, `TRY_CAST(${text} AS DATE)`),
}

/** The SQL type a field is stored as. */
export function storedType(field: Pick<TypedField, 'type' | 'precision' | 'scale'>): string {
  if (field.type === 'decimal') return `DECIMAL(${field.precision ?? 38}, ${field.scale ?? 0})`
  return { text: 'VARCHAR', integer: 'BIGINT', boolean: 'BOOLEAN', date: 'DATE', datetime: 'TIMESTAMP' }[field.type]
}

/**
 * The value of a staged column under a reading. Text is kept as it is; only a blank one is null.
 * Nearly all texts fit as they stand; only those that do not are trimmed (which costs as much as the cast) and tried again.
 */
export function valueOf(column: string, reading: Reading, decimalType = 'DOUBLE'): string {
  if (reading === 'text') return column
  const direct = directValueOf(column, reading, decimalType)
  const trimmed = CASTS[reading](textOf(column), decimalType)
  return `coalesce(${direct}, CASE WHEN ${column} IS NOT NULL THEN ${trimmed} END)`
}

/** The value of a text that fits as it stands; null for others, of which some fit when trimmed. */
export const directValueOf = (column: string, reading: Reading, decimalType = 'DOUBLE'): string =>
  (QUICK_CASTS[reading] ?? CASTS[reading])(column, decimalType)

/** Whether a staged column holds a text that is no value under the reading; `value` is its `valueOf`. */
export function misfitOf(column: string, reading: Reading, value: string): string {
  if (READINGS[reading] === 'text') return 'false'
  return `(CASE WHEN ${value} IS NULL AND ${column} IS NOT NULL THEN ${isOdd(textOf(column))} ELSE false END)`
}

/** Whether a trimmed text that did not fit is more than a blank or a placeholder. */
const isOdd = (text: string): string => `${text} IS NOT NULL AND NOT ${isPlaceholderSql(text)}`

/** Readings that the engine's own cast reads just so, once it is known that every text fits. */
const PLAIN_CASTS: ReadonlySet<Reading> = new Set<Reading>(['integer', 'decimal', 'date-ymd'])

/** The value of a column in which inference saw no misfit: the bare cast where that is enough. */
export function trustedValueOf(column: string, field: Pick<TypedField, 'reading' | 'type' | 'precision' | 'scale'>): string {
  const type = storedType(field)
  return PLAIN_CASTS.has(field.reading) ? `TRY_CAST(${column} AS ${type})` : valueOf(column, field.reading, type)
}
