import { type CatalogIndex, deserialise, serialise } from '@datong/catalog-search'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { INDEX_SCHEMA } from './index-schema.ts'

/** Fewer entries are indexed anew sooner than a file of them is worth keeping. */
const WORTH_A_FILE = 2_000

/** Writes the packed index, whole or not at all. */
export async function writeIndexFile(path: string, index: CatalogIndex, note: string): Promise<void> {
  const part = index.packed
  if (part === undefined || part.size < WORTH_A_FILE) return
  await mkdir(dirname(path), { recursive: true })
  const half = `${path}.new`
  const file = await open(half, 'w')
  try {
    for (const piece of serialise(part, note)) if (piece.length > 0) await file.writeFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(half, path)
}

/** Reads what `writeIndexFile` left; nothing when there is none, or one of other words or another edition. */
export async function readIndexFile(path: string, note: string) {
  try {
    return deserialise(await readFile(path), INDEX_SCHEMA, note)
  } catch {
    return null
  }
}
