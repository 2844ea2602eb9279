import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendStretch } from './send-stretch.ts'

const MIB = 2 ** 20
/** More than the system keeps for a connection. */
const bytes = randomBytes(48 * MIB)
let folder: string
let path: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datong-stretch-'))
  path = join(folder, 'file')
  await writeFile(path, bytes)
})
afterAll(() => rm(folder, { recursive: true }))

/** A file that is being sent, and the receiver's side of it. */
async function aTransfer(first = 0, last = bytes.length - 1) {
  const gone = new AbortController()
  const transfer = { sent: 0, gone, result: Promise.withResolvers<boolean>() }
  const server = createServer((_, response) => {
    response.once('close', () => gone.abort())
    sendStretch(response, path, { first, last }, (count) => (transfer.sent = count), gone.signal).then(transfer.result.resolve, transfer.result.reject)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false }) // it listens on a port
  const [answer] = (await once(request, 'response')) as [IncomingMessage] // as Node's documentation has it
  server.close()
  return { ...transfer, answer, sent: () => transfer.sent }
}

const digest = (what: Buffer): string => createHash('sha256').update(what).digest('hex')

async function digestOf(answer: IncomingMessage, pauseMs = 0): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of answer) {
    hash.update(chunk as Buffer) // without an encoding chunks are buffers
    if (pauseMs > 0) await sleep(pauseMs)
  }
  return hash.digest('hex')
}

describe('a stretch of a file', () => {
  it.each([[0, bytes.length - 1], [MIB - 1, 3 * MIB + 7], [5, 5], [0, -1]])('from byte %d to byte %d arrives as it is', async (first, last) => {
    const { answer, result, sent } = await aTransfer(first, last)
    expect(await digestOf(answer)).toBe(digest(bytes.subarray(first, last + 1)))
    expect(await result.promise).toBe(true)
    expect(sent()).toBe(last - first + 1)
  })

  it('arrives as it is at a receiver who takes his time', async () => {
    const { answer } = await aTransfer(0, 8 * MIB - 1)
    expect(await digestOf(answer, 2)).toBe(digest(bytes.subarray(0, 8 * MIB)))
  })

  it('is not counted as sent while it only waits in this process', async () => {
    const { answer, sent } = await aTransfer()
    // As long as the system takes more.
    for (let before = -1; before < sent(); await sleep(200)) before = sent()
    expect(sent()).toBeLessThan(bytes.length / 2)
    answer.destroy()
  })

  it('ends when its receiver leaves', async () => {
    const { answer, result } = await aTransfer()
    answer.destroy()
    expect(await result.promise).toBe(false)
  })

  it('ends when it may not go on, and its receiver sees that it is broken', async () => {
    const { answer, gone, result } = await aTransfer()
    gone.abort()
    expect(await result.promise).toBe(false)
    await expect(digestOf(answer)).rejects.toThrow('aborted')
  })
})
