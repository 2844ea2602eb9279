import { createHmac } from 'node:crypto'

const PREFIX = 'whsec_'
export const SECRET_BYTES = 32

/** A secret in the form that receivers' libraries take. */
export const secretText = (secret: Uint8Array): string => PREFIX + Buffer.from(secret).toString('base64')

/**
 * Headers of a signed message.
 * @param secret as made by `secretText`
 * @param at when it is sent; the receiver refuses what is minutes old
 * @see https://github.com/standard-webhooks/standard-webhooks, Signature scheme, v1 (HMAC-SHA256)
 */
export function signedHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}
