import type { Load, Source, Version } from '@datong/contracts'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { TestServer } from '../../../testing/a-server.ts'

/** The way to a source, which can break in the middle of an answer. */
export interface Line {
  readonly port: number
  /** Breaks each connection after so many bytes of answers; never when null. */
  breakAfter(bytes: number | null): void
  /** How often it broke. */
  breaks(): number
  stop(): Promise<void>
}

export async function aLine(port: number): Promise<Line> {
  let most: number | null = null
  let broken = 0
  const sockets = new Set<Socket>()
  const listener: Server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    let bytes = 0
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    }
    near.on('close', () => far.destroy()).pipe(far)
    far.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (most !== null && bytes > most) {
        if (!near.destroyed) broken++
        near.destroy()
        far.destroy()
      } else near.write(chunk)
    })
    far.on('end', () => near.end())
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    port: (listener.address() as AddressInfo).port, // a TCP server's
    breakAfter: (bytes) => (most = bytes),
    breaks: () => broken,
    stop: async () => {
      sockets.forEach((socket) => socket.destroy())
      await new Promise((done) => listener.close(done))
    },
  }
}

type Session = Awaited<ReturnType<TestServer['as']>>

/** What an officer does with sources and their loads, over HTTP. */
export function aSourceDesk({ app }: Pick<TestServer, 'app'>, officer: Session) {
  let made = 0
  const desk = {
    async call<T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object, who = officer): Promise<{ status: number; body: T }> {
      const answer = await app.inject({ method, url: `/api/v1/collection/${url}`, headers: who.headers, ...(payload === undefined ? {} : { payload }) })
      return { status: answer.statusCode, body: answer.json<T>() }
    },
    async register(source: { kind: string; settings: object; secrets?: object; from: object } & Record<string, unknown>): Promise<Source> {
      const { status, body } = await desk.call<Source>('POST', 'sources', {
        name: `来源${++made}`, mode: 'full', markColumn: null, keyColumns: [], drift: 'hold', schedule: null, entryTitle: `条目${made}`, ...source,
      })
      expect([status, body]).toMatchObject([201, { state: 'active' }])
      return body
    },
    get: async (id: string): Promise<Source> => (await desk.call<Source>('GET', `sources/${id}`)).body,
    load: async (id: string): Promise<Load> => (await desk.call<Load>('GET', `loads/${id}`)).body,
    async until(id: string, ...states: Load['state'][]): Promise<Load> {
      for (;;) {
        const found = await desk.load(id)
        if (states.includes(found.state)) return found
        await sleep(40)
      }
    },
    async begin(id: string, action = 'run'): Promise<string> {
      const { status, body } = await desk.call<{ loadId: string }>('POST', `sources/${id}/actions/${action}`, {})
      expect([status, body]).toMatchObject([200, { loadId: expect.any(String) }])
      return body.loadId
    },
    run: async (id: string, action?: string): Promise<Load> => desk.until(await desk.begin(id, action), 'done', 'failed', 'held'),
    act: (loadId: string, action: string) => desk.call('POST', `loads/${loadId}/actions/${action}`, {}),
    versions: async (code: string): Promise<Version[]> => (await desk.call<{ items: Version[] }>('GET', `entries/${code}/versions`)).body.items,
  }
  return desk
}

export type SourceDesk = ReturnType<typeof aSourceDesk>
