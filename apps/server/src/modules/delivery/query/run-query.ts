import { sqlState, type Store } from '@datong/metadata-store'
import { AppError } from '@datong/kernel'
import pg from 'pg'
import { createGate } from '../../../platform/gate.ts'
import { sqlRefused } from './sql-refusal.ts'

export interface QueryToRun {
  readonly text: string
  readonly values: readonly unknown[]
  readonly mostRows: number
  /** Of whom only some run at once. */
  readonly asker: string
}

export interface QueryAnswer {
  readonly rows: readonly (readonly unknown[])[]
  /** PostgreSQL's type of each column, such as `text` or `int8`. */
  readonly types: readonly string[]
  /** There are more rows than `mostRows`, or more than fit. */
  readonly truncated: boolean
}

export interface QueryRunner {
  run(query: QueryToRun): Promise<QueryAnswer>
}

const TIMEOUT_MS = 10_000
const AT_ONCE = 3
const MOST_WAITING = 20
const OF_ONE = { atOnce: 2, mostWaiting: 5 }
const ROWS_A_FETCH = 1_000
/** Of answers kept in memory until they are written, in characters. */
const LARGEST_ANSWER = 32 * 2 ** 20

/** Types by PostgreSQL's fixed numbers; what is not here is told as `text`. */
const TYPE_NAMES = new Map([
  [16, 'bool'], [20, 'int8'], [21, 'int2'], [23, 'int4'], [25, 'text'], [700, 'float4'], [701, 'float8'], [1042, 'bpchar'], [1043, 'varchar'], [1082, 'date'], [1083, 'time'],
  [1114, 'timestamp'], [1184, 'timestamptz'], [1186, 'interval'], [1700, 'numeric'],
])

/** As the server writes them: an interval or a time is a text for us. */
const asWritten = { getTypeParser: (oid: number) => (text: string): unknown => (oid === 16 ? text === 't' : oid === 21 || oid === 23 || oid === 700 || oid === 701 || oid === 20 ? numberOf(text) : text) }

/** A number where it is one and exact, else its digits. */
function numberOf(text: string): number | string {
  const number = Number(text)
  return Number.isFinite(number) && (Number.isSafeInteger(number) || !/^-?\d+$/.test(text)) ? number : text
}

/**
 * Runs questions that were compiled here: as a role that sees only the serving tables, in a transaction that only reads, for ten
 * seconds at most, three at a time and two for one asker, a thousand rows after the other.
 */
export function createQueryRunner({ pool }: Pick<Store, 'pool'>): QueryRunner {
  const gate = createGate({ atOnce: AT_ONCE, mostWaiting: MOST_WAITING, ofOne: OF_ONE })
  let role: Promise<string> | undefined

  /** Where the server's owner let nobody make roles there is none, and the transaction that only reads must do. */
  async function roleOf(): Promise<string> {
    const client = await pool.connect()
    try {
      await client.query('begin; set local role datong_reader')
      return 'set local role datong_reader;'
    } catch {
      return ''
    } finally {
      await client.query('rollback')
      client.release()
    }
  }

  async function ask(client: pg.PoolClient, { text, values, mostRows }: QueryToRun): Promise<QueryAnswer> {
    const startedAt = performance.now()
    await client.query(`begin read only; ${await (role ??= roleOf())} set local statement_timeout = ${TIMEOUT_MS}; set local search_path = pg_catalog;
      set local standard_conforming_strings = on; set local max_parallel_workers_per_gather = 0; set local lock_timeout = 1000`)
    await client.query({ text: `declare answer no scroll cursor for ${text}`, values: [...values] })
    const rows: unknown[][] = []
    let types: string[] = []
    let size = 0
    while (rows.length <= mostRows && size <= LARGEST_ANSWER) {
      if (performance.now() - startedAt > TIMEOUT_MS) throw new AppError('delivery/query-too-slow')
      const wanted = Math.min(ROWS_A_FETCH, mostRows + 1 - rows.length)
      // Row by row: what is more than fits is not kept, however long the rows of one batch are.
      const { fields, count } = await fetchEach(client, wanted, (row) => {
        for (const cell of row) size += typeof cell === 'string' ? cell.length : 8
        if (size <= LARGEST_ANSWER) rows.push(row)
      })
      types = fields.map(({ dataTypeID }) => TYPE_NAMES.get(dataTypeID) ?? 'text')
      if (count < wanted) break
    }
    const truncated = rows.length > mostRows || size > LARGEST_ANSWER
    return { rows: rows.slice(0, mostRows), types, truncated }
  }

  return {
    run: (query) => gate.run(async () => {
      const client = await pool.connect()
      let lost: Error | undefined
      try {
        return await ask(client, query)
      } catch (error) {
        throw failureOf(error)
      } finally {
        await client.query('rollback').catch((error: unknown) => (lost = error instanceof Error ? error : new Error(String(error))))
        client.release(lost)
      }
    }, query.asker),
  }
}

/** Fetches rows of the answer, told as they come. */
function fetchEach(client: pg.PoolClient, wanted: number, each: (row: unknown[]) => void): Promise<{ fields: readonly pg.FieldDef[]; count: number }> {
  let count = 0
  const fetching = new pg.Query<unknown[]>({ text: `fetch ${wanted} from answer`, rowMode: 'array', types: asWritten } as pg.QueryConfig) // the type knows no rows as lists
  return new Promise((resolve, reject) => {
    fetching.on('row', (row) => {
      count++
      each(row)
    })
    fetching.on('end', ({ fields }) => resolve({ fields, count }))
    fetching.on('error', reject)
    client.query(fetching)
  })
}

const QUERY_CANCELED = '57014'

/** What PostgreSQL says of the question is told; what happens to the server is not. */
function failureOf(error: unknown): unknown {
  const state = sqlState(error)
  if (state === QUERY_CANCELED) return new AppError('delivery/query-too-slow')
  // Classes of data, syntax, access and limits: all about the question.
  if (state !== undefined && /^(22|42|54|21|0A)/.test(state) && error instanceof Error) return sqlRefused('failed', error.message)
  return error
}
