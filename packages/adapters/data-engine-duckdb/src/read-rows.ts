import { checkPlan, ROW_COLUMN, type FieldSchema, type Filter, type ReadPlan, type Tally, type Value, type VersionRef } from '@datong/data-engine'
import { likeCondition } from './like.ts'
import { identifier, literal } from './sql.ts'

/** A statement with the values for its parameters. */
export interface Compiled {
  readonly sql: string
  readonly values: readonly string[]
}

/** The Parquet files of a version as a table. */
export const versionSource = (version: VersionRef): string => `read_parquet([${version.files.map(literal).join(', ')}])`

const LONGEST_NUMBER = 15

/** SQL of a stored column as rows carry it: texts, doubles, booleans; see `DataEngine`. */
export function carried(field: Pick<FieldSchema, 'type' | 'precision' | 'scale'>, column: string): string {
  switch (field.type) {
    case 'integer':
      return `CAST(${column} AS DOUBLE)`
    case 'decimal':
      return (field.precision ?? 38) <= LONGEST_NUMBER ? `CAST(${column} AS DOUBLE)` : decimalText(field, column)
    case 'date':
      return `CAST(${column} AS VARCHAR)`
    case 'datetime':
      return `replace(CAST(${column} AS VARCHAR), ' ', 'T')`
    case 'text':
    case 'boolean':
      return column
  }
}

/** All digits of a decimal without zeros at its end. */
const decimalText = (field: Pick<FieldSchema, 'scale'>, column: string): string =>
  field.scale === 0 ? `CAST(${column} AS VARCHAR)` : `rtrim(rtrim(CAST(${column} AS VARCHAR), '0'), '.')`

/** SQL of a stored column for text formats: exact digits, ISO 8601. */
function exported(field: Pick<FieldSchema, 'type' | 'precision' | 'scale'>, column: string): string {
  if (field.type === 'integer') return column
  const short = field.type === 'decimal' && (field.precision ?? 38) <= LONGEST_NUMBER
  return short ? column : carried(field, column)
}

/**
 * Compiles a plan. Names are quoted, values become parameters; there is no other text of the caller's in the statement.
 * @param output how a selected column is written: as rows carry it, as text formats want it, or as stored
 * @param bound parameters that stand in the statement before these
 */
export function compilePlan(version: VersionRef, plan: ReadPlan, output: 'carried' | 'exported' | 'stored', bound = 0): Compiled {
  checkPlan(plan, version.schema)
  const fields = new Map<string, FieldSchema>([[ROW_COLUMN, ROW_FIELD], ...version.schema.map((field) => [field.name, field] as const)])
  const values: string[] = []
  const bind = (value: Exclude<Value, null>, field: FieldSchema): string => {
    values.push(String(value))
    return `CAST($${bound + values.length} AS ${comparedAs(field, value)})`
  }
  const fieldOf = (name: string): FieldSchema => fields.get(name)! // checkPlan has refused unknown names
  const columns = plan.columns.map((name, index) => {
    const column = identifier(name)
    if (output === 'stored') return column
    if (output === 'exported') return `${exported(fieldOf(name), column)} AS ${column}`
    return `${carried(fieldOf(name), column)} AS ${identifier(`out${index}`)}`
  })
  const conditions = (plan.filters ?? []).map((filter) => condition(filter, fieldOf(filter.field), bind))
  const sort = plan.sort ?? []
  if (plan.after) conditions.push(afterCondition(plan, fieldOf, bind))
  let { offset } = plan
  if (offset && conditions.length === 0 && sort.length === 0) {
    // rows are dense and in order: counting to the offset is looking at `_row`, which skips whole row groups
    conditions.push(`${identifier(ROW_COLUMN)} >= ${bind(offset, ROW_FIELD)}`)
    offset = undefined
  }
  // without a sort the files' own order is the order of `_row`
  const order = sort.map(({ field, descending }) => `src.${identifier(field)} ${descending ? 'DESC' : 'ASC'} NULLS LAST`)
  const parts = [
    `SELECT ${columns.join(', ')} FROM ${versionSource(version)} AS src`,
    conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '',
    order.length > 0 ? `ORDER BY ${order.join(', ')}, src.${identifier(ROW_COLUMN)}` : '',
    plan.limit === undefined ? '' : `LIMIT ${plan.limit}`,
    offset ? `OFFSET ${offset}` : '',
  ]
  return { sql: parts.filter((part) => part !== '').join(' '), values }
}

/** Compiles the counting of rows that pass the filters. */
export function compileCount(version: VersionRef, filters: readonly Filter[]): Compiled {
  const inner = compilePlan(version, { columns: [ROW_COLUMN], filters }, 'stored')
  return { sql: `SELECT count(*) FROM (${inner.sql})`, values: inner.values }
}

