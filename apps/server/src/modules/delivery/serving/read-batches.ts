import { createHash } from 'node:crypto'
import type pg from 'pg'
import { batchOf, type Statement } from './serving-sql.ts'
import { type Asked, type Cells, createVolleys, type Outcome, type SendVolley } from './volley.ts'

/** One shape of read, prepared once: the statement of a single call, and that of many together. */
export interface ReadShape {
  /** No other shape of this process has it. */
  readonly id: number
  readonly name: string
  readonly text: string
  readonly valueCount: number
  /** That of many at once; null: calls of this shape go each by itself. */
  readonly batch: string | null
}

let shapesMade = 0

/** @param together whether a call of this shape is short, so that it may go along with others */
export function readShape(statement: Statement, together: boolean): ReadShape {
  const { text, values } = statement
  return { id: shapesMade++, name: nameOf(text), text, valueCount: values.length, batch: together ? (batchOf(statement) ?? null) : null }
}

/** PostgreSQL parses each statement once a connection, by its name. */
const nameOf = (text: string): string => `read-${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`

interface Waiter {
  readonly values: readonly unknown[]
  readonly resolve: (rows: Cells[]) => void
  readonly reject: (error: unknown) => void
}

/** Calls of one shape and limit that wait. */
interface Group {
  readonly key: string
  readonly shape: ReadShape
  readonly limit: unknown
  waiting: Waiter[]
}

/** A statement of a volley, and the calls that it answers. */
interface Shot {
  readonly group: Pick<Group, 'key' | 'shape' | 'limit'>
  readonly asked: Asked
  readonly waiters: readonly Waiter[]
}

/** More at once would make the first of a volley wait for the last; fewer would pay the way to the server more often. */
const MAX_CALLS = 64
/** So many of one shape share a statement: below, starting the larger one costs more than it saves. */
const BATCH_FROM = 10
/** While so many volleys are under way, the next calls gather. */
const MAX_BUSY = 2
/** A volley that takes longer than this is not what others wait for. */
const HELD_MS = 20
/** And after so long its calls are asked again, each shape by itself: one of them stands, and the others stand behind it. */
const STUCK_MS = 250
/** So long they stay by themselves. */
const APART_MS = 1_000
/** And so many of its volleys at once. */
const MAX_APART = 2

/**
 * Reads on serving tables. Look-ups that arrive in the same turn of the event loop, or while others are under way, go to
 * PostgreSQL together, whichever tables they read: the way there and back costs several times what the look-up itself does.
 * @param send for tests
 */
