import { AppError } from '@datong/kernel'
import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open, readFile } from 'node:fs/promises'
import type { SourceBatch } from '../connector.ts'
import type { Page } from './page.ts'

const LF = 10
const QUOTE = 34

/** Pages of CSV behind one another in one file, with the first line of the first only. Encoding and delimiter are the upload's business. */
export class CsvPages {
  readonly #path: string
  readonly #mostBytes: number
  #file: FileHandle | undefined
  #header: Buffer | undefined
  #hash: Hash = createHash('sha256')
  #bytes = 0

  constructor(path: string, mostBytes: number) {
    this.#path = path
    this.#mostBytes = mostBytes
  }

  /**
   * Adds a page; answers whether it had rows.
   * @throws AppError `collection/source-changed` when its first line differs from that of the first page
   */
  async add({ file, host }: Page): Promise<boolean> {
    const bytes = await readFile(file)
    const end = endOfRecord(bytes)
    const header = bytes.subarray(0, end)
    const rows = trimmed(bytes.subarray(end))
    if (this.#header === undefined) {
      this.#header = trimmed(header)
      if (rows.length > 0) await this.#write(header, host)
    } else if (rows.length > 0 && !this.#header.equals(trimmed(header))) throw new AppError('collection/source-changed', { host })
    if (rows.length === 0) return false
    await this.#write(Buffer.concat([rows, Buffer.from('\n')]), host)
    return true
  }

  async #write(bytes: Buffer, host: string): Promise<void> {
    this.#bytes += bytes.length
    if (this.#bytes > this.#mostBytes) throw new AppError('collection/source-too-large', { host, mostMb: Math.floor(this.#mostBytes / 2 ** 20) })
    this.#file ??= await open(this.#path, 'w')
    this.#hash.update(bytes)
    await this.#file.writeFile(bytes)
  }

  async end(name: string): Promise<SourceBatch | undefined> {
    await this.close()
    return this.#bytes === 0 ? undefined : { kind: 'file', path: this.#path, name, bytes: this.#bytes, sha256: this.#hash.digest('hex'), mark: null, more: false }
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }
}

/** Behind the line break that ends the first record; breaks within quotes do not. */
function endOfRecord(bytes: Buffer): number {
  let isQuoted = false
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) isQuoted = !isQuoted
    else if (bytes[at] === LF && !isQuoted) return at + 1
  }
  return bytes.length
}

/** Without line breaks at the end. */
function trimmed(bytes: Buffer): Buffer {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === LF || bytes[end - 1] === 13)) end--
  return bytes.subarray(0, end)
}
