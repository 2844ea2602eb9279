import type { FastifyReply, FastifyRequest } from 'fastify'
import { promisify } from 'node:util'
import { constants, gzip, gzipSync } from 'node:zlib'

/** Shorter bodies gain nothing: they fit the same packets either way. */
const COMPRESS_FROM = 1_024
/** Longer bodies are compressed beside the event loop; the way there and back costs more than short ones do. */
const SYNC_UP_TO = 16_384
const LEVEL = { level: constants.Z_BEST_SPEED }

const gzipAside = promisify(gzip)

/** Whether the client takes gzip. @see RFC 9110 section 12.5.3 */
function takesGzip(accepted: string | undefined): boolean {
  if (accepted === undefined) return false
  return accepted.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
    return (name === 'gzip' || name === '*') && !parameters.some((one) => /^q=0(\.0*)?$/.test(one))
  })
}

/** Sends the answer of a lean route: as it is, or compressed when it is long and the client takes that. */
export function sendData(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply | Promise<FastifyReply> {
  // A text goes out in one piece with the head; bytes would go beside it.
  if (!takesGzip(request.headers['accept-encoding'])) return reply.send(text)
  const body = Buffer.from(text)
  if (body.length < COMPRESS_FROM) return reply.send(text)
  reply.header('content-encoding', 'gzip')
  return body.length <= SYNC_UP_TO ? reply.send(gzipSync(body, LEVEL)) : gzipAside(body, LEVEL).then((packed) => reply.send(packed))
}
