import { type FileHandle, open } from 'node:fs/promises'
import { AppError } from '@datong/kernel'
import { createHash, type Hash } from 'node:crypto'
import type { SourceBatch, Watermark } from '../connector.ts'
import { laterMark } from '../later-mark.ts'

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
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') this.#mark = laterMark(this.#mark, String(value))
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
  async end(name: string, after: Watermark | undefined): Promise<Extract<SourceBatch, { kind: 'file' }> | undefined> {
    await this.#flush()
    await this.close()
    if (this.items === 0) return undefined
    const value = this.#mark === null ? after?.value : after === undefined ? this.#mark : laterMark(after.value, this.#mark)
    const mark = this.#markBy === undefined || value === undefined ? null : { column: this.#markBy, value }
    return { kind: 'file', path: this.#path, name, bytes: this.#bytes, sha256: this.#hash.digest('hex'), mark, more: false }
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }
}
