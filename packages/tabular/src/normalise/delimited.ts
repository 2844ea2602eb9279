import type { ImportOptions } from '../import-options.ts'
import { BlockWriter } from './block-writer.ts'
import { RecordScanner } from './record-scanner.ts'
import { EXCERPT_CHARACTERS, type Reject, type RejectCode } from './reject.ts'
import type { NormaliseTools } from './result.ts'

const LF = 10
const CR = 13
const COMMA = 44
const QUOTE = 34
const SHORT_COPY = 256
/** A record with a wrong number of fields over more lines than this is a quote gone astray, not a record. */
const RUNAWAY_LINES = 64
/** After so many quotes that never close, quoted fields may no longer span lines; bounds the work on hostile files. */
const MOST_REREADS = 16

const DEFAULT_MAX_RECORD_BYTES = 16 * 1024 * 1024

/**
 * Turns UTF-8 bytes of delimited text (with `UNDECODABLE` marks) into normalised records, block by block.
 * `push` and `finish` fill `out` and `rejects`; the caller takes them away in between.
 */
export class DelimitedNormaliser {
  readonly out = new BlockWriter(1 << 20)
  rejects: Reject[] = []
  rowsRead = 0
  rowsWritten = 0
  rowsRejected = 0
  blankLines = 0
  maxWritten = 0
  innerLineBreaks = false
  firstLine = 0
  consecutive = true

  private readonly scanner: RecordScanner
  private readonly isUtf8: (bytes: Uint8Array) => boolean
  private readonly maxBytes: number
  private readonly fields: number
  private readonly padding: number
  private skip: number
  private work = new Uint8Array(1 << 20)
  private filled = 0
  private scanAgainAt = 0
  private line = 1
  private skippingLine = false
  private rereads = 0
  private readonly lenient = new TextDecoder('utf-8')

  constructor(options: ImportOptions, tools: NormaliseTools = {}) {
    this.fields = options.recordFields
    this.padding = options.names.length - options.recordFields
    this.skip = options.skipRows + options.headerRows
    this.scanner = new RecordScanner(options.delimiter, options.quote, this.fields + 1)
    this.isUtf8 = tools.isUtf8 ?? decodesAsUtf8
    this.maxBytes = tools.maxRecordBytes ?? DEFAULT_MAX_RECORD_BYTES
  }

  push(chunk: Uint8Array): void {
    const length = this.filled + chunk.length
    if (this.work.length <= length) {
      const larger = new Uint8Array(Math.max(length + 1, this.work.length * 2))
      larger.set(this.work.subarray(0, this.filled))
      this.work = larger
    }
    this.work.set(chunk, this.filled)
    this.filled = length
    // a long unfinished record is looked at again only when twice as much of it has come: linear, not quadratic
    if (length >= this.scanAgainAt) this.run(false)
  }

  finish(): void {
    this.run(true)
  }

  private run(final: boolean): void {
    const { work, scanner } = this
    const limit = this.filled
    work[limit] = LF
    let from = 0
    if (this.skippingLine) {
      from = this.skipRestOfLine(0, limit, final)
      if (this.skippingLine) {
        this.keepFrom(from, limit)
        return
      }
    }
    const clean = this.isUtf8(work.subarray(from, lastLineEnd(work, from, limit, final)))
    while (from < limit) {
      const outcome = scanner.scan(work, from, limit, final)
      if (outcome === 'record') {
        const runaway = scanner.innerLines > RUNAWAY_LINES && scanner.fieldCount !== this.fields
        from = runaway ? this.rejectFirstLine(from, limit) : this.takeRecord(from, clean)
      } else if (outcome === 'unterminated') {
        from = this.rejectFirstLine(from, limit)
      } else if (limit - from > this.maxBytes) {
        from = this.rejectOversize(from, limit)
        if (this.skippingLine) break
      } else {
        break
      }
    }
    this.keepFrom(from, limit)
    this.scanAgainAt = this.filled > 65_536 ? Math.min(this.filled * 2, this.maxBytes + 1) : 0
  }

  private keepFrom(from: number, limit: number): void {
    this.work.copyWithin(0, from, limit)
    this.filled = limit - from
  }

  /** A complete record: counts it and writes or rejects it. Answers where the next one begins. */
  private takeRecord(from: number, clean: boolean): number {
    const { scanner, work } = this
    const { end, next, fieldCount } = scanner
    const line = this.line
    this.line += 1 + scanner.innerLines
    if (end - from === fieldCount - 1 || (fieldCount === 1 && isBlank(work, from, end))) {
      this.blankLines++
      return next
    }
    if (this.skip > 0) {
      this.skip--
      return next
    }
    if (fieldCount !== this.fields) {
      const code = fieldCount < this.fields ? 'too-few-fields' : 'too-many-fields'
      const ending = code === 'too-few-fields' ? ', the last ones are missing' : ''
      this.reject(line, code, `${fieldCount} fields instead of ${this.fields}${ending}`, from, end)
    } else if (scanner.hasNul) {
      this.reject(line, 'nul-byte', 'contains a NUL byte', from, end)
    } else if (end - from > this.maxBytes) {
      this.reject(line, 'record-too-large', `longer than ${this.maxBytes} bytes`, from, end)
    } else if (!clean && !this.isUtf8(work.subarray(from, end))) {
      this.reject(line, 'undecodable', 'contains bytes that are no character of the encoding', from, end)
    } else {
      this.rowsRead++
      this.write(line, from, end)
    }
    return next
  }

