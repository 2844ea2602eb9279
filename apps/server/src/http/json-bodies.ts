import { AppError } from '@datong/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { parse } from 'secure-json-parse'
import { checkBody } from '../platform/body-digest.ts'
import { asAppError } from './problem.ts'
import { RequestMessage } from './request-message.ts'

/**
 * Takes JSON bodies: as what they say, or as the bytes that were sent, for who may have answered the same before. Most
 * come in one piece with their head: these are there as soon as the head was told, and are taken without the stream's events
 * (`RequestMessage`).
 * Bodies other than the signed one are refused.
 * @param limit bytes
 */
export function takeJson(scope: FastifyInstance, limit: number, form: 'parsed' | 'bytes'): void {
  scope.addContentTypeParser('application/json', (request: FastifyRequest, payload: IncomingMessage, done) => {
    const take = (bytes: Buffer): void => {
      let body: unknown
      try {
        if (bytes.length > limit) throw new AppError('request/too-large')
        checkBody(request, bytes)
        body = form === 'bytes' ? bytes : parseJson(bytes)
      } catch (refusal) {
        return done(asAppError(refusal))
      }
      done(null, body)
    }
    const takeLater = (): void => void laterBytes(payload, limit).then(take, done)
    if (Number(request.headers['content-length']) > limit) return done(new AppError('request/too-large'))
    if (!(payload instanceof RequestMessage)) return takeLater()
    payload.whenBegun(() => {
      const whole = payload.takeBody()
      if (whole === null) takeLater()
      else take(whole)
    })
  })
}

/**
 * @returns what the bytes say in UTF-8; undefined when there are none, or only blanks
 * @throws AppError `request/malformed` for what is no JSON, and for names that would reach prototypes
 */
export function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString()
  if (text.trim() === '') return undefined
  try {
    return parse(text, { protoAction: 'error', constructorAction: 'error' })
  } catch (error) {
    throw new AppError('request/malformed', {}, [], { cause: error })
  }
}

/**
 * The bytes of a body that is still on its way, or whose length was not announced.
 * @throws AppError `request/too-large`, `request/malformed` when the client leaves
 */
async function laterBytes(payload: Readable, limit: number): Promise<Buffer> {
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
  return Buffer.concat(chunks)
}
