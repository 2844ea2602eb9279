import { AppError, isAppError } from '@datong/kernel'
import { detectImport, HEAD_BYTES, normalise, recordCells } from '@datong/tabular'
import { isUtf8 } from 'node:buffer'
import { ContentHash } from './mark-order.ts'
import type { RowHashes } from './read-mark.ts'

/** A found file, read once: content hashes of its rows for each set of columns that was asked for. */
export interface FoundFile {
  readonly columns: readonly string[]
  readonly rows: number
  readonly hashes: readonly RowHashes[]
}

const TAIL_BYTES = 65_536
const PIECE_BYTES = 1_048_576

/**
 * Reads a table in whatever form it was found (delimited text in any of its encodings, sheets, JSON).
 * @param sets asked with the columns: the sets of them that marks order rows by
 * @throws AppError `request/invalid` for what is no table, `tabular/…`
 */
export async function readFoundFile(file: Buffer, sets: (columns: readonly string[]) => Promise<readonly (readonly string[])[]>): Promise<FoundFile> {
  const open = async function* () {
    for (let at = 0; at < file.length; at += PIECE_BYTES) yield file.subarray(at, at + PIECE_BYTES)
  }
  const detected = await detectImport({ head: file.subarray(0, HEAD_BYTES), tail: file.subarray(-TAIL_BYTES), sizeBytes: file.length, open }).catch(noTable)
  // A sheet's header has an apostrophe in front of a name that would run as a formula.
  const columns = detected.options.names.map((name) => name.replace(/^'/, ''))
  const wanted = (await sets(columns)).map((names) => ({ places: names.map((name) => columns.indexOf(name) + 1), low: new Words(), high: new Words() }))
  const hash = new ContentHash()
  const records = new Records((cells) => {
    for (const { places, low, high } of wanted) {
      hash.of(places.map((place) => cells[place] ?? ''))
      low.add(hash.low)
      high.add(hash.high)
    }
  })
  const { rowsWritten } = await normalise(open, detected.options, { write: (bytes) => records.take(bytes), reject: () => undefined }, { isUtf8 }).catch(noTable)
  return { columns, rows: rowsWritten, hashes: wanted.map(({ low, high }) => ({ low: low.taken(), high: high.taken() })) }
}

/** What cannot be read is the sender's mistake, with the reader's own reason. */
function noTable(error: unknown): never {
  if (!isAppError(error) || error.code === 'tabular/too-large') throw error
  throw new AppError('request/invalid', {}, [{ pointer: '/file', code: error.code.replace(/^.*\//, ''), message: '文件不能作为表格读取' }], { cause: error })
}

/** Words of 32 bits, as many as come. */
class Words {
  #words = new Uint32Array(1_024)
  #length = 0

  add(word: number): void {
    if (this.#length === this.#words.length) {
      const larger = new Uint32Array(this.#length * 2)
      larger.set(this.#words)
      this.#words = larger
    }
    this.#words[this.#length++] = word
  }

  taken(): Uint32Array {
    return this.#words.subarray(0, this.#length)
  }
}

/** Cells of clean CSV (RFC 4180, LF), piece by piece. */
class Records {
  readonly #each: (cells: readonly string[]) => void
  #rest = Buffer.alloc(0)

  constructor(each: (cells: readonly string[]) => void) {
    this.#each = each
  }

  take(piece: Uint8Array): void {
    // The piece is ours only until this returns; what is left of it is copied.
    const bytes = Buffer.concat([this.#rest, piece])
    let begin = 0
    let isQuoted = false
    for (let at = 0; at < bytes.length; at++) {
      if (bytes[at] === 34) isQuoted = !isQuoted
      else if (bytes[at] === 10 && !isQuoted) {
        this.#each(recordCells(bytes.toString('utf8', begin, at)) ?? [])
        begin = at + 1
      }
    }
    this.#rest = bytes.subarray(begin)
  }
}
