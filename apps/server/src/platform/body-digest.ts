import { AppError } from '@datong/kernel'
import type { FastifyRequest } from 'fastify'
import { hash, timingSafeEqual } from 'node:crypto'
import { parseDictionary } from 'structured-headers'

/** What the bodies of requests must hash to: a signature covers the digest before the body is read. */
const expected = new WeakMap<FastifyRequest, readonly Digest[]>()

interface Digest {
  readonly algorithm: 'sha256' | 'sha512'
  readonly value: Buffer
}

const ALGORITHMS = new Map([['sha-256', 'sha256'], ['sha-512', 'sha512']] as const)

/** @returns the digests of a `Content-Digest` field that are to be relied on; none when it cannot be read. @see RFC 9530 */
export function digestsIn(field: string): readonly Digest[] {
  const known: Digest[] = []
  try {
    for (const [name, [value]] of parseDictionary(field)) {
      const algorithm = ALGORITHMS.get(name as 'sha-256') // other names find nothing
      if (algorithm !== undefined && value instanceof ArrayBuffer) known.push({ algorithm, value: Buffer.from(value) })
    }
  } catch {
    return []
  }
  return known
}

/** From now on the body of this request is taken only when it has these digests. */
export function expectBody(request: FastifyRequest, digests: readonly Digest[]): void {
  expected.set(request, digests)
}

export const bodyHas = (digests: readonly Digest[], body: Uint8Array | string): boolean =>
  digests.every(({ algorithm, value }) => {
    const found = hash(algorithm, body, 'buffer')
    return found.length === value.length && timingSafeEqual(found, value)
  })

/** @throws AppError `access/signature-invalid` when a body is not the one that was signed */
export function checkBody(request: FastifyRequest, body: Uint8Array): void {
  const digests = expected.get(request)
  if (digests !== undefined && !bodyHas(digests, body)) throw new AppError('access/signature-invalid', { reason: 'digest' })
}
