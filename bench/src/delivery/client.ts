import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A request as it goes over the line, made ready beforehand. */
export interface Request {
  readonly bytes: Buffer
  /** Told the whole answer; left out for those that only count. */
  readonly look?: (answer: Answer) => void
}

export interface Answer {
  readonly status: number
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Load {
  readonly url: string
  /** What each connection asks, one after the other, again and again. */
  readonly connections: readonly (readonly Request[])[]
  readonly seconds: number
  /** Requests a second by all connections together; left out, each asks as soon as it was answered. */
  readonly rate?: number
  /**
   * What it throws ends the load.
   * @param ms since it was sent, or since it was due where there is a rate
   */
  readonly onAnswer: (status: number, ms: number) => void
}

const READ_BYTES = 65_536
const LAST_WAIT_MS = 30_000

/**
 * Keeps connections busy with HTTP/1.1, one request at a time each, and looks at no more of an answer than its status and
 * length: it shares the cores with what it measures, so it must cost little.
 * @returns seconds until the last answer came; all are told
 * @throws Error when a connection breaks, an answer cannot be read or does not come within half a minute
 */
export async function load({ url, connections, seconds, rate, onAnswer }: Load): Promise<number> {
  const { hostname, port } = new URL(url)
  const interval = rate === undefined ? 0 : (1_000 * connections.length) / rate
  const began = performance.now()
  const until = began + seconds * 1_000
  const lines = connections.map((requests, index) => new Line(requests, until, interval, (interval * index) / connections.length, onAnswer))
  const running = Promise.all(lines.map((line) => line.run(hostname, Number(port))))
  const late = sleep(seconds * 1_000 + LAST_WAIT_MS, 'late' as const, { ref: false })
  try {
    if ((await Promise.race([running, late])) === 'late') throw new Error(`${url}: an answer did not come within ${LAST_WAIT_MS} ms`)
    return (performance.now() - began) / 1_000
  } finally {
    for (const line of lines) line.close()
  }
}

/** The bytes of a request. @param path with its query, percent-encoded */
export function requestBytes(url: string, { method, path, headers = {}, body = '' }: { method: string; path: string; headers?: Readonly<Record<string, string>>; body?: string }): Buffer {
  const fields = { host: new URL(url).host, ...headers, ...(body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) }) }
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`)
}

/** One connection. */
class Line {
  readonly #requests: readonly Request[]
  readonly #until: number
  readonly #interval: number
  readonly #offset: number
  readonly #onAnswer: Load['onAnswer']
  readonly #done = Promise.withResolvers<undefined>()
  #socket: Socket | undefined
  #at = 0
  #since = 0
  #received: Buffer | null = null

  constructor(requests: readonly Request[], until: number, interval: number, offset: number, onAnswer: Load['onAnswer']) {
    this.#requests = requests
    this.#until = until
    this.#interval = interval
    this.#offset = offset
    this.#onAnswer = onAnswer
    this.#done.promise.catch(() => undefined)
  }

  async run(host: string, port: number): Promise<void> {
    const buffer = Buffer.allocUnsafe(READ_BYTES)
    const socket = connect({ host, port, noDelay: true, onread: { buffer, callback: (length) => this.#read(buffer.subarray(0, length)) } })
    this.#socket = socket
    socket.on('error', (error) => this.#done.reject(error))
    socket.on('close', () => this.#done.reject(new Error('a connection was closed')))
    await once(socket, 'connect')
    this.#since = performance.now() + this.#offset - this.#interval
    this.#next()
    await this.#done.promise
  }

  close(): void {
    this.#socket?.destroy()
  }

  #next(): void {
    const now = performance.now()
    const due = this.#interval === 0 ? now : this.#since + this.#interval
    if (Math.max(due, now) >= this.#until) return this.#done.resolve(undefined)
    this.#since = due
    if (due > now) setTimeout(() => this.#send(), due - now)
    else this.#send()
  }

  #send(): void {
    this.#socket!.write(this.#requests[this.#at]!.bytes) // it runs, and the place is within its length
  }

  /** @returns true: go on reading */
  #read(chunk: Buffer): true {
    const bytes = this.#received === null ? chunk : Buffer.concat([this.#received, chunk])
    try {
      const length = lengthOf(bytes)
      if (length === undefined || length > bytes.length) this.#received = this.#received === null ? Buffer.from(bytes) : bytes
      else if (length < bytes.length) throw new Error('more came than was asked for')
      else this.#answered(bytes)
    } catch (error) {
      this.#done.reject(error)
    }
    return true
  }

  #answered(bytes: Buffer): void {
    this.#received = null
    this.#onAnswer(statusOf(bytes), performance.now() - this.#since)
    this.#requests[this.#at]!.look?.(answerOf(bytes)) // as when it was sent
    this.#at = (this.#at + 1) % this.#requests.length
    this.#next()
  }
}

const HEAD_END = Buffer.from('\r\n\r\n')

/** How long the answer is that begins here; undefined when its head is not whole. @throws Error for an answer that does not tell its length */
function lengthOf(bytes: Buffer): number | undefined {
  const head = bytes.indexOf(HEAD_END)
  if (head === -1) return undefined
  const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString('latin1', 0, head))?.[1]
  if (length === undefined) throw new Error(`an answer does not tell its length: ${bytes.toString('latin1', 0, head)}`)
  return head + HEAD_END.length + Number(length)
}

/** `HTTP/1.1 200 OK` */
const statusOf = (bytes: Buffer): number => Number(bytes.toString('latin1', 9, 12))

function answerOf(bytes: Buffer): Answer {
  const head = bytes.indexOf(HEAD_END)
  const fields = bytes.toString('latin1', 0, head).split('\r\n').slice(1).map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return { status: statusOf(bytes), headers: Object.fromEntries(fields), body: bytes.toString('utf8', head + HEAD_END.length) }
}
