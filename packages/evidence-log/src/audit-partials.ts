import { readHashes, readLeafHashes } from './audit-leaves.ts'
import type { DamageList } from './audit-report.ts'
import type { SettledTree } from './audit-tree.ts'
import { HASH_BYTES } from './hash.ts'
import { differingPositions } from './reconcile.ts'
import { type EntryReader, TILE_WIDTH, type TileAddress, tilePath, type TileReader, tileWidth } from './tile-layout.ts'

/**
 * Checks partial tiles and bundles of earlier, smaller trees that are still stored: each must be the beginning of what
 * stands at its place now. Those that lie beyond the checkpoint are passed over.
 * @returns how many were read
 */
export async function auditEarlierPartials(
  partials: readonly TileAddress[],
  treeSize: number,
  tree: SettledTree,
  settledGroups: ReadonlyMap<number, Uint8Array>,
  readTile: TileReader,
  readEntries: EntryReader,
  damages: DamageList,
): Promise<number> {
  let read = 0
  let leavesOf = -1
  let leaves: Uint8Array = new Uint8Array()
  for (const address of partials) {
    const { level, index, width } = address
    const wholeWidth = tileWidth(level === 'entries' ? 0 : level, index, treeSize)
    if (width >= wholeWidth) continue
    read++
    let whole: Uint8Array
    if (level === 'entries' || level === 0) {
      if (leavesOf !== index) {
        leaves = settledGroups.get(index) ?? (await readHashes(readTile, 0, index, wholeWidth)).hashes
        leavesOf = index
      }
      whole = leaves
    } else {
      const start = index * TILE_WIDTH * HASH_BYTES
      whole = (tree.levels[level] ?? new Uint8Array()).subarray(start, start + wholeWidth * HASH_BYTES)
    }
    const { hashes, problem } =
      level === 'entries'
        ? await readLeafHashes(readEntries, index, width)
        : await readHashes(readTile, level, index, width)
    const positions = differingPositions(hashes, whole.subarray(0, width * HASH_BYTES))
    if (level !== 'entries') {
      if (problem !== null || positions.length > 0) {
        damages.tile(address, positions, problem ?? `${positions.length} of its hashes are not those that were signed`)
      }
    } else if (problem !== null) {
      damages.bundle(address, problem)
    } else {
      for (const position of positions) {
        const reason = `in the earlier bundle ${tilePath(address)} it is not the entry that was signed`
        damages.entry(address, index * TILE_WIDTH + position, reason)
      }
    }
  }
  return read
}
