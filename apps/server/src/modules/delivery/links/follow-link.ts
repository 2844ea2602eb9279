import { AppError } from '@datong/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { EVIDENCE_HEADER } from '../metering/record-access.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { beginTransfer, requireReady } from './begin-transfer.ts'
import { rangeOf, type ByteRange } from './byte-range.ts'
import type { LinkContext } from './context.ts'
import { fileOf } from './end-link.ts'
import { endTransfer } from './end-transfer.ts'
import { hashOfToken } from './make-link.ts'
import { recordDownload } from './record-link.ts'
import { headersOf, sendStretch } from '../files/send-stretch.ts'
import { speedJudge } from '../files/speed-limit.ts'
import type { LinkRow, TransferRow } from './tables.ts'

const CHECK_EVERY_MS = 1_000
const NOTE_EVERY_CHECKS = 5
/** Who has the last byte may ask for the next stretch before the end of the one before is written down. */
const WAIT_FOR_END_MS = 2_000
const ASK_AGAIN_MS = 50

/**
 * Answers with the file of a link, or the part asked for.
 * @throws AppError `request/not-found` for a token that is not known; see `requireReady` and `beginTransfer`
 * @see RFC 9110, 14 and 15.3.7
 */
export async function followLink(context: LinkContext, token: string, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const found = await context.links.findByToken(hashOfToken(token))
  if (found === undefined) throw new AppError('request/not-found')
  await requireReady(context, found)
  const { bytes, etag, headers } = describe(found)
  if (request.headers['if-none-match']?.trim() === etag) return reply.code(304).header('etag', etag).send()
  const range = rangeOf(request.headers.range, request.headers['if-range']?.toString(), etag, bytes)
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${bytes}`).header('accept-ranges', 'bytes').send()
  const stretch = range === 'whole' ? { first: 0, last: bytes - 1 } : range
  const status = range === 'whole' ? 200 : 206
  const part = { ...headers, 'content-length': stretch.last - stretch.first + 1, ...(status === 206 ? { 'content-range': `bytes ${stretch.first}-${stretch.last}/${bytes}` } : {}) }
  if (request.method === 'HEAD') {
    reply.hijack()
    reply.raw.writeHead(status, { ...headersOf(reply), ...part }).end()
    return reply
  }
  const { link, transfer, isFirst } = await beginAfterTheOneBefore(context, found.id, stretch)
  let sent = 0
  try {
    const receipt = isFirst ? { [EVIDENCE_HEADER]: await recordDownload(context, link, transfer.download) } : {}
    const gone = new AbortController()
    reply.hijack()
    reply.raw.once('close', () => gone.abort())
    if (reply.raw.destroyed) gone.abort()
    reply.raw.writeHead(status, { ...headersOf(reply), ...part, ...receipt })
    const unwatch = watchTransfer(context, transfer, () => sent, gone)
    try {
      await sendStretch(reply.raw, fileOf(context, link.id), stretch, (bytesSent) => (sent = bytesSent), gone.signal)
    } finally {
      unwatch()
    }
  } finally {
    await endTransfer(context, transfer, sent)
  }
  return reply
}

async function beginAfterTheOneBefore(context: LinkContext, linkId: string, stretch: ByteRange): ReturnType<typeof beginTransfer> {
  for (let waited = 0; ; waited += ASK_AGAIN_MS) {
    try {
      return await beginTransfer(context, linkId, stretch)
    } catch (error) {
      const isBusy = error instanceof AppError && error.code === 'delivery/link-busy'
      if (!isBusy || waited >= WAIT_FOR_END_MS) throw error
      await pause(ASK_AGAIN_MS)
    }
  }
}

function describe(link: LinkRow) {
  const etag = `"${link.sha256}"`
  return {
    bytes: link.bytes!, etag, // ready, so it has a size
    headers: {
      'content-type': link.content_type!, 'accept-ranges': 'bytes', etag, 'cache-control': 'no-store', // as above
      'content-disposition': `attachment; filename="data.${link.format}"; filename*=UTF-8''${encodeURIComponent(link.file_name!)}`, // as above
      'repr-digest': `sha-256=:${Buffer.from(link.sha256!, 'base64url').toString('base64')}:`, // as above
    },
  }
}

/** Breaks a transfer off when it is too slow or its link gives nothing any more; notes that it lives. */
function watchTransfer(context: LinkContext, transfer: TransferRow, sent: () => number, gone: AbortController): () => void {
  const isFastEnough = speedJudge(context.leastSpeed)
  let checks = 0
  const check = async (): Promise<void> => {
    if (!isFastEnough(sent())) return gone.abort()
    if (++checks % NOTE_EVERY_CHECKS === 0) await context.links.noteTransfer(null, transfer.id, { sent: sent(), seen_at: context.clock.now() })
    await mayGoOn()
  }
  const mayGoOn = async (): Promise<void> => {
    const link = await context.links.find(transfer.link_id)
    if (link === undefined) return gone.abort()
    await requireReady(context, link)
  }
  const onNotice = (): void => void mayGoOn().catch(() => gone.abort())
  context.running.add(onNotice)
  const timer = setInterval(() => void check().catch(() => gone.abort()), CHECK_EVERY_MS)
  return () => {
    clearInterval(timer)
    context.running.delete(onNotice)
  }
}
