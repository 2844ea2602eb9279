import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '@datong/kernel'
import type { Watermark } from '../connector.ts'

/** What marks of whole files are called: what was known of the file when it was read. */
const SEEN = 'content'
/** A file that is younger than that, by its own server's clock, may change again with the same time. @see RFC 9110, 8.8.2.2 */
const SETTLED_MS = 60_000

/** By what a file is known again. */
export interface Sighting {
  /** Of the content, lower-case hexadecimal. */
  readonly sha256: string
  /** What its catalogue says of it, where that changes whenever the content does; null where there is no such word. */
  readonly told: string | null
  readonly etag: string | null
  /** Last-Modified and length, where the server's clock makes the time believable. */
  readonly modified: string | null
}

/** How a file is asked for whose last reading is known. */
export interface Known {
  readonly headers: Readonly<Record<string, string>>
  /** Whether an answer with these headers is what was read. */
  isSame(headers: IncomingHttpHeaders): boolean
}

/** @throws AppError `collection/source-settings` for the mark of something else */
export function sightingOf(after: Watermark | undefined): Sighting | undefined {
  if (after === undefined || after.column !== SEEN) return undefined
  try {
    return JSON.parse(after.value) as Sighting // written by `markOf`
  } catch (cause) {
    throw new AppError('collection/source-settings', {}, [{ pointer: '/after', code: 'pattern', message: 'is no mark of a file' }], { cause })
  }
}

export const markOf = (sighting: Sighting): Watermark => ({ column: SEEN, value: JSON.stringify(sighting) })

/** What an answer says of its content. Times are compared for being the same, never for being later: clocks go back. */
export function toldBy({ etag, 'last-modified': modified, date, 'content-length': length }: IncomingHttpHeaders): Pick<Sighting, 'etag' | 'modified'> {
  const isSettled = modified !== undefined && date !== undefined && Date.parse(date) - Date.parse(modified) >= SETTLED_MS
  return { etag: etag ?? null, modified: isSettled ? `${modified} ${length ?? ''}` : null }
}

export function knownBy(sighting: Sighting | undefined): Known | undefined {
  if (sighting === undefined || (sighting.etag === null && sighting.modified === null)) return undefined
  return {
    // Not If-Modified-Since: a server would call a file unchanged that took the place of a newer one.
    headers: sighting.etag === null ? {} : { 'if-none-match': sighting.etag },
    isSame(headers) {
      const { etag, modified } = toldBy(headers)
      return etag === null || sighting.etag === null ? modified !== null && modified === sighting.modified : etag === sighting.etag
    },
  }
}
