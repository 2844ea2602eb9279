import { type Delivered, hashOf } from '../metering/record-access.ts'
import type { Who } from '../verification/miss-limits.ts'

/** What a call is answered, and with it what evidence tells. */
export interface Answer extends Delivered, Written {
  /** Who is asked about, where misses count. */
  readonly who: Who | null
  /** Whether what was looked up is there. */
  readonly found: boolean
  /** Whether it was a look-up by key: such are asked again. */
  readonly isLookUp: boolean
  readonly state: number | null
  readonly nextCursor: string | null
}

export interface Written {
  readonly text: string
  /** Of the text in UTF-8. */
  readonly bytes: number
  /** SHA-256 of those, base64url. */
  readonly answerHash: string
}

export const written = (text: string): Written => ({ text, bytes: Buffer.byteLength(text), answerHash: hashOf(text) })
