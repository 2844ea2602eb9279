import { createHash } from 'node:crypto'
import type pg from 'pg'
import { batchOf, type Statement } from './serving-sql.ts'

type Cells = unknown[]

/** One shape of read, prepared once: the statement of a single call, and that of many together. */
export interface ReadShape {
  readonly name: string
  readonly text: string
  readonly valueCount: number
  /** Null: the calls of this shape cannot go together. */
  readonly batch: { readonly name: string; readonly text: string } | null
}

/** @param together whether a call of this shape is short, so that it may share a statement with others */
export function readShape(statement: Statement, together: boolean): ReadShape {
  const { text, values } = statement
  const batch = together ? batchOf(statement) : undefined
  return { name: nameOf(text), text, valueCount: values.length, batch: batch === undefined ? null : { name: nameOf(batch), text: batch } }
}

/** PostgreSQL parses each statement once a connection, by its name. */
const nameOf = (text: string): string => `read-${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`

interface Waiter {
  readonly values: readonly unknown[]
  readonly resolve: (rows: Cells[]) => void
  readonly reject: (error: unknown) => void
}

/** Calls of one shape and limit that go with the next statement. */
interface Queue {
  readonly key: string
  readonly shape: ReadShape
  readonly limit: unknown
  waiting: Waiter[]
  running: number
  /** Set from the first call that waits until the queue stands in line. */
  scheduled: boolean
  inLine: boolean
}

/** More at once would make the last row of a batch wait for the first; fewer would pay the way to the server more often. */
const MAX_BATCH = 64
/** While so many statements of a shape are under way, the next calls gather. */
const MAX_RUNNING = 2
/** And so many of all shapes: where calls spread over many resources, each statement then still carries several. */
const MAX_BUSY = 4
/** A statement that takes longer than this is not what others wait for. */
const HELD_MS = 20

/**
 * Reads on serving tables. Look-ups of one shape that arrive in the same turn of the event loop, or while others are under
 * way, share one statement: the way to PostgreSQL and back costs several times what the look-up itself does.
 */
export function createReadBatches(pool: Pick<pg.Pool, 'query'>) {
  const queues = new Map<string, Queue>()
  /** Queues that may begin a statement, in the order in which they came to it. */
  const line: Queue[] = []
  let busy = 0

  const one = async ({ name, text }: ReadShape, values: readonly unknown[]): Promise<Cells[]> =>
    (await pool.query<Cells>({ name, text, values: [...values], rowMode: 'array' })).rows

  async function many({ limit }: Queue, batch: NonNullable<ReadShape['batch']>, waiting: readonly Waiter[]): Promise<void> {
    const arrays = waiting[0]!.values.slice(0, -1).map((_, index) => waiting.map(({ values }) => values[index])) // never called with none
    const { rows } = await pool.query<Cells>({ ...batch, values: [...arrays, limit], rowMode: 'array' })
    const answers = waiting.map((): Cells[] => [])
    for (const cells of rows) answers[Number(cells.pop()) - 1]!.push(cells) // numbered from one by the statement
    for (const [index, { resolve }] of waiting.entries()) resolve(answers[index]!) // as many as waited
  }

  async function run(queue: Queue, waiting: readonly Waiter[]): Promise<void> {
    const { batch } = queue.shape
    try {
      if (batch !== null && waiting.length > 1) return await many(queue, batch, waiting)
    } catch (error) {
      // A value that one call brought may not fit: then each learns of its own fault only.
      if (!isDataError(error)) return waiting.forEach(({ reject }) => reject(error))
    }
    await Promise.all(waiting.map(({ values, resolve, reject }) => one(queue.shape, values).then(resolve, reject)))
  }

  /** Puts a queue in line if it has calls that may go, and lets those in front begin. */
  function enlist(queue: Queue): void {
    if (queue.waiting.length > 0 && queue.running < MAX_RUNNING && !queue.inLine) {
      queue.inLine = true
      line.push(queue)
    }
    while (busy < MAX_BUSY && line.length > 0) begin(line.shift()!) // not empty
  }

  function begin(queue: Queue): void {
    queue.inLine = false
    queue.running++
    busy++
    let isHeld = true
    const letGo = (): void => {
      if (isHeld) busy--
      isHeld = false
    }
    const late = setTimeout(() => {
      letGo()
      enlist(queue)
    }, HELD_MS)
    void run(queue, queue.waiting.splice(0, MAX_BATCH)).finally(() => {
      clearTimeout(late)
      letGo()
      queue.running--
      enlist(queue)
      if (queue.running === 0 && queue.waiting.length === 0) queues.delete(queue.key)
    })
    if (queue.waiting.length > 0) enlist(queue)
  }

  return {
    /** @param values as the shape binds them, the limit last @returns rows in the order of the shape */
    read(shape: ReadShape, values: readonly unknown[]): Promise<Cells[]> {
      if (shape.batch === null) return one(shape, values)
      const limit = values.at(-1)
      const key = `${shape.name} ${String(limit)}`
      let queue = queues.get(key)
      if (queue === undefined) queues.set(key, queue = { key, shape, limit, waiting: [], running: 0, scheduled: false, inLine: false })
      const { promise, resolve, reject } = Promise.withResolvers<Cells[]>()
      queue.waiting.push({ values, resolve, reject })
      if (!queue.scheduled && !queue.inLine && queue.running < MAX_RUNNING) {
        queue.scheduled = true
        const waiting = queue
        setImmediate(() => {
          waiting.scheduled = false
          enlist(waiting)
        })
      }
      return promise
    },
  }
}

/** PostgreSQL's class 22: a value that does not fit. */
const isDataError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('22')
