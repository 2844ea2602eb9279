import type { FastifyReply } from 'fastify'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'

/** Two of them for each connection: one is read while the other is sent. */
const PIECE_BYTES = 262_144

/** From its first byte to its last, both sent. */
export interface Stretch {
  readonly first: number
  readonly last: number
}

/** Headers that were set for an answer, for one that is written without Fastify. */
export const headersOf = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))

/**
 * Writes a stretch of a file to a response as fast as the receiver takes it, and ends it. Memory is two pieces, whose places are used
 * again and again (see `followFile`).
 * @param onSent told how many bytes have gone to the system for sure; what still waits in this process is not counted
 * @returns true when everything was handed over, false when the connection or `signal` ended it before
 */
export async function sendStretch(response: ServerResponse, path: string, { first, last }: Stretch, onSent: (bytes: number) => void, signal: AbortSignal): Promise<boolean> {
  const broken = Promise.withResolvers<never>()
  broken.promise.catch(() => undefined)
  const give = (): void => broken.reject(new Error('the receiver is gone'))
  signal.addEventListener('abort', give)
  try {
    signal.throwIfAborted()
    await using file = await open(path)
    const length = Math.min(PIECE_BYTES, last - first + 1)
    let [place, other] = [Buffer.allocUnsafe(length), Buffer.allocUnsafe(length)]
    let handedOver: Promise<unknown> = Promise.resolve()
    for (let at = first; at <= last;) {
      const { bytesRead } = await file.read(place, 0, Math.min(length, last - at + 1), at)
      if (bytesRead === 0) throw new Error('the file ends before its stretch')
      at += bytesRead
      // The other place is free only when its bytes are with the system.
      await Promise.race([handedOver, broken.promise])
      handedOver = new Promise<void>((resolve, reject) => {
        response.write(place.subarray(0, bytesRead), (error) => {
          if (error) return reject(error)
          onSent(at - first)
          resolve()
        })
      })
      handedOver.catch(() => undefined)
      ;[place, other] = [other, place]
    }
    const finished = once(response, 'finish', { signal })
    response.end()
    await finished
    return true
  } catch {
    // The receiver went away, was too slow, or may not have it any more; it is told by the broken connection.
    response.destroy()
    return false
  } finally {
    signal.removeEventListener('abort', give)
  }
}
