import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tilesForAppend } from './append.ts'
import { bundlesForAppend, decodeEntries, encodeEntries, MAX_ENTRY_BYTES } from './entry-bundle.ts'
import { entriesOrFull, tilesOrFull } from './full-tile-fallback.ts'
import { emptyRoot, HASH_BYTES } from './hash.ts'
import { verifyConsistency, verifyInclusion } from './merkle.ts'
import { proveConsistency, proveInclusion, proveInclusions, rootFromTiles } from './prove.ts'
import { entriesNamed, MemoryLog, naiveRoot } from './testing/memory-log.ts'
import { levelCount, parseTilePath, tilePath, type TileReader, tileWidth } from './tile-layout.ts'

const batches = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 200, max: 700 })), { maxLength: 6 })

async function logOf(counts: readonly number[]): Promise<MemoryLog> {
  const log = new MemoryLog()
  for (const count of counts) await log.append(entriesNamed(log.size, count))
  return log
}

describe('paths', () => {
  it('writes the paths of the specification', () => {
    expect(tilePath({ level: 0, index: 1234067, width: 256 })).toBe('tile/0/x001/x234/067')
    expect(tilePath({ level: 2, index: 0, width: 1 })).toBe('tile/2/000.p/1')
    expect(tilePath({ level: 'entries', index: 1000, width: 17 })).toBe('tile/entries/x001/000.p/17')
  })

  it('reads each path it writes, and nothing else', () => {
    const address = fc.record({
      level: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant('entries' as const)),
      index: fc.integer({ min: 0, max: 2 ** 45 }),
      width: fc.integer({ min: 1, max: 256 }),
    })
    fc.assert(
      fc.property(address, (one) => {
        expect(parseTilePath(tilePath(one))).toEqual(one)
      }),
    )
    for (const path of [
      'tile/0/x000/001', 'tile/0/1', 'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/000.p/01', 'tile/00/000',
      'tile/entries/000/', '/tile/0/000', 'tile/0/000\n', 'tile/0/../0/000', 'tile/data/000',
    ]) expect(parseTilePath(path), path).toBeNull()
  })

  it('knows the tiles of a tree of 70,000 leaves', () => {
    expect([tileWidth(0, 272, 70_000), tileWidth(0, 273, 70_000), tileWidth(0, 274, 70_000)]).toEqual([256, 112, 0])
    expect([tileWidth(1, 0, 70_000), tileWidth(1, 1, 70_000), tileWidth(2, 0, 70_000)]).toEqual([256, 17, 1])
    expect([levelCount(70_000), levelCount(0), levelCount(255), levelCount(256)]).toEqual([3, 0, 1, 2])
  })
})

describe('entry bundles', () => {
  it('gives back the entries that went in', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 256 }), (entries) => {
        const decoded = decodeEntries(encodeEntries(entries), entries.length)
        expect(decoded.problem).toBeNull()
        expect(decoded.entries).toEqual(entries)
      }),
    )
  })

  it('says what is wrong with the framing', () => {
    expect(decodeEntries(Uint8Array.of(0), 1).problem).toContain('inside a length')
    expect(decodeEntries(Uint8Array.of(0, 2, 1), 1).problem).toContain('past its end')
    expect(decodeEntries(Uint8Array.of(0, 1, 1), 2).problem).toContain('1 entries, expected 2')
    expect(decodeEntries(Uint8Array.of(0, 1, 1, 9), 1).problem).toContain('1 bytes follow')
  })

  it('takes an entry of 65,535 bytes and refuses one more', () => {
    expect(decodeEntries(encodeEntries([new Uint8Array(MAX_ENTRY_BYTES)]), 1).entries[0]).toHaveLength(MAX_ENTRY_BYTES)
    expect(() => encodeEntries([new Uint8Array(MAX_ENTRY_BYTES + 1)])).toThrow('evidence/entry-too-large')
  })

  it('refuses to grow a bundle that is damaged', async () => {
    const read = async (): Promise<Uint8Array> => Uint8Array.of(0, 9, 1)
    await expect(bundlesForAppend(1, read, [new Uint8Array()])).rejects.toThrow('evidence/damaged-bundle')
  })
})

