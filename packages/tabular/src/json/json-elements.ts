/** The text of one element with the physical line it begins on. */
export interface JsonElement {
  readonly line: number
  readonly bytes: Uint8Array
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LF = 10

/**
 * Cuts a stream of UTF-8 into the elements of its outermost array, or, when it does not begin with `[`, into the
 * values that follow one another (NDJSON). Only brackets and strings are looked at; each element is parsed later.
 * An element longer than `maxBytes` ends the stream with an error of the caller's making.
 */
export async function* jsonElements(
  source: AsyncIterable<Uint8Array>,
  mode: 'array' | 'lines',
  maxBytes: number,
  tooLarge: () => Error,
): AsyncGenerator<JsonElement> {
  let depth = mode === 'array' ? -1 : 0
  let inString = false
  let escaped = false
  let line = 1
  let elementLine = 1
  let parts: Uint8Array[] = []
  let size = 0
  let started = false
  for await (const chunk of source) {
    let from = 0
    const take = (to: number): JsonElement => {
      const whole = joined(parts, chunk.subarray(from, to), size)
      parts = []
      size = 0
      started = false
      return { line: elementLine, bytes: whole }
    }
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!
      if (byte === LF) line++
      // in NDJSON a line ending ends the value whatever state it is in, so that one bad line cannot swallow the next
      const ends = mode === 'lines' ? byte === LF : depth === 0 && !inString && (byte === 0x2c || byte === 0x5d)
      if (ends) {
        if (started) yield take(i)
        from = i + 1
        inString = false
        if (mode === 'array' && byte === 0x5d) return
        continue
      }
      if (byte > 0x20 && !started && depth >= 0) {
        started = true
        elementLine = line
        from = i
      }
      if (escaped) escaped = false
      else if (inString) {
        if (byte === BACKSLASH) escaped = true
        else if (byte === QUOTE) inString = false
      } else if (byte === QUOTE) inString = true
      else if (byte === 0x5b || byte === 0x7b) {
        depth++
        if (depth === 0) from = i + 1
      } else if (byte === 0x5d || byte === 0x7d) depth--
    }
    if (started) {
      const rest = chunk.slice(from)
      size += rest.length
      if (size > maxBytes) throw tooLarge()
      parts.push(rest)
    }
  }
  if (started) yield { line: elementLine, bytes: joined(parts, new Uint8Array(0), size) }
}

function joined(parts: readonly Uint8Array[], last: Uint8Array, size: number): Uint8Array {
  if (parts.length === 0) return last
  const all = new Uint8Array(size + last.length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  all.set(last, at)
  return all
}
