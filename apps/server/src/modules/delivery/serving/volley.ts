import type pg from 'pg'

export type Cells = unknown[]

/** One prepared statement with its values. */
export interface Asked {
  readonly text: string
  readonly values: readonly unknown[]
}

/** What became of a statement: its rows, its error, or nothing, since one before it failed. */
export type Outcome = { readonly rows: Cells[] } | { readonly error: unknown } | 'not run'

export type SendVolley = (asked: readonly Asked[]) => Promise<Outcome[]>

type Parser = ((text: string) => unknown) | null

/** Prepared on one connection. */
interface Prepared {
  readonly name: string
  /** Of its columns; known when the server has described it. */
  parsers: readonly Parser[]
}

/** More than so many statements on one connection: it is given up, and the next one begins without any. */
const MAX_PREPARED = 1_000

/**
 * Sends many reads to PostgreSQL in one packet and takes all answers in one: the way there and back, and waking up for it,
 * cost more than a look-up by key. Each statement is parsed and described once a connection. The first that fails takes
 * those behind it along (`not run`): they may be sent again.
 * @returns a sender whose promise rejects when the connection fails
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export function createVolleys(pool: Pick<pg.Pool, 'connect'>): SendVolley {
  const prepared = new WeakMap<pg.PoolClient, Map<string, Prepared>>()
  let names = 0
  return async (asked) => {
    const client = await pool.connect()
    let known = prepared.get(client)
    if (known === undefined) prepared.set(client, (known = new Map()))
    const volley = new Volley(client, asked, known, () => `volley-${++names}`)
    try {
      client.query(volley)
      const outcomes = await volley.done
      client.release(known.size > MAX_PREPARED)
      return outcomes
    } catch (error) {
      client.release(true)
      throw error
    }
  }
}

/** The driver hands it every message about its statements until the server is ready for what comes next. */
class Volley implements pg.Submittable {
  readonly done: Promise<Outcome[]>
  readonly #settle: PromiseWithResolvers<Outcome[]>
  readonly #client: pg.PoolClient
  readonly #asked: readonly Asked[]
  readonly #known: Map<string, Prepared>
  readonly #newName: () => string
  readonly #outcomes: Outcome[] = []
  readonly #statements: Prepared[] = []
  /** Texts that are prepared along with it, with the place of their first use. */
  readonly #fresh = new Map<string, number>()
  #rows: Cells[] = []

  constructor(client: pg.PoolClient, asked: readonly Asked[], known: Map<string, Prepared>, newName: () => string) {
    this.#client = client
    this.#asked = asked
    this.#known = known
    this.#newName = newName
    this.#settle = Promise.withResolvers()
    this.done = this.#settle.promise
  }

  submit(connection: pg.Connection): void {
    const { stream } = connection
    stream.cork()
    for (const [index, { text, values }] of this.#asked.entries()) {
      let statement = this.#known.get(text)
      if (statement === undefined) {
        this.#known.set(text, (statement = { name: this.#newName(), parsers: [] }))
        this.#fresh.set(text, index)
        connection.parse({ name: statement.name, text, types: [] }, true)
        connection.describe({ type: 'S', name: statement.name }, true)
      }
      this.#statements.push(statement)
      connection.bind({ statement: statement.name, values: values.map(boundText) }, true)
      connection.execute({ portal: '', rows: '0' }, true)
    }
    connection.sync()
    stream.uncork()
  }

  handleRowDescription({ fields }: { fields: readonly { dataTypeID: number }[] }): void {
    const statement = this.#statements[this.#outcomes.length]
    // The driver's declared overloads take literals of its own list; it looks any number up.
    if (statement !== undefined) statement.parsers = fields.map(({ dataTypeID }) => parserOf(this.#client.getTypeParser(dataTypeID, 'text') as (text: string) => unknown))
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const { parsers } = this.#statements[this.#outcomes.length]! // rows are those of the statement that is answered
    const cells: Cells = fields
    for (let index = 0; index < parsers.length; index++) {
      const parse = parsers[index]
      const text = fields[index]
      if (parse != null && text != null) cells[index] = parse(text)
    }
    this.#rows.push(cells)
  }

  handleCommandComplete(): void {
    this.#outcomes.push({ rows: this.#rows })
    this.#rows = []
  }

  handleReadyForQuery(): void {
    this.#settle.resolve(this.#outcomes)
  }

  handleError(error: unknown): void {
    // What was to be prepared from here on may be, or not: it gets a new name next time.
    for (const [text, index] of this.#fresh) if (index >= this.#outcomes.length) this.#known.delete(text)
    if (isFatal(error)) return this.#settle.reject(error)
    this.#outcomes.push({ error })
    while (this.#outcomes.length < this.#asked.length) this.#outcomes.push('not run')
    this.#settle.resolve(this.#outcomes)
  }
}

/** An error of the connection, or of a server that goes down; all others are about one statement. */
const isFatal = (error: unknown): boolean =>
  !(error instanceof Error && 'code' in error && typeof error.code === 'string') || !/^[0-9A-Z]{5}$/.test(error.code) || /^(?:08|57P)/.test(error.code)

const TEXT = 'some text'

/** Most columns are text and need no parser. */
function parserOf(parse: (text: string) => unknown): Parser {
  try {
    return parse(TEXT) === TEXT ? null : parse
  } catch {
    return parse
  }
}

/** A value in PostgreSQL's text form; lists are those of `unnest`. */
function boundText(value: unknown): string | null {
  if (Array.isArray(value)) return `{${value.map((one) => (one === null ? 'NULL' : `"${String(one).replace(/["\\]/g, '\\$&')}"`)).join(',')}}`
  return value === null || value === undefined ? null : String(value)
}
