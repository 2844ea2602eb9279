import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type Answer, load, requestBytes } from './client.ts'

/** Loads a server with two connections for a fifth of a second. */
async function loaded(listener: RequestListener, look: (answer: Answer) => void = () => undefined): Promise<number[]> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on TCP
    const bytes = requestBytes(url, { method: 'POST', path: '/a?b=1', headers: { 'x-own': 'yes' }, body: '{"名":"值"}' })
    const statuses: number[] = []
    await load({ url, connections: [[{ bytes, look }], [{ bytes }]], seconds: 0.2, onAnswer: (status) => void statuses.push(status) })
    return statuses
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

describe('the client of the benchmarks', () => {
  it('sends what it was given and tells the whole answer, in however many pieces it comes', async () => {
    const long = '值'.repeat(100_000)
    const answers: Answer[] = []
    const statuses = await loaded(async (request, response) => {
      const told = `${request.method} ${request.url} ${String(request.headers['x-own'])} ${(await request.toArray()).join('')} ${long}`
      response.writeHead(201, { 'X-Told': 'Yes', 'content-length': Buffer.byteLength(told) }).end(told)
    }, (answer) => void answers.push(answer))
    expect(new Set(statuses)).toEqual(new Set([201]))
    expect(answers[0]).toMatchObject({ status: 201, headers: { 'x-told': 'Yes' }, body: `POST /a?b=1 yes {"名":"值"} ${long}` })
  })

  it('ends with what a look at an answer throws', async () => {
    await expect(loaded((_, response) => response.end('x'), () => { throw new Error('not the row') })).rejects.toThrow('not the row')
  })

  it('ends when a connection is closed, and when an answer does not tell its length', async () => {
    await expect(loaded((request) => request.socket.destroy())).rejects.toThrow()
    await expect(loaded((_, response) => void response.write('a'))).rejects.toThrow('does not tell its length')
  })
})
