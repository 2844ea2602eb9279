import { AppError } from '@datong/kernel'
import { type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type Readable, Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { pipeline } from 'node:stream/promises'
import { type Outbound, type OutboundSettings, resolveReceiver } from './outbound.ts'

const MOST_REDIRECTS = 5

/** How long another server may take and how much it may send. */
export interface OutsideLimits {
  /** Without a byte for this long it is let go. */
  readonly idleMs: number
  /** From the question to the last byte. */
  readonly wholeMs: number
  /** Unpacked. */
  readonly mostBytes: number
}

export interface OutsideQuestion {
  readonly url: string
  /** A question with a body is a POST, and goes to this address only. */
  readonly body?: string
  readonly headers: Readonly<Record<string, string>>
  /** Headers that only the server asked first may see, not one that it leads to. */
  readonly secretHeaders?: Readonly<Record<string, string>>
  readonly userAgent: string
  readonly use: Outbound
  readonly limits: OutsideLimits
  readonly settings: OutboundSettings
  readonly signal: AbortSignal
}

export interface OutsideAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Where it came from in the end. */
  readonly url: string
  /** Lets the unpacked body flow into a sink, within the limits. */
  into(...sink: readonly [...Transform[], NodeJS.WritableStream]): Promise<void>
}

/** Why another server did not answer as one could use it; the caller says so in words of its own. */
export class OutsideFailure extends Error {
  readonly kind: 'unreachable' | 'too-many-redirects' | 'too-large' | 'too-slow'
  readonly host: string
  readonly reason: string
  constructor(kind: OutsideFailure['kind'], host: string, reason: string) {
    super(`${kind}: ${reason}`)
    this.name = 'OutsideFailure'
    this.kind = kind
    this.host = host
    this.reason = reason
  }
}

/**
 * Asks another server. Each address on the way, redirects too, is resolved once, checked and then connected to, so that no name
 * leads inside later.
 * @param take what to do with the answer, whatever its status; the connection ends when it is done
 * @throws OutsideFailure, AppError `delivery/address-refused`, and whatever `take` throws as AppError
 */
export async function askOutside<T>(question: OutsideQuestion, take: (answer: OutsideAnswer) => Promise<T>): Promise<T> {
  const { limits, signal, settings, use } = question
  const whole = AbortSignal.any([signal, AbortSignal.timeout(limits.wholeMs)])
  const first = new URL(question.url)
  const patience = { isOver: false }
  let url = first
  let answer: IncomingMessage | undefined
  try {
    for (let hop = 0; ; hop++) {
      const headers = { ...question.headers, ...(url.origin === first.origin ? question.secretHeaders : {}), 'user-agent': question.userAgent }
      const message = answer = await send(url, headers, question.body, { idleMs: limits.idleMs, patience, signal: whole, settings, use })
      const status = message.statusCode ?? 0
      const location = message.headers.location
      if (status >= 300 && status < 400 && status !== 304 && location !== undefined) {
        message.destroy()
        if (question.body !== undefined) throw new AppError('delivery/address-refused', { host: url.hostname, reason: 'redirect' })
        if (hop === MOST_REDIRECTS) throw new OutsideFailure('too-many-redirects', url.hostname, 'too-many-redirects')
        url = nextUrl(url, location)
        continue
      }
      const host = url.hostname
      return await take({
        status, headers: message.headers, url: url.href,
        into: (...sink) => pipeline([message, ...unpackerOf(message), counted(limits.mostBytes, host), ...sink], { signal: whole }),
      })
    }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof AppError || error instanceof OutsideFailure || isOfOurDisk(error)) throw error
    if (whole.aborted || patience.isOver) throw new OutsideFailure('too-slow', url.hostname, 'too-slow')
    throw new OutsideFailure('unreachable', url.hostname, reasonOf(error))
  } finally {
    answer?.destroy()
  }
}

function nextUrl(from: URL, location: string): URL {
  const url = URL.parse(location, from)
  if (url === null || !/^https?:$/.test(url.protocol)) throw new AppError('delivery/address-refused', { host: from.hostname, reason: 'redirect' })
  if (from.protocol === 'https:' && url.protocol === 'http:') throw new AppError('delivery/address-refused', { host: url.hostname, reason: 'protocol' })
  return url
}

interface Sending {
  readonly idleMs: number
  readonly patience: { isOver: boolean }
  readonly signal: AbortSignal
  readonly settings: OutboundSettings
  readonly use: Outbound
}

async function send(
  url: URL, headers: Readonly<Record<string, string>>, body: string | undefined, { idleMs, patience, signal, settings, use }: Sending,
): Promise<IncomingMessage> {
  if (url.username !== '' || url.password !== '') throw new AppError('delivery/address-refused', { host: url.hostname, reason: 'credentials' })
  const { address, family } = await resolveReceiver(url.hostname, use, settings)
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const request = start(url, {
      agent: false, signal, method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, 'accept-encoding': 'gzip, deflate, br', connection: 'close' },
      lookup: (_, options, found) => (options.all === true ? found(null, [{ address, family }]) : found(null, address, family)),
    }, resolve)
    request.setTimeout(idleMs, () => {
      patience.isOver = true
      request.destroy()
    })
    request.on('error', reject)
    request.end(body)
  })
}

function unpackerOf(answer: IncomingMessage): (Readable & NodeJS.WritableStream)[] {
  const coding = answer.headers['content-encoding']?.toLowerCase()
  if (coding === 'gzip' || coding === 'x-gzip') return [createGunzip()]
  if (coding === 'deflate') return [createInflate()]
  return coding === 'br' ? [createBrotliDecompress()] : []
}

/** Lets so many bytes through and no more: what is packed may be far larger than it looks. */
function counted(mostBytes: number, host: string): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      if (bytes > mostBytes) done(new OutsideFailure('too-large', host, String(Math.floor(mostBytes / 2 ** 20))))
      else done(null, chunk)
    },
  })
}

/** What ends while writing here is not the other's fault. */
const isOfOurDisk = (error: unknown): boolean => error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG', 'ENOENT', 'EACCES'].includes(String(error.code))

/** Codes such as ECONNREFUSED say enough; messages may carry addresses. */
const reasonOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'broken-off')