  private write(line: number, from: number, end: number): void {
    const { out, work, scanner } = this
    const before = out.length
    // worst case of rewriting: every byte a quote that is doubled, every field quoted
    const room = scanner.mustRewrite ? (end - from) * 2 + this.fields * 2 : end - from
    const bytes = out.reserve(room + this.padding + 24)
    out.putNumber(line)
    let o = out.length
    bytes[o++] = COMMA
    if (scanner.mustRewrite) {
      o = this.rewrite(bytes, o)
    } else if (end - from < SHORT_COPY) {
      for (let i = from; i < end; i++) bytes[o++] = work[i]!
    } else {
      bytes.set(work.subarray(from, end), o)
      o += end - from
    }
    for (let i = 0; i < this.padding; i++) bytes[o++] = COMMA
    bytes[o++] = LF
    out.length = o
    if (o - before > this.maxWritten) this.maxWritten = o - before
    if (scanner.innerLines > 0) this.innerLineBreaks = true
    if (this.rowsWritten === 0) this.firstLine = line
    else if (line !== this.firstLine + this.rowsWritten) this.consecutive = false
    this.rowsWritten++
  }

  /** Field by field: plain fields that hold a comma or a quote are quoted, other delimiters become commas. */
  private rewrite(bytes: Uint8Array, at: number): number {
    const { work, scanner } = this
    let o = at
    for (let field = 0; field < this.fields; field++) {
      if (field > 0) bytes[o++] = COMMA
      const isQuoted = scanner.quoted[field] === 1
      const own = isQuoted ? work[scanner.starts[field]!]! : -1
      const start = scanner.starts[field]! + (isQuoted ? 1 : 0)
      const end = scanner.ends[field]! - (isQuoted ? 1 : 0)
      let needsQuotes = isQuoted
      for (let i = start; i < end && !needsQuotes; i++) needsQuotes = work[i] === COMMA || work[i] === QUOTE
      if (needsQuotes) bytes[o++] = QUOTE
      for (let i = start; i < end; i++) {
        const byte = work[i]!
        if (byte === own) i++
        if (byte === QUOTE) bytes[o++] = QUOTE
        bytes[o++] = byte
      }
      if (needsQuotes) bytes[o++] = QUOTE
    }
    return o
  }

  /** The quote is not to be trusted: leaves out only the line it stands in and goes on with the next. */
  private rejectFirstLine(from: number, limit: number): number {
    const { work } = this
    let end = from
    while (end < limit && work[end] !== LF && work[end] !== CR) end++
    const next = work[end] === CR && end + 1 < limit && work[end + 1] === LF ? end + 2 : end + 1
    if (++this.rereads >= MOST_REREADS) this.scanner.multiline = false
    const line = this.line++
    if (this.skip > 0) this.skip--
    else this.reject(line, 'unterminated-quote', 'a quote opens here and does not close as it should', from, end)
    return Math.min(next, limit)
  }

  private rejectOversize(from: number, limit: number): number {
    let end = from
    while (end < limit && this.work[end] !== LF && this.work[end] !== CR) end++
    if (end < limit) return this.rejectFirstLine(from, limit)
    this.reject(this.line, 'record-too-large', `longer than ${this.maxBytes} bytes`, from, limit)
    this.skippingLine = true
    return limit
  }

  private skipRestOfLine(from: number, limit: number, final: boolean): number {
    const { work } = this
    let p = from
    while (p < limit && work[p] !== LF && work[p] !== CR) p++
    const cutInLineEnd = work[p] === CR && p + 1 >= limit
    if ((p >= limit || cutInLineEnd) && !final) return p
    this.skippingLine = false
    this.line++
    return Math.min(limit, work[p] === CR && work[p + 1] === LF ? p + 2 : p + 1)
  }

  private reject(line: number, reasonCode: RejectCode, detail: string, from: number, end: number): void {
    this.rowsRead++
    this.rowsRejected++
    const bytes = this.work.subarray(from, Math.min(end, from + EXCERPT_CHARACTERS * 4))
    const excerpt = this.lenient.decode(bytes).slice(0, EXCERPT_CHARACTERS)
    this.rejects.push({ line, reasonCode, detail, excerpt })
  }
}

/** End of the part that can be judged as UTF-8 by itself: a character is never cut at a line ending. */
function lastLineEnd(bytes: Uint8Array, from: number, limit: number, final: boolean): number {
  if (final) return limit
  let end = limit
  while (end > from && bytes[end - 1] !== LF && bytes[end - 1] !== CR) end--
  return end
}

function isBlank(bytes: Uint8Array, from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (bytes[i]! > 0x20 || bytes[i] === 0) return false
  return true
}

function decodesAsUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
