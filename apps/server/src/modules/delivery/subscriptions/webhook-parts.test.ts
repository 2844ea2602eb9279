import { describe, expect, it } from 'vitest'
import { MOST_TRIES, retryDelayMs } from './retry-delay.ts'
import { SECRET_BYTES, secretText, signedHeaders } from './standard-webhooks.ts'

/** Web Crypto instead of Node's own: another implementation of the same scheme. */
async function verify(secret: string, headers: Record<string, string>, body: string): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', Uint8Array.from(atob(secret.replace(/^whsec_/, '')), (c) => c.charCodeAt(0)), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const signature = Uint8Array.from(atob(headers['webhook-signature']!.split(',')[1]!), (c) => c.charCodeAt(0))
  return crypto.subtle.verify('HMAC', key, signature, new TextEncoder().encode(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`))
}

describe('a signature', () => {
  it('is the one of the published example', () => {
    const headers = signedHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(1614265330 * 1000), '{"test": 2432232314}')
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  it('holds for another implementation, and for no other text, id or time', async () => {
    const secret = secretText(new Uint8Array(SECRET_BYTES).fill(7))
    const headers = signedHeaders(secret, 'msg_1', new Date('2026-11-22T00:00:00Z'), '{"名":"张**"}')
    expect(await verify(secret, headers, '{"名":"张**"}')).toBe(true)
    expect(await verify(secret, headers, '{"名":"李**"}')).toBe(false)
    expect(await verify(secret, { ...headers, 'webhook-id': 'msg_2' }, '{"名":"张**"}')).toBe(false)
    expect(await verify(secret, { ...headers, 'webhook-timestamp': '1' }, '{"名":"张**"}')).toBe(false)
  })
})

describe('waits between tries', () => {
  it('grow from a minute to twelve hours', () => {
    const waits = Array.from({ length: MOST_TRIES - 1 }, (_, index) => retryDelayMs(index + 1, 0.5))
    expect(waits.map((ms) => Math.round(ms / 60_000))).toEqual([1, 2, 5, 12, 27, 61, 139, 316, 720])
    for (const fraction of [0, 0.999]) expect(retryDelayMs(3, fraction) / retryDelayMs(3, 0.5)).toBeCloseTo(fraction === 0 ? 0.8 : 1.2, 2)
  })
})
