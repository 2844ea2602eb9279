import { parse, scan, type SelectStmt } from 'libpg-query'
import { viewRefused } from './view-refusal.ts'

/** In characters and in words and signs: what is longer is nobody's query. */
const LONGEST_SQL = 20_000
const MOST_TOKENS = 4_000

/**
 * The one SELECT that a view is, as PostgreSQL's own parser reads it. Comments are for people and are passed over.
 * @throws AppError `collection/view-refused`
 */
export async function parseView(sql: string): Promise<SelectStmt> {
  // The parser would stop at a NUL and call what is before it the whole.
  if (sql.includes('\0')) throw viewRefused('syntax', 'The text holds a NUL character.')
  if (sql.length > LONGEST_SQL) throw viewRefused('too-large', `At most ${LONGEST_SQL} characters.`)
  const { tokens } = await attempt(() => scan(sql))
  if (tokens.length > MOST_TOKENS) throw viewRefused('too-large', `At most ${MOST_TOKENS} words and signs.`)
  const { stmts = [] } = await attempt(() => parse(sql))
  const statement = stmts[0]?.stmt
  if (stmts.length !== 1 || statement === undefined || !('SelectStmt' in statement)) throw viewRefused('not-one-select', 'A view is one SELECT.')
  return statement.SelectStmt
}

async function attempt<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    // The parser's own words, or a stack that a deeply nested text overflowed.
    throw viewRefused('syntax', error instanceof Error && !(error instanceof RangeError) ? error.message : 'The text is nested too deeply.')
  }
}
