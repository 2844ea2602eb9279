import { randomInt } from 'node:crypto'
import { median, quantile, round } from '../statistics.ts'
import { load, type Request, requestBytes } from './client.ts'
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

export const CONNECTIONS = 50
/** Each connection goes through so many requests of its own, made ready beforehand, again and again. */
const REQUESTS_EACH = 400
/** One answer in so many is read and compared while measuring. */
const CHECK_EVERY = 40

/** Sides that take turns do so after so many seconds. */
const TURN_SECONDS = 0.5

/** What is asked, and for how long. */
export interface Drive {
  /** Of the database server, whose time is counted too. */
  readonly databasePid: number
  readonly tableRows: number
  readonly warmUpSeconds: number
  readonly seconds: number
}

/**
 * Loads a side with random keys, first to warm up and then, with the same keys, to measure.
 * @param measuring told when the measurement begins
 * @throws Error when any answer was not right
 */
export async function drive(side: Side, asked: Drive, measuring: () => void = () => undefined): Promise<Measured> {
  const driven = new DrivenSide(side, asked)
  await driven.warmUp()
  measuring()
  await driven.turn(asked.seconds)
  return driven.measured()
}

/**
 * The same for several sides, each warmed up and then all in short turns, forth and back: so what drifts on the machine hits all
 * alike, and their ratios can be told more closely than their speeds.
 * @returns in the order of the sides
 */
export async function driveInTurns(sides: readonly Side[], asked: Drive): Promise<Measured[]> {
  const driven = sides.map((side) => new DrivenSide(side, asked))
  for (const one of driven) await one.warmUp()
  for (let turn = 0; turn * TURN_SECONDS < asked.seconds; turn++) {
    for (const one of turn % 2 === 0 ? driven : driven.toReversed()) await one.turn(TURN_SECONDS)
  }
  return driven.map((one) => one.measured())
}

/** A side with its requests, and what was measured so far. */
class DrivenSide {
  readonly #side: Side
  readonly #asked: Drive
  readonly #connections: Request[][]
  readonly #waits: number[] = []
  #seconds = 0
  #cpu = 0
  #database = 0

  constructor(side: Side, asked: Drive) {
    this.#side = side
    this.#asked = asked
    this.#connections = askedOf(side, asked.tableRows)
  }

  async warmUp(): Promise<void> {
    await load({ url: this.#side.url, connections: this.#connections, seconds: this.#asked.warmUpSeconds, onAnswer: refuseFailure(this.#side) })
  }

  async turn(seconds: number): Promise<void> {
    const pids = [this.#side.pid, this.#asked.databasePid]
    const onAnswer = refuseFailure(this.#side)
    const [cpuBefore, databaseBefore] = [cpuMicrosOf(pids), cpuMicrosOf(pids.slice(1))]
    this.#seconds += await load({ url: this.#side.url, connections: this.#connections, seconds, onAnswer: (status, ms) => {
      onAnswer(status)
      this.#waits.push(ms)
    } })
    this.#cpu += cpuMicrosOf(pids) - cpuBefore
    this.#database += cpuMicrosOf(pids.slice(1)) - databaseBefore
  }

  measured(): Measured {
    const waits = this.#waits
    return {
      rps: Math.round(waits.length / this.#seconds), calls: waits.length, p50Ms: round(quantile(waits, 0.5), 2), p99Ms: round(quantile(waits, 0.99), 2),
      cpuMicros: Math.round(this.#cpu / waits.length), databaseMicros: Math.round(this.#database / waits.length),
    }
  }
}

/** The requests of each connection. The first row's claims are wrong ones: a single one, in trying out, lest they be taken for guessing. */
export function askedOf(side: Side, tableRows: number): Request[][] {
  return Array.from({ length: CONNECTIONS }, () => Array.from({ length: REQUESTS_EACH }, (_, n) => {
    const index = randomInt(1, tableRows)
    const bytes = requestBytes(side.url, side.ask(index))
    return n % CHECK_EVERY === 0 ? { bytes, look: ({ status, body, headers }) => side.check(index, status, body, headers) } : { bytes }
  }))
}

const refuseFailure = ({ name }: Side) => (status: number): void => {
  if (status >= 300) throw new Error(`${name}: an answer had the status ${status}`)
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
