import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { RequestMessage } from './request-message.ts'

type Handler = (request: RequestMessage, response: ServerResponse) => Promise<unknown>

/** Sends pieces on one connection to a server with this handler, and gives what it answers until it has answered `count` times. */
async function answersOf(handle: Handler, pieces: readonly (string | Buffer)[], count: number): Promise<string[]> {
  const server = createServer({ IncomingMessage: RequestMessage }, (request, response) => {
    handle(request, response).then((text) => response.end(String(text)), (error: unknown) => response.end(String(error)))
  })
  const socket = connect(((await once(server.listen(0, '127.0.0.1'), 'listening'), server.address()) as AddressInfo).port, '127.0.0.1') // it listens on a port
  try {
    const received: Buffer[] = []
    socket.on('data', (chunk) => received.push(chunk))
    await once(socket, 'connect')
    for (const piece of pieces) {
      socket.write(piece)
      await sleep(1)
    }
    const answers = (): string[] => Buffer.concat(received).toString().split('HTTP/1.1 200').slice(1)
    await expect.poll(() => answers().length, { timeout: 5_000 }).toBe(count)
    return answers().map((answer) => answer.slice(answer.indexOf('\r\n\r\n') + 4))
  } finally {
    socket.destroy()
    server.close()
  }
}

const post = (body: Buffer | string): Buffer => Buffer.concat([Buffer.from(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`), Buffer.from(body)])
const halves = (bytes: Buffer): Buffer[] => [bytes.subarray(0, -2), bytes.subarray(-2)]
const taken = (request: RequestMessage): Promise<string> => new Promise((resolve) => request.whenBegun(() => resolve(String(request.takeBody()))))

describe('the body of a request', () => {
  it('is there at once when it came with its head, for each request of a connection', async () => {
    expect(await answersOf(taken, [post('一'), post(''), Buffer.concat([post('二'), post('三')])], 4)).toEqual(['一', '', '二', '三'])
  })

  it('is taken once, and is not in the stream any more', async () => {
    const handle: Handler = async (request) => [await taken(request), request.takeBody(), (await buffer(request)).toString()]
    expect(await answersOf(handle, [post('一'), post('二')], 2)).toEqual(['一,,', '二,,'])
  })

  it('tells that it has begun, who asks before as well as who asks late', async () => {
    const late: Handler = async (request) => {
      await sleep(5)
      return taken(request)
    }
    expect(await answersOf(late, [post('一'), post('')], 2)).toEqual(['一', ''])
    // The head alone begins nothing.
    let begun = 0
    const counting: Handler = async (request) => {
      request.whenBegun(() => begun++)
      await sleep(5)
      return `${begun} ${(await buffer(request)).toString()}`
    }
    const [head, body] = [post('一').subarray(0, -3), post('一').subarray(-3)]
    expect(await answersOf(counting, [head, '', '', '', '', '', '', '', '', '', '', '', body], 1)).toEqual(['0 一'])
    expect(begun).toBe(0)
  })

  it('is a stream when it has not come whole', async () => {
    const handle: Handler = async (request) => [await taken(request), (await buffer(request)).toString()]
    expect(await answersOf(handle, [...halves(post('一二')), post('三')], 2)).toEqual(['null,一二', '三,'])
  })

  it.each<[string, (request: RequestMessage) => Promise<Buffer>]>([
    ['awaited', buffer],
    ['piped', async (request) => {
      const to = new PassThrough()
      const [, bytes] = await Promise.all([pipeline(request, to), buffer(to)])
      return bytes
    }],
    ['listened to', (request) => new Promise((resolve) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)))
    })],
  ])('is whole when it is %s late, and the sender waits for that', async (_, read) => {
    const bytes = Buffer.alloc(8 * 2 ** 20, '交易')
    const handle: Handler = async (request) => {
      const before = request.socket.bytesRead
      await sleep(50)
      // Some tens of kilobytes wait, and not eight million bytes.
      expect(request.socket.bytesRead - before).toBeLessThan(2 ** 20)
      return (await read(request)).equals(bytes)
    }
    expect(await answersOf(handle, [post(bytes), post(bytes)], 2)).toEqual(['true', 'true'])
  })

  it('need not be read', async () => {
    expect(await answersOf(async () => 'ok', [post('一'), ...halves(post('二')), post('')], 3)).toEqual(['ok', 'ok', 'ok'])
  })

  it('that breaks off ends in an error for who reads it', async () => {
    const ended = Promise.withResolvers<unknown>()
    await answersOf(async (request, response) => {
      response.write(' ')
      return buffer(request).catch(ended.resolve)
    }, [post('一二').subarray(0, -1)], 1)
    expect(await ended.promise).toMatchObject({ code: 'ECONNRESET' })
  })
})