describe('growing a log', () => {
  it('has the root of the recursive definition, however the entries came', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (counts) => {
        const log = await logOf(counts)
        expect(log.root).toEqual(naiveRoot(log.hashes))
        expect(await rootFromTiles(log.size, log.readTile)).toEqual(log.root)
      }),
      { numRuns: 25 },
    )
  })

  it('stores the same tiles and bundles whether entries came in one batch or many', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (counts) => {
        const many = await logOf(counts)
        const one = await logOf([many.size])
        for (const [path, bytes] of one.files) expect(many.files.get(path), path).toEqual(bytes)
      }),
      { numRuns: 15 },
    )
  })

  it('reaches level 2, and proves across it', async () => {
    const log = await logOf([65_000, 1_000])
    expect(log.files.get('tile/1/000')).toHaveLength(256 * HASH_BYTES)
    expect(log.files.get('tile/2/000.p/1')).toHaveLength(HASH_BYTES)
    expect(log.root).toEqual(naiveRoot(log.hashes))
    const indices = [0, 255, 256, 65_535, 65_536, 65_999]
    const proofs = await proveInclusions(indices, log.size, log.readTile)
    indices.forEach((index, i) => {
      const leaf = log.hashes[index] ?? emptyRoot()
      expect(verifyInclusion(index, log.size, leaf, proofs[i] ?? [], log.root), `${index}`).toBe(true)
    })
  })

  it('writes only what is new or wider, and nothing for an empty batch', async () => {
    const log = await logOf([300])
    const grown = await log.append(entriesNamed(300, 2))
    expect(grown.tiles.map(tilePath)).toEqual(['tile/0/001.p/46'])
    expect((await log.append([])).tiles).toEqual([])
  })

  it('refuses to grow on damaged tiles, and leaves that are no hashes', async () => {
    const log = await logOf([300])
    log.files.get('tile/1/000.p/1')?.fill(0)
    await expect(log.append(entriesNamed(300, 1))).rejects.toThrow('evidence/damaged-tile')
    await expect(tilesForAppend(300, async () => new Uint8Array(3), [])).rejects.toThrow('evidence/damaged-tile')
    await expect(tilesForAppend(0, log.readTile, [new Uint8Array(31)])).rejects.toThrow('evidence/invalid-hash')
  })
})

describe('proofs from tiles', () => {
  it('prove every leaf of every tree', async () => {
    const log = await logOf([1200])
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 1200 }), fc.nat(), async (size, pick) => {
        const index = pick % size
        const root = naiveRoot(log.hashes.slice(0, size))
        const proof = await proveInclusion(index, size, tilesOfEarlier(log, size))
        const leaf = log.hashes[index] ?? emptyRoot()
        expect(verifyInclusion(index, size, leaf, proof, root)).toBe(true)
        expect(verifyInclusion(index === 0 ? 1 : index - 1, size, leaf, proof, root)).toBe(false)
      }),
    )
  })

  it('prove that any tree grew into any later one', async () => {
    const log = await logOf([1200])
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1200 }), fc.integer({ min: 1, max: 1200 }), async (one, other) => {
        const [a, b] = [Math.min(one, other), Math.max(one, other)]
        const proof = await proveConsistency(a, b, tilesOfEarlier(log, b))
        const [rootA, rootB] = [naiveRoot(log.hashes.slice(0, a)), naiveRoot(log.hashes.slice(0, b))]
        expect(verifyConsistency(a, b, proof, rootA, rootB)).toBe(true)
        if (a < b) expect(verifyConsistency(a, b, proof, rootB, rootA)).toBe(false)
      }),
    )
  })

  it('read each tile once for a whole batch', async () => {
    const log = await logOf([1200])
    const read: string[] = []
    await proveInclusions(Array.from({ length: 1200 }, (_, i) => i), 1200, (level, index, width) => {
      read.push(tilePath({ level, index, width }))
      return log.readTile(level, index, width)
    })
    expect(read.toSorted()).toEqual([...new Set(read)].toSorted())
    expect(read).toHaveLength(6)
  })

  it('refuse leaves and sizes that are not there', async () => {
    const log = await logOf([10])
    await expect(proveInclusion(10, 10, log.readTile)).rejects.toThrow('evidence/out-of-range')
    await expect((async () => proveConsistency(0, 10, log.readTile))()).rejects.toThrow('evidence/out-of-range')
    await expect((async () => proveConsistency(11, 10, log.readTile))()).rejects.toThrow('evidence/out-of-range')
  })

  it('take the beginning of a full tile when the partial one is gone', async () => {
    const log = await logOf([256])
    expect(await tilesOrFull(log.readTile)(0, 0, 9)).toEqual(log.files.get('tile/0/000')?.slice(0, 9 * HASH_BYTES))
    const cut = await entriesOrFull(log.readEntries)(0, 9)
    expect(cut).toEqual(encodeEntries(entriesNamed(0, 9)))
    await expect(tilesOrFull(log.readTile)(0, 5, 9)).rejects.toThrow('no tile/0/005.p/9')
  })
})

/** Tiles of an earlier tree, made anew from its leaf hashes. */
function tilesOfEarlier(log: MemoryLog, size: number): TileReader {
  const made = tilesForAppend(0, log.readTile, log.hashes.slice(0, size))
  return async (level, index, width) => {
    const { tiles } = await made
    const tile = tiles.find((one) => one.level === level && one.index === index && one.width === width)
    if (tile === undefined) throw new Error(`no ${tilePath({ level, index, width })}`)
    return tile.bytes
  }
}
