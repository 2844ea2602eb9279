import { type GrownTree, tilesForAppend } from '../append.ts'
import { formatCheckpoint } from '../checkpoint.ts'
import { bundlesForAppend } from '../entry-bundle.ts'
import { emptyRoot, leafHash, nodeHash } from '../hash.ts'
import { signNote } from '../note.ts'
import { noteSigner } from '../note-key.ts'
import { type EntryReader, tilePath, type TileReader } from '../tile-layout.ts'

export const testSigner = noteSigner('log.example.cn/evidence', new Uint8Array(32).fill(7))

/** A log in memory, stored by path as on a web server; `files` may be damaged at will. */
export class MemoryLog {
  readonly files = new Map<string, Uint8Array>()
  readonly hashes: Uint8Array[] = []
  size = 0
  root = emptyRoot()
  checkpoint = ''

  readonly readTile: TileReader = (level, index, width) => this.#read(tilePath({ level, index, width }))
  readonly readEntries: EntryReader = (index, width) => this.#read(tilePath({ level: 'entries', index, width }))

  async append(entries: readonly Uint8Array[]): Promise<GrownTree> {
    const hashes = entries.map(leafHash)
    const bundles = await bundlesForAppend(this.size, this.readEntries, entries)
    const grown = await tilesForAppend(this.size, this.readTile, hashes, this.root)
    for (const tile of grown.tiles) this.files.set(tilePath(tile), tile.bytes)
    for (const { index, width, bytes } of bundles) this.files.set(tilePath({ level: 'entries', index, width }), bytes)
    this.hashes.push(...hashes)
    this.size = grown.size
    this.root = grown.root
    const head = { origin: testSigner.name, size: this.size, root: this.root }
    this.checkpoint = signNote(formatCheckpoint(head), [testSigner])
    return grown
  }

  async #read(path: string): Promise<Uint8Array> {
    const bytes = this.files.get(path)
    if (bytes === undefined) throw new Error(`no ${path}`)
    return bytes.slice()
  }
}

/** The recursive definition, as slow as it is plain. @see RFC 6962 section 2.1 */
export function naiveRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [first] = hashes
  if (first === undefined) return emptyRoot()
  if (hashes.length === 1) return first
  let left = 1
  while (left * 2 < hashes.length) left *= 2
  return nodeHash(naiveRoot(hashes.slice(0, left)), naiveRoot(hashes.slice(left)))
}

export const entriesNamed = (from: number, count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => Buffer.from(`entry ${from + i}`))
