import type { Clock } from './clock.ts'
import type { Random } from './random.ts'

/**
 * A UUID version 7: 48 bits of Unix milliseconds, then randomness, so that ids sort by time of making.
 * @see RFC 9562 section 5.7
 */
export function uuidv7(clock: Clock, random: Random): string {
  const bytes = random.bytes(16)
  const ms = clock.now().getTime()
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(ms / 2 ** (8 * (5 - i))) & 0xff
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
