import { AppError } from '@datong/kernel'
import { createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto'

type CursorValue = string | number | boolean | null

/**
 * Cursors of keyset paging: the last row's sort values, signed together with a fingerprint of the query, so that a cursor
 * continues only the query that it came from.
 */
export interface CursorCodec {
  /** @param query everything that decides order and selection; not the page size */
  encode(query: unknown, values: readonly CursorValue[]): string
  /** @throws AppError `request/invalid-cursor` for a cursor that is broken, forged or from another query */
  decode(query: unknown, cursor: string): readonly CursorValue[]
}

const MAC_BYTES = 12

export function createCursorCodec(secret: Uint8Array): CursorCodec {
  // Made once: from bytes it would be made anew with each cursor, which costs more than all the rest.
  const key = createSecretKey(secret)
  const mac = (query: unknown, payload: Buffer): Buffer => {
    const fingerprint = hash('sha256', JSON.stringify(query), 'buffer')
    return createHmac('sha256', key).update(fingerprint).update(payload).digest().subarray(0, MAC_BYTES)
  }
  return {
    encode: (query, values) => {
      const payload = Buffer.from(JSON.stringify(values))
      return Buffer.concat([mac(query, payload), payload]).toString('base64url')
    },
    decode: (query, cursor) => {
      const bytes = Buffer.from(cursor, 'base64url')
      const payload = bytes.subarray(MAC_BYTES)
      const genuine = bytes.length > MAC_BYTES && timingSafeEqual(bytes.subarray(0, MAC_BYTES), mac(query, payload))
      if (!genuine) throw new AppError('request/invalid-cursor')
      return JSON.parse(payload.toString()) as CursorValue[] // we signed it, so it is what encode wrote
    },
  }
}
