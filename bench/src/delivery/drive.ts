import autocannon from 'autocannon'
import { randomInt } from 'node:crypto'
import { median, quantile, round } from '../statistics.ts'
import { cpuMicrosOf } from './cpu-time.ts'

/** One request for one row of the table, and what must come back. */
export interface Asked {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A server under load: how to ask it for a row, and how to tell a right answer. */
export interface Side {
  readonly name: string
  readonly url: string
  /** Of the server. */
  readonly pid: number
  readonly ask: (index: number) => Asked
  /** @throws Error when the answer is not the row asked for */
  readonly check: (index: number, status: number, body: string, headers: Readonly<Record<string, string>>) => void
}

export interface Measured {
  readonly rps: number
  readonly calls: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Processor time of server and database for one request, in microseconds. */
  readonly cpuMicros: number
  /** The database's part of it. */
  readonly databaseMicros: number
}

const CONNECTIONS = 50
/** Each connection goes through so many requests of its own, made ready beforehand, again and again. */
const REQUESTS_EACH = 400
/** One answer in so many is read and compared while measuring. */
const CHECK_EVERY = 40

/**
 * Loads a side for some seconds with random keys.
 * @param databasePid of the database server, whose time is counted too
 * @throws Error when any answer was not right
 */
export async function drive(side: Side, databasePid: number, tableRows: number, seconds: number): Promise<Measured> {
  const waits: number[] = []
  const wrong: unknown[] = []
  let checked = 0
  const request = (n: number): autocannon.Request => {
    // The first row's claims are wrong ones: a single one, in trying out, lest they be taken for guessing.
    const index = randomInt(1, tableRows)
    const { method, path, headers = {}, body } = side.ask(index)
    const onResponse: autocannon.Request['onResponse'] = (status, answer, _context, received) => {
      checked++
      try {
        side.check(index, status, answer, lowerCased(received ?? {}))
      } catch (error) {
        wrong.push(error)
      }
    }
    return { method, path, headers: { ...headers }, ...(body === undefined ? {} : { body }), ...(n % CHECK_EVERY === 0 ? { onResponse } : {}) }
  }
  const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>()
  const instance = autocannon(
    {
      url: side.url, connections: CONNECTIONS, duration: seconds, timeout: 30,
      setupClient: (client) => client.setRequests(Array.from({ length: REQUESTS_EACH }, (_, n) => request(n))),
    },
    (error: unknown, result) => (error ? reject(error as Error) : resolve(result)), // a failure comes as an Error
  )
  const refused = new Map<number, number>()
  instance.on('response', (_client, status, _bytes, ms) => {
    waits.push(ms)
    if (status >= 300) refused.set(status, (refused.get(status) ?? 0) + 1)
  })
  const cpuBefore = cpuMicrosOf([side.pid, databasePid])
  const databaseBefore = cpuMicrosOf([databasePid])
  const started = performance.now()
  const result = await promise
  const elapsed = (performance.now() - started) / 1_000
  const cpu = cpuMicrosOf([side.pid, databasePid]) - cpuBefore
  const database = cpuMicrosOf([databasePid]) - databaseBefore
  const failed = result.non2xx + result.errors + result.timeouts
  if (failed > 0 || wrong.length > 0 || checked === 0) {
    const statuses = [...refused].map(([status, times]) => `${times} × ${status}`).join(', ')
    throw new Error(`${side.name}: ${failed} requests failed (${statuses}; ${result.errors} broken off, ${result.timeouts} without an answer), ${wrong.length} of ${checked} answers looked at were wrong`, { cause: wrong[0] })
  }
  return {
    rps: Math.round(waits.length / elapsed), calls: waits.length, p50Ms: round(quantile(waits, 0.5), 2), p99Ms: round(quantile(waits, 0.99), 2),
    cpuMicros: Math.round(cpu / waits.length), databaseMicros: Math.round(database / waits.length),
  }
}

/** Asks for some rows one by one and looks at every answer, before anything is measured. */
export async function tryOut(side: Side, indexes: readonly number[]): Promise<void> {
  for (const index of indexes) {
    const { method, path, headers = {}, body } = side.ask(index)
    const response = await fetch(new URL(path, side.url), { method, headers, ...(body === undefined ? {} : { body }) })
    side.check(index, response.status, await response.text(), Object.fromEntries(response.headers))
  }
}

/** Medians of rounds. */
export const middle = (rounds: readonly Measured[]): Measured => ({
  rps: Math.round(median(rounds.map(({ rps }) => rps))),
  calls: rounds.reduce((sum, { calls }) => sum + calls, 0),
  p50Ms: round(median(rounds.map(({ p50Ms }) => p50Ms)), 2),
  p99Ms: round(median(rounds.map(({ p99Ms }) => p99Ms)), 2),
  cpuMicros: Math.round(median(rounds.map(({ cpuMicros }) => cpuMicros))),
  databaseMicros: Math.round(median(rounds.map(({ databaseMicros }) => databaseMicros))),
})

const lowerCased = (headers: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
