import { AppError } from '@datong/kernel'
import { createWriteStream } from 'node:fs'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { type OutboundSettings, resolveReceiver } from '../../../platform/outbound.ts'

const MOST_REDIRECTS = 5

/** How long a source may take and how much it may send. */
export interface FetchLimits {
  /** Without a byte for this long it is let go. */
  readonly idleMs: number
  /** From the question to the last byte. */
  readonly wholeMs: number
  /** Unpacked. */
  readonly mostBytes: number
}

export interface Fetched {
  /** False: the document is the one whose tag was sent along. */
  readonly isNew: boolean
  readonly etag: string | null
  /** Without parameters, lower case. */
  readonly mediaType: string
  /** Where it was found in the end. */
  readonly url: string
}

/**
 * Fetches a document of another catalogue into a file. Each address on the way, redirects too, is resolved once, checked and
 * then connected to, so that no name leads inside later.
 * @throws AppError `harvest/unreachable`, `harvest/refused-by-source`, `harvest/too-large`, `harvest/too-slow`, `delivery/address-refused`
 */
export async function fetchOutside(
  address: string, file: string,
  { accept, etag = null, limits, settings, signal }: {
    accept: string; etag?: string | null; limits: FetchLimits; settings: OutboundSettings; signal: AbortSignal
  },
): Promise<Fetched> {
  const whole = AbortSignal.any([signal, AbortSignal.timeout(limits.wholeMs)])
  let url = new URL(address)
  const patience = { isOver: false }
  try {
    for (let hop = 0; ; hop++) {
      const answer = await ask(url, { accept, ...(etag === null ? {} : { 'if-none-match': etag }) }, limits.idleMs, patience, whole, settings)
      const status = answer.statusCode ?? 0
      const location = answer.headers.location
      if (status >= 300 && status < 400 && status !== 304 && location !== undefined) {
        answer.destroy()
        if (hop === MOST_REDIRECTS) throw new AppError('harvest/refused-by-source', { host: url.hostname, reason: 'too-many-redirects' })
        url = nextUrl(url, location)
        continue
      }
      const about = { etag: answer.headers.etag ?? null, mediaType: (answer.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase(), url: url.href }
      if (status === 304) {
        answer.destroy()
        return { ...about, isNew: false, etag }
      }
      if (status !== 200) {
        answer.destroy()
        throw new AppError('harvest/refused-by-source', { host: url.hostname, reason: `status-${status}` })
      }
      await pipeline([answer, ...unpackerOf(answer), counted(limits.mostBytes, url.hostname), createWriteStream(file)], { signal: whole })
      return { ...about, isNew: true }
    }
  } catch (error) {
    if (error instanceof AppError || signal.aborted) throw error
    if (whole.aborted || patience.isOver) throw new AppError('harvest/too-slow', { host: url.hostname })
    throw new AppError('harvest/unreachable', { host: url.hostname, reason: reasonOf(error) })
  }
}

function nextUrl(from: URL, location: string): URL {
  const url = URL.parse(location, from)
  if (url === null || !/^https?:$/.test(url.protocol)) throw new AppError('delivery/address-refused', { host: from.hostname, reason: 'redirect' })
  if (from.protocol === 'https:' && url.protocol === 'http:') throw new AppError('delivery/address-refused', { host: url.hostname, reason: 'protocol' })
  return url
}

async function ask(
  url: URL, headers: Readonly<Record<string, string>>, idleMs: number, patience: { isOver: boolean }, signal: AbortSignal, settings: OutboundSettings,
): Promise<IncomingMessage> {
  if (url.username !== '' || url.password !== '') throw new AppError('delivery/address-refused', { host: url.hostname, reason: 'credentials' })
  const { address, family } = await resolveReceiver(url.hostname, 'harvest', settings)
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const request = send(url, {
      agent: false, signal,
      headers: { ...headers, 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'Datong harvester', connection: 'close' },
      lookup: (_, options, found) => (options.all === true ? found(null, [{ address, family }]) : found(null, address, family)),
    }, resolve)
    request.setTimeout(idleMs, () => {
      patience.isOver = true
      request.destroy()
    })
    request.on('error', reject)
    request.end()
  })
}

function unpackerOf(answer: IncomingMessage): Transform[] {
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
      if (bytes > mostBytes) done(new AppError('harvest/too-large', { host, mostMb: Math.floor(mostBytes / 2 ** 20) }))
      else done(null, chunk)
    },
  })
}

/** Codes such as ECONNREFUSED say enough; messages may carry addresses. */
const reasonOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'broken-off')
