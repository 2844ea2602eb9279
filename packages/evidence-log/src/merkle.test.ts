import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyRoot, foldHashes, leafHash, nodeHash } from './hash.ts'
import { verifyConsistency, verifyInclusion, verifySubtreeConsistency, verifySubtreeInclusion } from './merkle.ts'
import { entriesNamed, naiveRoot } from './testing/memory-log.ts'
import { vectors, withoutVectors } from './testing/shared.ts'

/** One file of github.com/transparency-dev/merkle/testdata. */
interface Vector {
  readonly desc: string
  readonly wantErr: boolean
  readonly proof: readonly string[] | null
  readonly leafIdx: number
  readonly treeSize: number
  readonly leafHash: string
  readonly root: string
  readonly start: number
  readonly end: number
  readonly size: number
  readonly size1: number
  readonly size2: number
  readonly root1: string
  readonly root2: string
}

const bytes = (text: string): Uint8Array => Buffer.from(text, 'base64')

const CHECKS: Readonly<Record<string, (v: Vector, proof: Uint8Array[]) => boolean>> = {
  inclusion: (v, proof) => verifyInclusion(v.leafIdx, v.treeSize, bytes(v.leafHash), proof, bytes(v.root)),
  consistency: (v, proof) => verifyConsistency(v.size1, v.size2, proof, bytes(v.root1), bytes(v.root2)),
  subtreeinclusion: (v, proof) =>
    verifySubtreeInclusion(v.leafIdx, v.start, v.end, bytes(v.leafHash), proof, bytes(v.root)),
  subtreeconsistency: (v, proof) =>
    verifySubtreeConsistency(v.start, v.end, v.size, proof, bytes(v.root1), bytes(v.root2)),
}

describe.skipIf(withoutVectors !== '')(`published Merkle vectors${withoutVectors}`, () => {
  it.each(Object.entries(CHECKS))('%s proofs are taken and refused as the vectors say', (folder, check) => {
    const root = path.join(vectors, 'merkle-testdata', folder)
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
    expect(files.length).toBeGreaterThan(50)
    const wrong = files.filter((file) => {
      // The vectors have one shape in each folder, and each check reads only the fields of its own.
      const vector = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Vector
      return check(vector, (vector.proof ?? []).map(bytes)) === vector.wantErr
    })
    expect(wrong).toEqual([])
  })
})

describe('Merkle tree', () => {
  it('hashes leaves, nodes and the empty tree as RFC 6962 says', () => {
    expect(Buffer.from(emptyRoot()).toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
    expect(Buffer.from(leafHash(new Uint8Array())).toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    )
    expect(Buffer.from(nodeHash(Buffer.from('N123'), Buffer.from('N456'))).toString('hex')).toBe(
      'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
    )
  })

  it('hashes an entry larger than any before it', () => {
    const large = new Uint8Array(100_000).fill(3)
    expect(leafHash(large)).toEqual(leafHash(large.slice()))
    expect(leafHash(Buffer.from('small'))).not.toEqual(leafHash(large))
  })

  it('folds any number of hashes to the root of the recursive definition', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), (count) => {
        const hashes = entriesNamed(0, count).map(leafHash)
        expect(foldHashes(Buffer.concat(hashes))).toEqual(naiveRoot(hashes))
      }),
      { numRuns: 40 },
    )
  })

  it('refuses indices and sizes that are no numbers of leaves', () => {
    const leaf = leafHash(new Uint8Array())
    for (const [index, size] of [[-1, 1], [0.5, 1], [0, Number.NaN], [2 ** 60, 2 ** 61]] as const) {
      expect(verifyInclusion(index, size, leaf, [], leaf)).toBe(false)
      expect(verifyConsistency(index, size, [], leaf, leaf)).toBe(false)
    }
  })
})
