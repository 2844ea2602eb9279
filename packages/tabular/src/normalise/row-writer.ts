import { BlockWriter } from './block-writer.ts'
import { EXCERPT_CHARACTERS, type Reject, type RejectCode } from './reject.ts'

const COMMA = 44
const LF = 10
const encoder = new TextEncoder()

/** Writes rows that are already split into texts (sheets, JSON) in the same normalised form as delimited text. */
export class RowWriter {
  readonly out = new BlockWriter(1 << 18)
  rejects: Reject[] = []
  rowsRead = 0
  rowsWritten = 0
  rowsRejected = 0
  blankLines = 0
  maxWritten = 0
  innerLineBreaks = false
  firstLine = 0
  consecutive = true

  /** One row; every text of `fields` becomes a field. The caller has made sure of their number. */
  write(line: number, fields: readonly string[]): void {
    const nul = fields.findIndex((field) => field.includes('\0'))
    if (nul >= 0) {
      this.reject(line, 'nul-byte', 'contains a NUL character', fields.join(','))
      return
    }
    const { out } = this
    const before = out.length
    out.reserve(24)
    out.putNumber(line)
    for (const field of fields) this.putField(field)
    out.reserve(1)[out.length++] = LF
    this.rowsRead++
    this.maxWritten = Math.max(this.maxWritten, out.length - before)
    if (this.rowsWritten === 0) this.firstLine = line
    else if (line !== this.firstLine + this.rowsWritten) this.consecutive = false
    this.rowsWritten++
  }

  reject(line: number, reasonCode: RejectCode, detail: string, excerpt: string): void {
    this.rowsRead++
    this.rowsRejected++
    this.rejects.push({ line, reasonCode, detail, excerpt: excerpt.slice(0, EXCERPT_CHARACTERS) })
  }

  private putField(field: string): void {
    const { out } = this
    const quoted = NEEDS_QUOTES.test(field)
    if (quoted && LINE_BREAK.test(field)) this.innerLineBreaks = true
    const text = quoted ? `"${field.replaceAll('"', '""')}"` : field
    const bytes = out.reserve(text.length * 3 + 1)
    bytes[out.length++] = COMMA
    out.length += encoder.encodeInto(text, bytes.subarray(out.length)).written
  }
}

const NEEDS_QUOTES = /[",\r\n]/
const LINE_BREAK = /[\r\n]/
