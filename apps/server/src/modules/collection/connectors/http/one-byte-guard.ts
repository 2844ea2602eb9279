import { AppError } from '@datong/kernel'
import { Transform } from 'node:stream'

/** No table, text or archive says one byte so often in a row. */
const LONGEST_RUN = 16 * 2 ** 20

/** Refuses an answer that goes on and on with the same byte, as broken disks and memories do, long before the limit of its size. */
export function createOneByteGuard(host: string): Transform {
  let last: number | undefined
  let run = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const byte = chunk[chunk.length - 1]
      let at = chunk.length - 1
      while (at >= 0 && chunk[at] === byte) at--
      const same = chunk.length - 1 - at
      run = same === chunk.length && (byte === last || last === undefined) ? run + same : same
      last = byte
      if (run > LONGEST_RUN) done(new AppError('collection/source-unreadable', { host, reason: 'one-byte' }))
      else done(null, chunk)
    },
  })
}
