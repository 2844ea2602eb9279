import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from './log.ts'

/** Told when notifications may be missed, and when they surely arrive again. */
export interface ListenSignals {
  /** The connection is lost: whatever was learnt from notifications must be distrusted from now on. */
  readonly onLost?: () => void
  /** Listening again: read anew what notifications keep up to date, some may have been missed. */
  readonly onRestored?: () => void
}

export interface Subscription {
  close(): Promise<void>
}

export type NotificationHandler = (payload: string) => void

interface Subscriber {
  readonly channel: string
  readonly handler: NotificationHandler
  readonly signals: ListenSignals
}

/** One connection that listens for all of a process, reconnects by itself and proves every second that it lives. */
export class Listener {
  readonly #config: pg.ClientConfig
  readonly #log: Log
  readonly #heartbeatMs: number
  readonly #subscribers = new Set<Subscriber>()
  #client: pg.Client | undefined
  #connecting: Promise<void> | undefined
  #closed = false
  #heartbeat: NodeJS.Timeout | undefined

  constructor(config: pg.ClientConfig, log: Log, heartbeatMs: number) {
    this.#config = config
    this.#log = log
    this.#heartbeatMs = heartbeatMs
  }

  /** Resolves when the channel is being listened to: what is notified from then on reaches `handler`. */
  async listen(channel: string, handler: NotificationHandler, signals: ListenSignals = {}): Promise<Subscription> {
    const subscriber: Subscriber = { channel, handler, signals }
    this.#subscribers.add(subscriber)
    try {
      await this.#ensureConnected()
      await this.#client?.query(`listen ${pg.escapeIdentifier(channel)}`)
    } catch (error) {
      this.#subscribers.delete(subscriber)
      throw error
    }
    return { close: async () => this.#unlisten(subscriber) }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#heartbeat)
    this.#subscribers.clear()
    const client = this.#client
    this.#client = undefined
    await client?.end().catch(() => undefined)
  }

  async #unlisten(subscriber: Subscriber): Promise<void> {
    this.#subscribers.delete(subscriber)
    const stillWanted = [...this.#subscribers].some(({ channel }) => channel === subscriber.channel)
    if (!stillWanted) await this.#client?.query(`unlisten ${pg.escapeIdentifier(subscriber.channel)}`).catch(() => undefined)
  }

  async #ensureConnected(): Promise<void> {
    if (this.#client !== undefined) return
    this.#connecting ??= this.#connect().finally(() => (this.#connecting = undefined))
    await this.#connecting
  }

  async #connect(): Promise<void> {
    const client = new pg.Client(this.#config)
    client.on('error', () => this.#lose(client))
    client.on('end', () => this.#lose(client))
    client.on('notification', ({ channel, payload }) => this.#dispatch(channel, payload ?? ''))
    await client.connect()
    for (const channel of new Set([...this.#subscribers].map((subscriber) => subscriber.channel))) {
      await client.query(`listen ${pg.escapeIdentifier(channel)}`)
    }
    if (this.#closed) {
      await client.end().catch(() => undefined)
      return
    }
    this.#client = client
    this.#heartbeat = setInterval(() => void this.#beat(client), this.#heartbeatMs)
    this.#heartbeat.unref()
  }

  #dispatch(channel: string, payload: string): void {
    for (const subscriber of this.#subscribers) {
      if (subscriber.channel !== channel) continue
      try {
        subscriber.handler(payload)
      } catch (error) {
        this.#log.error({ err: error, channel }, 'the handler of a notification failed')
      }
    }
  }

  /** A connection that a firewall silently dropped looks alive; only an answer shows that it is. */
  async #beat(client: pg.Client): Promise<void> {
    const answered = client.query('select 1').then(() => true, () => false)
    const inTime = await Promise.race([answered, sleep(Math.max(2 * this.#heartbeatMs, 1_000), false, { ref: false })])
    if (!inTime) this.#lose(client)
  }

  #lose(client: pg.Client): void {
    if (this.#client !== client) return
    this.#client = undefined
    clearInterval(this.#heartbeat)
    void client.end().catch(() => undefined)
    if (this.#closed) return
    this.#log.warn({}, 'the connection that listens for notifications is lost')
    for (const { signals } of this.#subscribers) signals.onLost?.()
    void this.#reconnect()
  }

  async #reconnect(): Promise<void> {
    for (let waitMs = 50; !this.#closed; waitMs = Math.min(waitMs * 2, 2_000)) {
      try {
        await this.#ensureConnected()
        break
      } catch {
        await sleep(waitMs, undefined, { ref: false })
      }
    }
    if (this.#closed) return
    this.#log.info({}, 'listening for notifications again')
    for (const { signals } of this.#subscribers) signals.onRestored?.()
  }
}
