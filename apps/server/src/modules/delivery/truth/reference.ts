/**
 * What the row interface must answer, in plain code over rows in memory: slow, obvious, and sharing nothing with the
 * product but the words of the query. The differential test holds every answer against it, byte by byte.
 */

export type Cell = string | number | boolean | null
export type RowType = 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime'
export type Op = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'like'

export interface Column {
  readonly name: string
  readonly type: RowType
}

export interface Condition {
  readonly field: string
  readonly op: Op
  readonly values: readonly string[]
}

export interface Question {
  readonly select: readonly string[] | null
  readonly conditions: readonly Condition[]
  readonly sort: readonly { readonly field: string; readonly descending: boolean }[]
}

export interface Given {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  /** Fields of the grant, and its own row restriction. */
  readonly fields: readonly string[]
  readonly filter: readonly Condition[]
  /** The field that names a row: looked up by its whole value even where it is masked. */
  readonly identifier: string
  /** How a field's values are shown; fields without one are shown as they are. */
  readonly shown: Readonly<Record<string, (cell: Cell) => Cell>>
}

/** Decimals with up to four places, as integers. */
function scaled(value: string): bigint {
  const [whole = '0', places = ''] = value.replace('-', '').split('.')
  const size = BigInt(whole) * 10_000n + BigInt(places.padEnd(4, '0'))
  return value.startsWith('-') ? -size : size
}

/** Negative, zero or positive. Text is ordered by code points, which is the order of its UTF-8 bytes. */
function compare(type: RowType, a: string, b: string): number {
  if (type === 'integer' || type === 'decimal') return Number(scaled(a) - scaled(b))
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** `%` any text, `_` one character, `\` takes the next one as it is. */
function isLike(text: string, pattern: string): boolean {
  const parts = [...pattern]
  let source = ''
  for (let at = 0; at < parts.length; at++) {
    const sign = parts[at]!
    if (sign === '%') source += '.*'
    else if (sign === '_') source += '.'
    else source += (sign === '\\' ? parts[++at]! : sign).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
  }
  return new RegExp(`^${source}$`, 'su').test(text)
}

function holds({ op, values }: Condition, type: RowType, cell: Cell): boolean {
  if (cell === null) return false
  const text = String(cell)
  if (op === 'like') return isLike(text, values[0]!)
  if (op === 'in') return values.some((value) => compare(type, text, value) === 0)
  const order = compare(type, text, values[0]!)
  return { eq: order === 0, ne: order !== 0, gt: order > 0, gte: order >= 0, lt: order < 0, lte: order <= 0 }[op]
}

/** Whether the question may be asked at all under the grant. */
export function isAllowed({ fields, shown, columns, identifier }: Given, { select, conditions, sort }: Question): boolean {
  const typeOf = new Map(columns.map(({ name, type }) => [name, type]))
  return (select ?? []).every((name) => fields.includes(name))
    && sort.every(({ field }) => fields.includes(field) && shown[field] === undefined)
    && conditions.every(({ field, op }) => fields.includes(field)
      && (shown[field] === undefined || (field === identifier && op === 'eq'))
      && (op !== 'like' || typeOf.get(field) === 'text'))
}

/** All rows of the answer in order, as objects. */
export function answerOf({ columns, rows, fields, filter, shown }: Given, { select, conditions, sort }: Question): Record<string, Cell>[] {
  const at = new Map(columns.map(({ name }, index) => [name, index]))
  const cellOf = (row: readonly Cell[], field: string): Cell => row[at.get(field)!]!
  const typeOf = (field: string): RowType => columns[at.get(field)!]!.type
  const kept = rows.filter((row) => [...filter, ...conditions].every((condition) => holds(condition, typeOf(condition.field), cellOf(row, condition.field))))
  const ordered = kept.map((row, index) => ({ row, index })).sort((a, b) => {
    for (const { field, descending } of sort) {
      const [left, right] = [cellOf(a.row, field), cellOf(b.row, field)]
      if (left === null && right === null) continue
      if (left === null || right === null) return left === null ? 1 : -1
      const order = compare(typeOf(field), String(left), String(right))
      if (order !== 0) return descending ? -order : order
    }
    return a.index - b.index
  })
  const names = select === null ? columns.flatMap(({ name }) => (fields.includes(name) ? [name] : [])) : [...new Set(select)]
  return ordered.map(({ row }) => Object.fromEntries(names.map((name) => {
    const cell = cellOf(row, name)
    const plain = typeOf(name) === 'decimal' && cell !== null ? Number(cell) : cell
    return [name, shown[name] === undefined ? plain : shown[name](plain)]
  })))
}

/** CSV by RFC 4180, with a quote before what a spreadsheet would take for a formula. */
export function csvOf(names: readonly string[], items: readonly Readonly<Record<string, Cell>>[]): string {
  const quoted = (cell: Cell): string => {
    if (cell === null) return ''
    const text = typeof cell === 'string' && /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : String(cell)
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return [names, ...items.map((item) => names.map((name) => item[name]!))].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
}
