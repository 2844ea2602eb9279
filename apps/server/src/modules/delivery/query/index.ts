import { AppError } from '@datong/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, nameOfAsker } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import { hashOf, recordAccess } from '../metering/record-access.ts'
import { takeQuota } from '../metering/take-quota.ts'
import { compileSql, type SqlTable } from './compile-sql.ts'
import { columnOf, ID_COLUMN, openTable, type OpenTable, rowsOf } from './open-table.ts'
import { namesIn, parseOwn, parseSql } from './parse-sql.ts'
import { createQueryRunner } from './run-query.ts'
import { sqlRefused } from './sql-refusal.ts'
import { compileTableQuestion, type TableQuestion } from './table-question.ts'

export type { TableQuestion } from './table-question.ts'

/** Who asks, through which request: quotas count by address, and answers carry what is left of them. */
export interface Asker {
  readonly caller: Caller
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** A column of an answer; types are PostgreSQL's. */
export interface AnswerColumn {
  readonly name: string
  readonly type: string
  readonly description: string
}

export interface TableAnswer {
  readonly columns: readonly AnswerColumn[]
  /** Masked cells, times in ISO form. */
  readonly rows: readonly (readonly unknown[])[]
  /** Rows found in all; null when nobody asked. */
  readonly total: number | null
  readonly truncated: boolean
}

export interface TableDescription {
  readonly columns: readonly (AnswerColumn & { readonly indexed: boolean; readonly masked: boolean })[]
  readonly rowCount: number
  readonly version: number
}

/** An answer as it leaves, and the receipts of restricted data in it by entry. */
export interface Answered {
  readonly text: string
  readonly receipts: Readonly<Record<string, string>>
}

/** Questions about rows beyond look-ups by key: through the same plans, masks, quotas and evidence. */
export interface Questions {
  /** What can be asked about a resource; takes nothing from the quota. @throws AppError as `openTable` */
  describe(caller: Caller, entryCode: string): Promise<TableDescription>
  /**
   * Answers a question about one resource. `write` makes the text that leaves, which is recorded first.
   * @throws AppError as `openTable`, `takeQuota`; `delivery/invalid-query`, `delivery/query-too-slow`
   */
  ask(asker: Asker, entryCode: string, question: TableQuestion, write: (answer: TableAnswer) => string): Promise<Answered>
  /**
   * Answers a SELECT over any resources that the caller gets rows of. Masked fields are not among their columns.
   * @param codeOf the entry that a name in the question means; undefined for none
   * @throws AppError besides those of `ask`: `delivery/sql-refused`
   */
  askSql(asker: Asker, sql: string, codeOf: (name: string) => string | undefined, write: (answer: TableAnswer) => string): Promise<Answered>
}

/** Most rows of an answer of open or own data; those under a grant come in pages as small as elsewhere. */
export const MOST_ROWS = 32_000
const MOST_GRANTED_ROWS = 1_000
const MOST_TABLES = 5

const mostRowsOf = (tables: readonly OpenTable[]): number => (tables.some(({ plan }) => plan.basis.kind === 'grant') ? MOST_GRANTED_ROWS : MOST_ROWS)

const SQL_TYPE = { text: 'text', integer: 'int8', decimal: 'numeric', boolean: 'bool', date: 'date', datetime: 'timestamp' } as const

export function createQuestions(context: DeliveryContext): Questions {
  const runner = createQueryRunner(context.store)

  return {
    async describe(caller, entryCode) {
      const table = await openTable(context, caller, entryCode)
      return {
        rowCount: table.plan.rowCount, version: table.plan.version,
        columns: [...table.plan.fields.values()].map(({ name, schema, description, mask }) => ({ name, type: SQL_TYPE[schema.type], description, indexed: table.serving.indexed.has(name), masked: mask !== null })),
      }
    },

    async ask({ caller, request, reply }, entryCode, question, write) {
      const table = await openTable(context, caller, entryCode)
      const { plan, state } = table
      await takeQuota(context, plan, request, reply)
      const limit = Math.min(question.limit, mostRowsOf([table]))
      const { text, count, values, columns, conditions } = compileTableQuestion(table, { ...question, limit })
      const found = await runner.run({ text, values, mostRows: limit, asker: nameOfAsker(caller, request.ip) })
      const counted = count === null ? null : await runner.run({ text: count, values: values.slice(0, -2), mostRows: 1, asker: nameOfAsker(caller, request.ip) })
      const changes = columns.map(({ field }) => leaving(field))
      const rows = found.rows.map((row) => row.map((cell, index) => changes[index]!(cell))) // one for each column
      const total = !question.total ? null : counted === null ? plan.rowCount : Number(counted.rows[0]?.[0] ?? 0)
      const answer: TableAnswer = {
        columns: columns.map(({ name, field }) => ({ name, type: field === null ? 'int' : SQL_TYPE[field.schema.type], description: field?.description ?? '' })), rows, total, truncated: found.truncated,
      }
      const answered = write(answer)
      const fields = columns.flatMap(({ field }) => (field === null ? [] : [field.name]))
      const receipt = await recordAccess(context, plan, caller, {
        action: 'rows.read', fields, conditions, rows: rows.length, bytes: Buffer.byteLength(answered), answerHash: hashOf(answered), version: plan.version, state,
      })
      return { text: answered, receipts: receipt === null ? {} : { [entryCode]: receipt } }
    },

    async askSql({ caller, request, reply }, sql, codeOf, write) {
      const statement = await parseSql(sql)
      const names = [...new Set(namesIn(statement).relations.map(({ schema, name }) => {
        if (schema !== '') throw sqlRefused('table', `Resource "${schema}.${name}" was not found.`)
        return name
      }))]
      const codes = new Map(names.flatMap((name): [string, string][] => (codeOf(name) === undefined ? [] : [[name, codeOf(name)!]]))) // just seen
      if (new Set(codes.values()).size > MOST_TABLES) throw sqlRefused('too-large', `A question reads at most ${MOST_TABLES} resources.`)
      const opened = new Map(await Promise.all([...new Set(codes.values())].map(async (code) => [code, await openTable(context, caller, code)] as const)))
      const values: unknown[] = []
      const used = new Map([...opened.keys()].map((code) => [code, new Set<string>()]))
      const tables = new Map([...codes].map(([name, code]) => [name, sqlTableOf(opened.get(code)!, (value) => `$${values.push(value)}`, used.get(code)!)])) // each was opened
      const compiled = compileSql(statement, tables)
      await requireOnly(compiled.text, [...opened.values()])
      for (const { plan } of opened.values()) await takeQuota(context, plan, request, reply)
      if (opened.size === 0) await takePublicQuota(request)
      const found = await runner.run({ text: compiled.text, values, mostRows: mostRowsOf([...opened.values()]), asker: nameOfAsker(caller, request.ip) })
      const rows = found.rows.map((row) => row.map((cell, index) => (found.types[index] === 'timestamp' && typeof cell === 'string' ? cell.replace(' ', 'T') : cell)))
      const columns = compiled.names.map((name, index) => ({ name, type: found.types[index] ?? 'text', description: '' }))
      const answered = write({ columns, rows, total: null, truncated: found.truncated })
      const receipts: Record<string, string> = {}
      for (const [index, [code, { plan, state }]] of [...opened].entries()) {
        const receipt = await recordAccess(context, plan, caller, {
          action: 'rows.read', fields: [...plan.fields.keys()].filter((name) => used.get(code)?.has(name) === true), conditions: ['sql'],
          rows: rows.length, bytes: index === 0 ? Buffer.byteLength(answered) : 0, answerHash: hashOf(answered), version: plan.version, state,
        })
        if (receipt !== null) receipts[code] = receipt
      }
      return { text: answered, receipts }
    },
  }

  /** A question that reads no resource costs the server time as well. */
  async function takePublicQuota(request: FastifyRequest): Promise<void> {
    await context.quotas.take(`ip ${request.ip}`, context.publicQuota, { today: async () => 0, before: async () => 0 })
  }
}

/** Our SQL for a resource: the fields that leave as they are, of the rows that the plan's ground gives. */
function sqlTableOf(table: OpenTable, bind: (value: unknown) => string, used: Set<string>): SqlTable {
  const { from, conditions } = rowsOf(table, bind)
  const columns = [{ name: ID_COLUMN, sql: 'c0' }, ...table.plain.map(({ name }, index) => ({ name, sql: `c${index + 1}`, used: () => void used.add(name) }))]
  const selected = ['_row + 1 as c0', ...table.plain.map(({ name }, index) => `${columnOf(table, name)} as c${index + 1}`)]
  // Without OFFSET the planner would put the question's conditions beside ours and ask the cheapest first: one that fails tells of rows outside the grant.
  return { columns, sql: `(select ${selected.join(', ')} from ${from}${conditions.length > 0 ? ` where ${conditions.join(' and ')} offset 0` : ''})` }
}

/**
 * Looks at what was compiled with the parser once more: it may read the opened tables and nothing else. Should the compiler ever
 * write something that it was not meant to, the question ends here.
 */
async function requireOnly(text: string, tables: readonly OpenTable[]): Promise<void> {
  const allowed = new Set(tables.map(({ serving }) => serving.name))
  const { relations, functions } = namesIn(await parseOwn(text))
  const isOurs = relations.every(({ schema, name }) => (schema === 'serving' ? allowed.has(name) : schema === '' && /^w\d+$/.test(name)))
  if (!isOurs || !functions.every((name) => name.startsWith('pg_catalog.') || name === 'left' || name === 'starts_with')) throw new AppError('delivery/sql-refused', { reason: 'construct' })
}

/** The cell as it leaves: masked, with short decimals as numbers. */
function leaving(field: OpenTable['plain'][number] | null): (cell: unknown) => unknown {
  if (field === null) return (cell) => cell
  const { schema, mask } = field
  const asNumber = schema.type === 'decimal' && schema.precision !== undefined && schema.precision <= 15
  return (cell) => {
    const value = asNumber && typeof cell === 'string' ? Number(cell) : cell
    // Cells of a serving table are values of the engine's kinds.
    return mask === null ? value : mask(value as Parameters<typeof mask>[0])
  }
}
