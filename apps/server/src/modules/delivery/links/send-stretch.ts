import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import type { ServerResponse } from 'node:http'

/**
 * Writes a stretch of a file to a response as fast as the receiver takes it, and ends it.
 * @param onSent told how many bytes have gone to the system for sure; what still waits in this process is not counted
 * @returns true when everything was handed over, false when the connection or `signal` ended it before
 */
export async function sendStretch(
  response: ServerResponse, path: string, { first, last }: { first: number; last: number }, onSent: (bytes: number) => void, signal: AbortSignal,
): Promise<boolean> {
  const file = createReadStream(path, { start: first, end: last, signal, highWaterMark: 256 * 1024 })
  let written = 0
  try {
    for await (const chunk of file as AsyncIterable<Buffer>) { // without an encoding chunks are buffers
      written += chunk.length
      if (response.write(chunk)) continue
      await once(response, 'drain', { signal })
      onSent(written)
    }
    const finished = once(response, 'finish', { signal })
    response.end()
    await finished
    onSent(written)
    return true
  } catch {
    // The receiver went away, was too slow, or may not have it any more; it is told by the broken connection.
    response.destroy()
    return false
  } finally {
    file.destroy()
  }
}
