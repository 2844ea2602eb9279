import type { LeafGroup, LeafLevel } from './audit-leaves.ts'
import type { DamageList } from './audit-report.ts'
import type { SettledTree } from './audit-tree.ts'
import { sameBytes } from './bytes.ts'
import { foldHashes, HASH_BYTES } from './hash.ts'
import { differingPositions, reconcile } from './reconcile.ts'
import { TILE_WIDTH } from './tile-layout.ts'

/**
 * Holds each bundle and level-0 tile against the settled tree above, and reports entries and tiles that differ.
 * @returns the signed leaf hashes of the groups that needed a closer look, by their index
 */
export function settleGroups(
  treeSize: number,
  leaves: LeafLevel,
  tree: SettledTree,
  damages: DamageList,
): ReadonlyMap<number, Uint8Array> {
  const settled = new Map<number, Uint8Array>()
  const fullGroups = Math.floor(treeSize / TILE_WIDTH)
  const parents = tree.levels[1] ?? new Uint8Array()
  for (let index = 0; index < fullGroups; index++) {
    const parent = hashAt(parents, index)
    const group = leaves.remembered.get(index)
    if (group !== undefined) {
      const { stored, derived } = group
      const truth = reconcile(stored.hashes, derived.hashes, [], (hashes) => sameBytes(foldHashes(hashes), parent))
      if (truth !== null) settled.set(index, truth)
      reportGroup(group, truth, damages)
    } else if (!sameBytes(hashAt(leaves.storedRoots, index), parent)) {
      const reason = 'tile and entries agree with each other, but not with the signed tree above them'
      damages.bundle({ level: 'entries', index, width: TILE_WIDTH }, reason)
      damages.tile({ level: 0, index, width: TILE_WIDTH }, [], reason)
    }
  }
  const edgeGroup = leaves.remembered.get(fullGroups)
  if (edgeGroup !== undefined) {
    settled.set(fullGroups, tree.edgeLeaves)
    reportGroup(edgeGroup, tree.edgeLeaves, damages)
  }
  return settled
}

/** @param truth the signed leaf hashes, or null when neither view nor a mixture of both is signed */
function reportGroup(group: LeafGroup, truth: Uint8Array | null, damages: DamageList): void {
  const { index, width, stored, derived } = group
  const tile = { level: 0, index, width } as const
  const bundle = { level: 'entries', index, width } as const

  const falseHashes = truth === null ? [] : differingPositions(stored.hashes, truth)
  if (stored.problem !== null) damages.tile(tile, falseHashes, stored.problem)
  else if (truth === null) damages.tile(tile, [], 'it does not hash to the tile above, nor do its entries')
  else if (falseHashes.length > 0) {
    damages.tile(tile, falseHashes, `${falseHashes.length} of its hashes are not those that were signed`)
  }

  const falseEntries = differingPositions(derived.hashes, truth ?? stored.hashes)
  const first = falseEntries[0]
  if (derived.problem !== null) {
    const from = first === undefined ? '' : `; entry ${index * TILE_WIDTH + first} is the first that is wrong`
    damages.bundle(bundle, `${derived.problem}${from}`)
    return
  }
  const reason =
    truth === null ? 'it differs from its tile, and neither is signed' : 'it is not the entry that was signed'
  for (const position of falseEntries) damages.entry(bundle, index * TILE_WIDTH + position, reason)
}

const hashAt = (hashes: Uint8Array, index: number): Uint8Array =>
  hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)