export function createReadBatches(pool: Pick<pg.Pool, 'query' | 'connect'>, send: SendVolley = createVolleys(pool)) {
  const groups = new Map<string, Group>()
  /** Until when shapes that were slow go apart, and how many of their volleys are under way. */
  const apart = new Map<string, { until: number; running: number }>()
  let busy = 0
  let isScheduled = false

  const one = async ({ name, text }: ReadShape, values: readonly unknown[]): Promise<Cells[]> =>
    (await pool.query<Cells>({ name, text, values: [...values], rowMode: 'array' })).rows

  /** On a connection of its own until it ends: a cancel that comes late must not meet another's statement. */
  async function cancellable({ name, text }: ReadShape, values: readonly unknown[], signal: AbortSignal): Promise<Cells[]> {
    const client = await pool.connect()
    try {
      signal.throwIfAborted()
      const { rows: [own] } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
      const cancel = (): void => void pool.query('select pg_cancel_backend($1)', [own?.pid]).catch(() => undefined)
      signal.addEventListener('abort', cancel)
      try {
        signal.throwIfAborted()
        return (await client.query<Cells>({ name, text, values: [...values], rowMode: 'array' })).rows
      } finally {
        signal.removeEventListener('abort', cancel)
      }
    } finally {
      client.release(signal.aborted)
    }
  }

  function schedule(): void {
    if (isScheduled || busy >= MAX_BUSY) return
    isScheduled = true
    setImmediate(() => {
      isScheduled = false
      begin()
    })
  }

  function isApart(key: string): boolean {
    const slow = apart.get(key)
    if (slow === undefined) return false
    if (slow.running > 0 || performance.now() < slow.until) return true
    apart.delete(key)
    return false
  }

  /** Sends what waits, as far as it may go. */
  function begin(): void {
    for (const group of apart.size === 0 ? [] : [...groups.values()]) {
      const slow = isApart(group.key) ? apart.get(group.key) : undefined
      if (slow !== undefined && slow.running < MAX_APART) launch(shotsOf(group, take(group, MAX_CALLS)), slow)
    }
    while (busy < MAX_BUSY) {
      const shots: Shot[] = []
      let calls = 0
      for (const group of groups.values()) {
        if (calls === MAX_CALLS) break
        if (apart.size > 0 && isApart(group.key)) continue
        const waiters = take(group, MAX_CALLS - calls)
        calls += waiters.length
        shots.push(...shotsOf(group, waiters))
      }
      if (shots.length === 0) return
      launch(shots, null)
    }
  }

  function take(group: Group, most: number): Waiter[] {
    if (group.waiting.length > most) return group.waiting.splice(0, most)
    groups.delete(group.key)
    return group.waiting
  }

  function launch(shots: readonly Shot[], slow: { running: number } | null): void {
    let isHeld = slow === null
    if (slow === null) busy++
    else slow.running++
    const letGo = (): void => {
      if (isHeld) busy--
      isHeld = false
    }
    let late = setTimeout(() => {
      letGo()
      late = setTimeout(() => partUp(shots), STUCK_MS - HELD_MS)
      begin()
    }, HELD_MS)
    send(shots.map(({ asked }) => asked)).then(
      (outcomes) => settle(shots, outcomes),
      (error: unknown) => shots.forEach(({ waiters }) => waiters.forEach(({ reject }) => reject(error))),
    ).finally(() => {
      clearTimeout(late)
      letGo()
      if (slow !== null) slow.running--
      if (groups.size > 0) begin()
    })
  }

  /** Who is answered twice takes the first answer. */
  function partUp(shots: readonly Shot[]): void {
    const keys = new Set(shots.map(({ group }) => group.key))
    for (const key of keys) apart.set(key, Object.assign(apart.get(key) ?? { running: 0 }, { until: performance.now() + APART_MS }))
    if (keys.size > 1) for (const { group, waiters } of shots) for (const waiter of waiters) wait(group.shape, group.key, group.limit, waiter)
    begin()
  }

  function settle(shots: readonly Shot[], outcomes: readonly Outcome[]): void {
    for (const [index, shot] of shots.entries()) {
      const outcome = outcomes[index] ?? 'not run'
      if (outcome === 'not run') for (const waiter of shot.waiters) wait(shot.group.shape, shot.group.key, shot.group.limit, waiter)
      else if ('rows' in outcome) share(shot, outcome.rows)
      // A value that one call brought may not fit: then each learns of its own fault only.
      else if (shot.waiters.length > 1 && isDataError(outcome.error)) shot.waiters.forEach(({ values, resolve, reject }) => void one(shot.group.shape, values).then(resolve, reject))
      else shot.waiters.forEach(({ reject }) => reject(outcome.error))
    }
  }

  function wait(shape: ReadShape, key: string, limit: unknown, waiter: Waiter): void {
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { key, shape, limit, waiting: [waiter] })
    else group.waiting.push(waiter)
  }

  return {
    /**
     * @param values as the shape binds them, the limit last
     * @param signal cancels a read that goes by itself; those that go together are short
     * @returns rows in the order of the shape
     */
    read(shape: ReadShape, values: readonly unknown[], signal?: AbortSignal): Promise<Cells[]> {
      if (shape.batch === null) return signal === undefined ? one(shape, values) : cancellable(shape, values, signal)
      const limit = values.at(-1)
      const { promise, resolve, reject } = Promise.withResolvers<Cells[]>()
      wait(shape, `${shape.name} ${String(limit)}`, limit, { values, resolve, reject })
      schedule()
      return promise
    },
  }
}

function shotsOf(group: Group, waiters: readonly Waiter[]): Shot[] {
  const { batch, text } = group.shape
  if (batch === null || waiters.length < BATCH_FROM) return waiters.map((waiter) => ({ group, asked: { text, values: waiter.values }, waiters: [waiter] }))
  const arrays = waiters[0]!.values.slice(0, -1).map((_, index) => waiters.map(({ values }) => values[index])) // as many as make a batch
  return [{ group, asked: { text: batch, values: [...arrays, group.limit] }, waiters }]
}

/** Rows of a batch end with the number of their call, from one. */
function share({ waiters, asked, group }: Shot, rows: Cells[]): void {
  const [only] = waiters
  if (asked.text === group.shape.text) return only?.resolve(rows)
  const answers = waiters.map((): Cells[] => [])
  for (const cells of rows) answers[Number(cells.pop()) - 1]!.push(cells) // numbered by the statement
  for (const [index, { resolve }] of waiters.entries()) resolve(answers[index]!) // as many as waited
}

/** PostgreSQL's class 22: a value that does not fit. */
const isDataError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('22')