/** Compiles the counting of rows by values. */
export function compileTally(version: VersionRef, { by, filters, limit, different }: Tally): Compiled {
  const columns = [...new Set([...by, ...(different === undefined ? [] : [different.field])])]
  const { sql, values } = compilePlan(version, { columns, filters }, 'stored')
  const fields = new Map(version.schema.map((field) => [field.name, field]))
  // Names of our own for values and counts: fields may have any.
  const named = by.map((name, index) => `${identifier(name)} AS v${index}`).join(', ')
  const told = by.map((name, index) => carried(fields.get(name)!, `v${index}`)) // the plan was checked
  const groups = by.map((_, index) => `v${index}`).join(', ')
  if (different === undefined) return { sql: `SELECT ${[...told, 'CAST(count(*) AS DOUBLE)'].join(', ')} FROM (SELECT ${named} FROM (${sql})) GROUP BY ${groups} LIMIT ${limit}`, values }
  // Grouped twice, so that a value stands once in its group, and its smallest hashes take no more room than `upTo`.
  const other = identifier(different.field)
  const each = `SELECT ${named}, hash(${other}) AS word, ${other} IS NULL AS absent, count(*) AS n FROM (${sql}) GROUP BY ALL`
  const counted = ['CAST(sum(n) AS DOUBLE)', `array_to_string(min(word, ${different.upTo}) FILTER (NOT absent), ' ')`, 'CAST(coalesce(sum(n) FILTER (absent), 0) AS DOUBLE)']
  return { sql: `SELECT ${[...told, ...counted].join(', ')} FROM (${each}) GROUP BY ${groups} LIMIT ${limit}`, values }
}

const ROW_FIELD: FieldSchema = { name: ROW_COLUMN, type: 'integer', nullable: false }

/**
 * The type a value is compared as. A decimal keeps all its digits, so that 1.005 is not found as 1.01, unless it and the
 * column have no common type of 38 digits.
 */
function comparedAs(field: FieldSchema, value: Exclude<Value, null>): string {
  if (field.type !== 'decimal') return { text: 'VARCHAR', integer: 'BIGINT', boolean: 'BOOLEAN', date: 'DATE', datetime: 'TIMESTAMP' }[field.type]
  const text = String(value)
  if (/e/i.test(text)) return 'DOUBLE'
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const { precision = 38, scale = 0 } = field
  const common = Math.max(whole.length, precision - scale) + Math.max(fraction.length, scale)
  return common > 38 ? 'DOUBLE' : `DECIMAL(${Math.max(1, whole.length + fraction.length)}, ${fraction.length})`
}

type Bind = (value: Exclude<Value, null>, field: FieldSchema) => string

const COMPARISONS = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

function condition(filter: Filter, field: FieldSchema, bind: Bind): string {
  const column = `src.${identifier(filter.field)}`
  switch (filter.op) {
    case 'null':
      return `${column} IS NULL`
    case 'notNull':
      return `${column} IS NOT NULL`
    case 'in':
      return filter.values.length === 0 ? 'false' : `${column} IN (${filter.values.map((value) => bind(value, field)).join(', ')})`
    case 'like':
      return likeCondition(column, filter.value, (text) => bind(text, field))
    case 'contains':
      return `contains(${column}, ${bind(filter.value, field)})`
    case 'startsWith':
      return `starts_with(${column}, ${bind(filter.value, field)})`
    default:
      return `${column} ${COMPARISONS[filter.op]} ${bind(filter.value, field)}`
  }
}

/** Rows after a given one in the order of the plan: a later value of the first field, or the same and a later one of the next … */
function afterCondition(plan: ReadPlan, fieldOf: (name: string) => FieldSchema, bind: Bind): string {
  const { values, row } = plan.after!
  const steps: string[] = []
  const same: string[] = []
  for (const [index, { field, descending }] of (plan.sort ?? []).entries()) {
    const column = `src.${identifier(field)}`
    const value = values[index] ?? null
    if (value === null) {
      // nulls are last: nothing comes after them but other nulls
      same.push(`${column} IS NULL`)
    } else {
      const later = `(${column} ${descending ? '<' : '>'} ${bind(value, fieldOf(field))} OR ${column} IS NULL)`
      steps.push([...same, later].join(' AND '))
      same.push(`${column} = ${bind(value, fieldOf(field))}`)
    }
  }
  steps.push([...same, `src.${identifier(ROW_COLUMN)} > ${bind(row, ROW_FIELD)}`].join(' AND '))
  return `(${steps.map((step) => `(${step})`).join(' OR ')})`
}
