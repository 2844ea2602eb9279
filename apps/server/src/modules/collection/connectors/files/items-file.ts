import { type FileHandle, open } from 'node:fs/promises'
import { AppError } from '@datong/kernel'
import { createHash, type Hash } from 'node:crypto'
import type { SourceBatch, Watermark } from '../connector.ts'

const FLUSH_AT = 1 << 20

/** Objects of a source, one JSON line each, written as they come; what they become is the business of an upload. */
export class ItemsFile {
  items = 0
  readonly #path: string
  readonly #host: string
  readonly #mostBytes: number
  readonly #markBy: string | undefined
  #file: FileHandle | undefined
  #waiting: string[] = []
  #waitingLength = 0
  #bytes = 0
  #hash: Hash = createHash('sha256')
  #mark: string | null = null

  constructor(path: string, { host, mostBytes, markBy }: { host: string; mostBytes: number; markBy: string | undefined }) {
    this.#path = path
    this.#host = host
    this.#mostBytes = mostBytes
    this.#markBy = markBy
  }

  async add(item: Readonly<Record<string, unknown>>): Promise<void> {
    this.items++
    const value = this.#markBy === undefined ? undefined : item[this.#markBy]
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') this.#mark = later(this.#mark, String(value))
    const line = `${JSON.stringify(item)}\n`
    this.#waiting.push(line)
    this.#waitingLength += line.length
    if (this.#waitingLength > FLUSH_AT) await this.#flush()
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#waiting.join(''))
    this.#waiting = []
    this.#waitingLength = 0
    this.#bytes += bytes.length
    if (this.#bytes > this.#mostBytes) throw new AppError('collection/source-too-large', { host: this.#host, mostMb: Math.floor(this.#mostBytes / 2 ** 20) })
    this.#file ??= await open(this.#path, 'w')
    this.#hash.update(bytes)
    await this.#file.writeFile(bytes)
  }

  /** The file as a batch; undefined when there was nothing, or nothing above the mark. */
  async end(name: string, after: Watermark | undefined): Promise<SourceBatch | undefined> {
    await this.#flush()
    await this.close()
    if (this.items === 0) return undefined
    const value = this.#mark === null ? after?.value : after === undefined ? this.#mark : later(after.value, this.#mark)
    const mark = this.#markBy === undefined || value === undefined ? null : { column: this.#markBy, value }
    return { kind: 'file', path: this.#path, name, bytes: this.#bytes, sha256: this.#hash.digest('hex'), mark, more: false }
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }
}

const NUMBER = /^-?\d+(\.\d+)?$/

/** The later of two marks: by value when both are numbers, else as texts, for which times must be ISO 8601. */
function later(a: string | null, b: string): string {
  if (a === null) return b
  if (NUMBER.test(a) && NUMBER.test(b)) return Number(b) > Number(a) ? b : a
  return b > a ? b : a
}
