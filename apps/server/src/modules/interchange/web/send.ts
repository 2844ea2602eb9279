import type { FastifyReply, FastifyRequest } from 'fastify'
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'

interface Sent {
  readonly contentType: string
  readonly body: string
  /** When what is described last changed; absent where something may have gone, which has no date. */
  readonly modified?: Date | undefined
}

/**
 * Answers a public document with its validators, or 304 when the reader has it already.
 * @see RFC 9110, sections 8.8 and 13
 */
export function sendDocument(request: FastifyRequest, reply: FastifyReply, { contentType, body, modified }: Sent): FastifyReply {
  // Weak: the same document, compressed or not.
  const etag = tagOf(body)
  aboutPublic(reply).header('etag', etag)
  if (modified !== undefined) reply.header('last-modified', modified.toUTCString())
  return isKnown(request, etag, modified) ? reply.code(304).send() : reply.type(contentType).send(body)
}

const tagOf = (words: string): string => `W/"${createHash('sha256').update(words).digest('base64url').slice(0, 22)}"`
const aboutPublic = (reply: FastifyReply): FastifyReply => reply.header('cache-control', 'public, no-cache').header('access-control-allow-origin', '*')

/**
 * Answers a document that is written as it is read, or 304 when the reader has this edition of it.
 * @param edition everything that its text depends on; null when that is not known
 */
export function sendStream(request: FastifyRequest, reply: FastifyReply, contentType: string, edition: string | null, write: () => AsyncIterable<string>): FastifyReply {
  aboutPublic(reply)
  if (edition !== null) {
    const etag = tagOf(edition)
    reply.header('etag', etag)
    if (isKnown(request, etag, undefined)) return reply.code(304).send()
  }
  return reply.type(contentType).send(Readable.from(write()))
}

function isKnown({ headers }: FastifyRequest, etag: string, modified: Date | undefined): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined) return tags.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag.slice(2))
  const since = Date.parse(headers['if-modified-since'] ?? '')
  // HTTP dates have whole seconds.
  return modified !== undefined && Math.floor(modified.getTime() / 1_000) * 1_000 <= since
}
