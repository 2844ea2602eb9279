import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { tilesForAppend } from './append.ts'
import { auditLog } from './audit.ts'
import { openCheckpoint } from './checkpoint.ts'
import { bundlesForAppend, decodeEntries } from './entry-bundle.ts'
import { emptyRoot, leafHash } from './hash.ts'
import { verifyConsistency } from './merkle.ts'
import { proveConsistency, rootFromTiles } from './prove.ts'
import { vectors, withoutVectors } from './testing/shared.ts'
import { type EntryReader, tilePath, type TileReader } from './tile-layout.ts'

/** Public key of the log that the tessera project publishes as its test data. */
const VERIFIER_KEY = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx'
const SIZE = 15

const read = (name: string): Uint8Array => readFileSync(path.join(vectors, 'tessera-log', name))
const readTile: TileReader = async (level, index, width) => read(tilePath({ level, index, width }))
const readEntries: EntryReader = async (index, width) => read(tilePath({ level: 'entries', index, width }))

describe.skipIf(withoutVectors !== '')(`a log made by tessera${withoutVectors}`, () => {
  const sizes = Array.from({ length: SIZE }, (_, i) => i + 1)
  const headAt = (size: number): { readonly size: number; readonly root: Uint8Array } => {
    const opened = openCheckpoint(read(size === SIZE ? 'checkpoint' : `checkpoint.${size}`), VERIFIER_KEY)
    if (!opened.ok) throw new Error(opened.reason)
    return opened.value
  }

  it('has checkpoints whose signatures and roots hold, at each size', async () => {
    expect(headAt(0)).toMatchObject({ size: 0, root: emptyRoot() })
    for (const size of sizes) {
      expect(headAt(size).size).toBe(size)
      expect(await rootFromTiles(size, readTile)).toEqual(headAt(size).root)
    }
  })

  it('has the tiles and bundles that we would write', async () => {
    const { entries } = decodeEntries(await readEntries(0, SIZE), SIZE)
    for (const size of sizes) {
      const added = entries.slice(size - 1, size)
      const [tile] = (await tilesForAppend(size - 1, readTile, added.map(leafHash))).tiles
      const [bundle] = await bundlesForAppend(size - 1, readEntries, added)
      expect(Buffer.from(tile?.bytes ?? [])).toEqual(Buffer.from(await readTile(0, 0, size)))
      expect(Buffer.from(bundle?.bytes ?? [])).toEqual(Buffer.from(await readEntries(0, size)))
    }
  })

  it('grew consistently between any two of its sizes', async () => {
    for (const b of sizes) {
      for (const a of sizes.slice(0, b)) {
        const proof = await proveConsistency(a, b, readTile)
        expect(verifyConsistency(a, b, proof, headAt(a).root, headAt(b).root)).toBe(true)
      }
    }
  })

  it('passes the audit, earlier partial tiles too', async () => {
    const earlierPartials = sizes.flatMap((width) => [
      { level: 0, index: 0, width },
      { level: 'entries' as const, index: 0, width },
    ])
    const checkpoint = read('checkpoint')
    const report = await auditLog({ checkpoint, verifierKey: VERIFIER_KEY, readTile, readEntries, earlierPartials })
    expect(report).toMatchObject({ ok: true, size: SIZE, entriesRead: SIZE })
  })
})
