const PLAIN = 0
const REWRITE = 1 // harmless here, but must be quoted in RFC 4180: a comma or a quote that has no meaning in the source
const NUL = 2
const DELIMITER = 3
const QUOTE = 4
const LF = 5
const CR = 6

const LF_BYTE = 10

/** What one call of `scan` met. `unterminated`: the quote opened in this record does not close. */
export type ScanOutcome = 'record' | 'incomplete' | 'unterminated'

/**
 * Finds records and fields in UTF-8 (or any encoding whose delimiters are ASCII) without decoding it.
 * A quote counts only as the first byte of a field. A field that begins with a quote but is not well formed is read
 * literally up to the next delimiter. Records end with LF, CRLF or CR.
 *
 * The bytes must have one writable place after `limit`, which the caller sets to LF: it ends the inner loops
 * without a comparison for each byte. After `scan` has answered `record` the other members describe it.
 * @see RFC 4180 section 2
 */
export class RecordScanner {
  /** First byte after the line ending. */
  next = 0
  /** First byte after the last field. */
  end = 0
  fieldCount = 0
  /** Line endings inside quoted fields. */
  innerLines = 0
  hasNul = false
  /** Whether the bytes cannot be copied as they are into RFC 4180 with commas. */
  mustRewrite = false
  /** Field boundaries, kept for the first `capacity` fields. A quoted field includes its quotes. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly quoted: Uint8Array
  /** Turned off when quotes of a file prove untrustworthy: then a quoted field may not span lines. */
  multiline = true
  private readonly classes = new Uint8Array(256)
  private readonly quote: number
  private readonly alwaysRewrite: boolean

  constructor(delimiter: string, quote: string | null, capacity: number) {
    this.starts = new Int32Array(capacity)
    this.ends = new Int32Array(capacity)
    this.quoted = new Uint8Array(capacity)
    this.quote = quote === null ? -1 : quote.charCodeAt(0)
    this.alwaysRewrite = delimiter !== ','
    this.classes[0] = NUL
    this.classes[0x22] = REWRITE
    this.classes[0x2c] = REWRITE
    this.classes[LF_BYTE] = LF
    this.classes[13] = CR
    if (this.quote >= 0) this.classes[this.quote] = QUOTE
    this.classes[delimiter.charCodeAt(0)] = DELIMITER
  }

  scan(bytes: Uint8Array, from: number, limit: number, final: boolean): ScanOutcome {
    const { classes, starts, ends, quoted, quote } = this
    const capacity = starts.length
    let p = from
    let count = 0
    let lines = 0
    let hasNul = false
    let rewrite = this.alwaysRewrite
    for (;;) {
      const start = p
      let kind = classes[bytes[p]!]!
      let isQuoted = 0
      if (kind === QUOTE) {
        let inner = 0
        p++
        for (;;) {
          kind = classes[bytes[p++]!]!
          if (kind <= REWRITE || kind === DELIMITER) continue
          if (kind === QUOTE) {
            if (bytes[p] !== quote || p >= limit) break
            p++
          } else if (kind === NUL) {
            hasNul = true
          } else {
            if (p > limit) return final ? 'unterminated' : 'incomplete'
            if (!this.multiline) return kind === CR && p >= limit && !final ? 'incomplete' : 'unterminated'
            if (kind === LF || bytes[p] !== LF_BYTE) inner++
          }
        }
        if (p >= limit && !final) return 'incomplete'
        kind = p >= limit ? LF : classes[bytes[p]!]!
        if (kind === DELIMITER || kind >= LF) {
          isQuoted = 1
          lines += inner
          if (quote !== 0x22) rewrite = true
        } else {
          p = start
          rewrite = true
          kind = PLAIN
        }
      }
      if (isQuoted === 0) {
        kind = classes[bytes[p]!]!
        if (kind === QUOTE) kind = PLAIN
        for (;;) {
          while (kind === PLAIN) kind = classes[bytes[++p]!]!
          if (kind === DELIMITER || kind >= LF) break
          if (kind === NUL) hasNul = true
          else rewrite = true
          kind = classes[bytes[++p]!]!
        }
      }
      if (count < capacity) {
        starts[count] = start
        ends[count] = p
        quoted[count] = isQuoted
      }
      count++
      if (kind === DELIMITER) {
        p++
        continue
      }
      if (p >= limit) {
        if (!final) return 'incomplete'
        this.next = limit
      } else if (kind === LF) {
        this.next = p + 1
      } else {
        if (p + 1 >= limit && !final) return 'incomplete'
        this.next = p + 1 < limit && bytes[p + 1] === LF_BYTE ? p + 2 : p + 1
      }
      this.end = p
      this.fieldCount = count
      this.innerLines = lines
      this.hasNul = hasNul
      this.mustRewrite = rewrite
      return 'record'
    }
  }
}
