import { rootOfEdge } from './append.ts'
import { type LeafLevel, readHashes } from './audit-leaves.ts'
import type { DamageList } from './audit-report.ts'
import { concatBytes, sameBytes } from './bytes.ts'
import { foldHashes, HASH_BYTES } from './hash.ts'
import { copyHash, differingPositions, reconcile } from './reconcile.ts'
import { hashesAtLevel, levelCount, TILE_WIDTH, type TileReader } from './tile-layout.ts'

/** Accounts of the hashes of one level, concatenated; where all agree, and hash to the signed root, all is well. */
interface LevelViews {
  /** As the level's own tiles say. */
  readonly stored: Uint8Array
  /** As the entries say, hashed all the way up. */
  readonly derived: Uint8Array
  /** The likeliest: stored where the tile below backs it, else what the likeliest hashes below make. */
  readonly guessed: Uint8Array
  /** What was wrong with reading a tile, by its index. */
  readonly problems: ReadonlyMap<number, string>
}

/** Hashes by level from 1 that were found to be the signed ones; index 0 is empty. */
export type TrueLevels = readonly Uint8Array[]

/** The signed tree, as far as it can be told: levels from 1, and the leaf hashes of the partial group, if any. */
export interface SettledTree {
  readonly levels: TrueLevels
  readonly edgeLeaves: Uint8Array
}

/** Reads every tile above level 0. Memory: 128 bytes for each 256 entries. */
export async function readUpperLevels(
  treeSize: number,
  readTile: TileReader,
  leaves: LeafLevel,
  readAhead: number,
  onTile: () => void,
): Promise<LevelViews[]> {
  const views: LevelViews[] = []
  let derived = leaves.derivedRoots
  let fromTilesBelow = leaves.storedRoots
  let fromGuessesBelow = derived
  for (let level = 1; level < levelCount(treeSize); level++) {
    const stored = new Uint8Array(derived.length)
    const problems = new Map<number, string>()
    const count = hashesAtLevel(level, treeSize)
    const tiles = Math.ceil(count / TILE_WIDTH)
    for (let first = 0; first < tiles; first += readAhead) {
      const indices = Array.from({ length: Math.min(readAhead, tiles - first) }, (_, i) => first + i)
      await Promise.all(
        indices.map(async (index) => {
          const width = Math.min(TILE_WIDTH, count - index * TILE_WIDTH)
          const { hashes, problem } = await readHashes(readTile, level, index, width)
          stored.set(hashes, index * TILE_WIDTH * HASH_BYTES)
          if (problem !== null) problems.set(index, problem)
          onTile()
        }),
      )
    }
    const guessed = guess(stored, fromTilesBelow, fromGuessesBelow)
    views.push({ stored, derived, guessed, problems })
    derived = rootsOfFullTiles(derived)
    fromTilesBelow = rootsOfFullTiles(stored)
    fromGuessesBelow = rootsOfFullTiles(guessed)
  }
  return views
}

/**
 * Finds the signed hashes from the top down: the right edge must hash to the signed root, and each full tile to its
 * hash in the tile above. Reports each tile above level 0 that says otherwise.
 */
export function settleTree(
  treeSize: number,
  root: Uint8Array,
  views: readonly LevelViews[],
  leaves: LeafLevel,
  damages: DamageList,
): SettledTree {
  const edgeGroup = leaves.remembered.get(Math.floor(treeSize / TILE_WIDTH))
  const none = new Uint8Array()
  const storedEdge = [edgeGroup?.stored.hashes ?? none, ...views.map((view) => edgeOf(view.stored))]
  const derivedEdge = [edgeGroup?.derived.hashes ?? none, ...views.map((view) => edgeOf(view.derived))]
  const guessedEdge = views.map((view) => edgeOf(view.guessed))
  const guesses = [storedEdge[0] ?? none, derivedEdge[0] ?? none].map((first) => concatBytes([first, ...guessedEdge]))
  const lengths = storedEdge.map((hashes) => hashes.length)
  const found = reconcile(concatBytes(storedEdge), concatBytes(derivedEdge), guesses, (edge) =>
    sameBytes(rootOfEdge(cut(edge, lengths)), root),
  )
  if (found === null) {
    damages.add({ kind: 'root', name: 'root', reason: 'what is stored does not hash to the root that was signed' })
  }
  const edge = cut(found ?? guesses[0] ?? none, lengths)
  const levels: Uint8Array[] = []
  for (let level = views.length; level >= 1; level--) {
    const view = views[level - 1]
    if (view === undefined) break
    levels[level] = settleLevel(level, view, levels[level + 1] ?? none, edge[level] ?? none, damages)
  }
  return { levels, edgeLeaves: edge[0] ?? none }
}

function settleLevel(
  level: number,
  view: LevelViews,
  parents: Uint8Array,
  edge: Uint8Array,
  damages: DamageList,
): Uint8Array {
  const settled = new Uint8Array(view.stored.length)
  const tileBytes = TILE_WIDTH * HASH_BYTES
  for (let at = 0; at < settled.length; at += tileBytes) {
    const index = at / tileBytes
    const stored = view.stored.subarray(at, at + tileBytes)
    const width = stored.length / HASH_BYTES
    let truth: Uint8Array | null = edge
    if (width === TILE_WIDTH) {
      const derived = view.derived.subarray(at, at + tileBytes)
      const guessed = view.guessed.subarray(at, at + tileBytes)
      const parent = parents.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)
      truth = reconcile(stored, derived, [guessed], (hashes) => sameBytes(foldHashes(hashes), parent))
      settled.set(truth ?? guessed, at)
    } else {
      settled.set(edge, at)
    }
    const positions = truth === null ? [] : differingPositions(stored, truth)
    const problem = view.problems.get(index)
    if (problem !== undefined) damages.tile({ level, index, width }, positions, problem)
    else if (truth === null) {
      damages.tile({ level, index, width }, [], 'neither it nor what lies below it hashes to the tile above')
    } else if (positions.length > 0) {
      const reason = `${positions.length} of its hashes are not those that were signed`
      damages.tile({ level, index, width }, positions, reason)
    }
  }
  return settled
}

function guess(stored: Uint8Array, fromTilesBelow: Uint8Array, otherwise: Uint8Array): Uint8Array {
  const guessed = stored.slice()
  for (const position of differingPositions(stored, fromTilesBelow)) copyHash(otherwise, guessed, position)
  return guessed
}

/** The partial tile at the end of a level, empty when the level ends in a full one. */
const edgeOf = (level: Uint8Array): Uint8Array =>
  level.subarray(level.length - (level.length % (TILE_WIDTH * HASH_BYTES)))

function cut(joined: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  let at = 0
  return lengths.map((length) => joined.subarray(at, (at += length)))
}

function rootsOfFullTiles(hashes: Uint8Array): Uint8Array {
  const tileBytes = TILE_WIDTH * HASH_BYTES
  const full = Array.from({ length: Math.floor(hashes.length / tileBytes) }, (_, i) => i * tileBytes)
  return concatBytes(full.map((at) => foldHashes(hashes.subarray(at, at + tileBytes))))
}
