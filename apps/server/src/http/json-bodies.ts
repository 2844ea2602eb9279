import { AppError } from '@datong/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { parse } from 'secure-json-parse'
import { checkBody } from '../platform/body-digest.ts'

/**
 * Takes JSON bodies: as what they say, or as the text that was sent, for who may have answered the same text before.
 * Bodies other than the signed one are refused.
 * @param limit bytes
 */
export function takeJson(scope: FastifyInstance, limit: number, form: 'parsed' | 'text'): void {
  scope.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) => {
    const text = await textOf(payload, Number(request.headers['content-length']), limit)
    checkBody(request, text)
    return form === 'text' ? text : parseJson(text)
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
 * The whole body as text. Most come in one piece with their head: these are there at the end of this turn, and are read
 * without waiting for the stream's events.
 * @param length bytes that were announced; NaN when none were
 * @throws AppError `request/too-large`, `request/malformed` when the client leaves
 */
async function textOf(payload: Readable, length: number, limit: number): Promise<string> {
  if (length > limit) throw new AppError('request/too-large')
  await undefined
  if (payload.readableLength !== length) return laterText(payload, limit)
  const bytes: Buffer | null = payload.read()
  payload.resume()
  return bytes === null ? '' : bytes.toString()
}

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
