import { AppError } from '@datong/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { parse } from 'secure-json-parse'
import { checkBody } from '../platform/body-digest.ts'
import { asAppError } from './problem.ts'
import { RequestMessage } from './request-message.ts'

/** What waits for it goes on at the end of this turn. */
const NOW = Promise.resolve()

/**
 * Takes JSON bodies: as what they say, or as the text that was sent, for who may have answered the same text before. Most
 * come in one piece with their head: these are there as soon as the head was told, and are taken without the stream's events
 * (`RequestMessage`).
 * Bodies other than the signed one are refused.
 * @param limit bytes
 */
export function takeJson(scope: FastifyInstance, limit: number, form: 'parsed' | 'text'): void {
  scope.addContentTypeParser('application/json', (request: FastifyRequest, payload: IncomingMessage, done) => {
    const take = (text: string): void => {
      let body: unknown
      try {
        checkBody(request, text)
        body = form === 'text' ? text : parseJson(text)
      } catch (refusal) {
        return done(asAppError(refusal))
      }
      done(null, body)
    }
    const takeWhole = (bytes: Buffer): void => (bytes.length > limit ? done(new AppError('request/too-large')) : take(bytes.toString()))
    if (Number(request.headers['content-length']) > limit) return done(new AppError('request/too-large'))
    void NOW.then(() => {
      const whole = payload instanceof RequestMessage ? payload.takeBody() : null
      if (whole === null) void laterText(payload, limit).then(take, done)
      else takeWhole(whole)
    })
  })
}

/**
 * An empty text is undefined.
 * @throws AppError `request/malformed` for what is no JSON, and for names that would reach prototypes
 */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return parse(text, { protoAction: 'error', constructorAction: 'error' })
  } catch (error) {
    throw new AppError('request/malformed', {}, [], { cause: error })
  }
}

/**
 * The text of a body that is still on its way, or whose length was not announced.
 * @throws AppError `request/too-large`, `request/malformed` when the client leaves
 */
async function laterText(payload: Readable, limit: number): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    // Left early, the stream stays: its connection carries the refusal.
    for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
      chunks.push(chunk)
      length += chunk.length
      if (length > limit) break
    }
  } catch (error) {
    throw new AppError('request/malformed', {}, [], { cause: error })
  }
  if (length > limit) throw new AppError('request/too-large')
  return Buffer.concat(chunks).toString()
}
