import { decide, type Decision } from '../decision.ts'
import type { EncodingId } from '../encoding/encodings.ts'
import type { ImportOptions } from '../import-options.ts'
import { detectEncoding } from './detect-encoding.ts'
import type { ImportSource } from './detection.ts'

/** Encoding of head and tail together; the tail may begin in the middle of a character, so it starts at a line. */
export function encodingOf(source: ImportSource, given: Partial<ImportOptions>): Decision<EncodingId> {
  if (given.encoding) return decide(given.encoding, 1, { code: 'import/given' })
  const head = detectEncoding(source.head)
  const onlyAscii = head.reasons[0]?.code === 'encoding/ascii-only'
  if (!onlyAscii || !source.tail) return head
  const lineStart = source.tail.indexOf(10) + 1
  return detectEncoding(source.tail.subarray(lineStart))
}
