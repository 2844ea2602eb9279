import Fastify, { type FastifyInstance } from 'fastify'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeJson } from './json-bodies.ts'
import { asAppError } from './problem.ts'
import { RequestMessage } from './request-message.ts'

let app: FastifyInstance

beforeAll(async () => {
  app = Fastify({ http: { IncomingMessage: RequestMessage } })
  app.removeAllContentTypeParsers()
  app.setErrorHandler((error, _, reply) => reply.code(400).send(asAppError(error).code))
  takeJson(app, 1_000, 'parsed')
  app.post('/', async ({ body }) => ({ body }))
  await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

/** Sends pieces on one connection, each after a moment, and gives the bodies of so many answers. */
async function answersTo(pieces: readonly (string | Buffer)[], count: number): Promise<string[]> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1') // it listens on a port
  const received: Buffer[] = []
  socket.on('data', (chunk) => received.push(chunk))
  // Who was refused and writes on finds the line closed.
  socket.on('error', () => undefined)
  try {
    await once(socket, 'connect')
    for (const piece of pieces) {
      socket.write(piece)
      await sleep(1)
    }
    const bodies = (): string[] => Buffer.concat(received).toString().split('HTTP/1.1 ').slice(1).map((answer) => answer.slice(answer.indexOf('\r\n\r\n') + 4))
    await expect.poll(() => bodies().filter((body) => body !== '').length, { timeout: 5_000 }).toBe(count)
    return bodies()
  } finally {
    socket.destroy()
  }
}

const HEAD = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
const CHUNKED = `${HEAD}transfer-encoding: chunked\r\n\r\n`

describe('a body', () => {
  const json = Buffer.from('{"停车场":1}')
  const head = Buffer.from(`${HEAD}content-length: ${json.length}\r\n\r\n`)
  const bytes = [...json].map((byte) => Buffer.of(byte))
  const chunks = [Buffer.from(CHUNKED), ...bytes.map((byte) => Buffer.from([...Buffer.from('1\r\n'), ...byte, ...Buffer.from('\r\n')])), Buffer.from('0\r\n\r\n')]

  it.each([
    ['with its head', [Buffer.concat([head, json])]], ['after its head', [head, json]], ['half with its head', [Buffer.concat([head, json.subarray(0, 5)]), json.subarray(5)]],
    ['byte by byte', [head, ...bytes]], ['unannounced', chunks], ['unannounced, in one piece', [Buffer.concat(chunks)]],
  ])('is whole when it comes %s, and leaves the connection to the next request', async (_, pieces) => {
    expect(await answersTo([...pieces, ...pieces], 2)).toEqual(['{"body":{"停车场":1}}', '{"body":{"停车场":1}}'])
  })

  it('is whole in each of many requests that come in one piece', async () => {
    const many = Array.from({ length: 20 }, (_, index) => `${HEAD}content-length: ${String(index).length}\r\n\r\n${index}`)
    expect(await answersTo([many.join('')], 20)).toEqual(many.map((_, index) => `{"body":${index}}`))
  })

  it('may be empty', async () => {
    expect(await answersTo([`${HEAD}content-length: 0\r\n\r\n`], 1)).toEqual(['{}'])
  })

  it.each([
    ['announced', [`${HEAD}content-length: 2000\r\n\r\n`, '{']],
    ['not announced', [CHUNKED, ...Array.from({ length: 8 }, () => `ff\r\n${'1'.repeat(255)}\r\n`)]],
  ])('of more than the limit, %s, is refused on its connection', async (_, pieces) => {
    expect(await answersTo(pieces, 1)).toEqual(['request/too-large'])
  })

  it('whose client leaves in the middle harms nobody else', async () => {
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1') // as above
    await once(socket, 'connect')
    socket.write(`${HEAD}content-length: 100\r\n\r\n{`)
    await sleep(20)
    socket.destroy()
    expect(await answersTo([`${HEAD}content-length: 1\r\n\r\n7`], 1)).toEqual(['{"body":7}'])
  })
})
