import { type Node, parse, scan, type SelectStmt } from 'libpg-query'
import { sqlRefused } from './sql-refusal.ts'

/** In characters and in words and signs: what takes longer to read is nobody's question. */
const LONGEST_SQL = 10_000
const MOST_TOKENS = 2_000

/**
 * The one SELECT that a text holds, as PostgreSQL's own parser reads it.
 * @throws AppError `delivery/sql-refused`
 */
export async function parseSql(sql: string): Promise<SelectStmt> {
  // The parser would stop at a NUL and call what is before it the whole.
  if (sql.includes('\0')) throw sqlRefused('syntax', 'The text holds a NUL character.')
  if (sql.length > LONGEST_SQL) throw sqlRefused('too-large', `At most ${LONGEST_SQL} characters.`)
  const { tokens } = await attempt(() => scan(sql))
  if (tokens.length > MOST_TOKENS) throw sqlRefused('too-large', `At most ${MOST_TOKENS} words and signs.`)
  if (tokens.some(({ tokenName }) => tokenName === 'SQL_COMMENT' || tokenName === 'C_COMMENT')) throw sqlRefused('construct', 'Comments are not taken.')
  const { stmts = [] } = await attempt(() => parse(sql))
  if (stmts.length !== 1) throw sqlRefused('not-one-select', 'Query is not a single statement.')
  const statement = stmts[0]?.stmt
  if (statement === undefined || !('SelectStmt' in statement)) throw sqlRefused('not-one-select', 'Only a SELECT is taken.')
  return statement.SelectStmt
}

async function attempt<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    // The parser's own words, or a stack that a deeply nested text overflowed.
    throw sqlRefused('syntax', error instanceof Error && !(error instanceof RangeError) ? error.message : 'The text is nested too deeply.')
  }
}

/** What a parsed question names: relations as (schema, name), and functions. */
export interface SqlNames {
  readonly relations: readonly { readonly schema: string; readonly name: string }[]
  readonly functions: readonly string[]
}

/** Every relation and function anywhere in a tree, also in places that nobody thought of. */
export function namesIn(tree: SelectStmt | Node): SqlNames {
  const relations: { schema: string; name: string }[] = []
  const functions: string[] = []
  const visit = (value: unknown, depth: number): void => {
    if (depth > 2_000) throw sqlRefused('too-large', 'The text is nested too deeply.')
    if (Array.isArray(value)) return value.forEach((one) => visit(one, depth + 1))
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'RangeVar') relations.push({ schema: textOf(inner, 'schemaname'), name: textOf(inner, 'relname') })
      if (key === 'funcname' && Array.isArray(inner)) functions.push(inner.map((part: unknown) => textOf(textOfNode(part), 'sval')).join('.'))
      visit(inner, depth + 1)
    }
  }
  visit(tree, 0)
  return { relations, functions }
}

const member = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined)
const textOfNode = (value: unknown): unknown => member(value, 'String')
const textOf = (value: unknown, name: string): string => {
  const found = member(value, name)
  return typeof found === 'string' ? found : ''
}

/** Parses SQL of our own making. */
export async function parseOwn(text: string): Promise<SelectStmt> {
  const statement = (await parse(text)).stmts?.[0]?.stmt
  if (statement === undefined || !('SelectStmt' in statement)) throw new Error('a compiled question is no SELECT')
  return statement.SelectStmt
}
