import { settleGroups } from './audit-groups.ts'
import { readLeafLevel } from './audit-leaves.ts'
import { auditEarlierPartials } from './audit-partials.ts'
import { type AuditReport, DamageList } from './audit-report.ts'
import { readUpperLevels, settleTree } from './audit-tree.ts'
import { openCheckpoint } from './checkpoint.ts'
import { type EntryReader, TILE_WIDTH, type TileAddress, type TileReader } from './tile-layout.ts'

/** What an audit needs: the log's key, and the store as it stands. */
export interface AuditSource {
  /** The signed note; bytes where they are at hand, so that broken UTF-8 is seen too. */
  readonly checkpoint: string | Uint8Array
  readonly verifierKey: string
  readonly readTile: TileReader
  readonly readEntries: EntryReader
  /** Partial tiles and bundles of earlier trees that are still stored (see `parseTilePath`); they are checked too. */
  readonly earlierPartials?: readonly TileAddress[]
  /** Bundles and tiles read at the same time; 16 when not given. */
  readonly readAhead?: number
  /** Damages kept in the report; 1000 when not given. All are counted. */
  readonly maxDamages?: number
  readonly onProgress?: (entriesRead: number, entries: number) => void
}

/**
 * Reads every entry and every tile that a checkpoint stands for, computes everything anew, and names each damage.
 * The signature decides what is true: where a tile and its entries differ, the one that hashes to the signed root is
 * right. Never throws for what it reads; a store that cannot be read is a damage with its reason.
 */
export async function auditLog(source: AuditSource): Promise<AuditReport> {
  const { readTile, readEntries, readAhead = 16, onProgress } = source
  const damages = new DamageList(source.maxDamages ?? 1000)
  const opened = openCheckpoint(source.checkpoint, source.verifierKey)
  if (!opened.ok) {
    // Its size cannot be trusted either: reading as many entries as a forged number says might never end.
    damages.add({ kind: 'checkpoint', name: 'checkpoint signature', reason: opened.reason })
    return report({ examined: false, origin: null, size: 0, entriesRead: 0, tilesRead: 0 }, damages)
  }
  const { origin, size, root } = opened.value
  let entriesRead = 0
  const leaves = await readLeafLevel(size, readTile, readEntries, readAhead, (entries) => {
    entriesRead += entries
    onProgress?.(entriesRead, size)
  })
  let tilesRead = Math.ceil(size / TILE_WIDTH)
  const views = await readUpperLevels(size, readTile, leaves, readAhead, () => tilesRead++)
  const tree = settleTree(size, root, views, leaves, damages)
  const groups = settleGroups(size, leaves, tree, damages)
  const partials = source.earlierPartials ?? []
  tilesRead += await auditEarlierPartials(partials, size, tree, groups, readTile, readEntries, damages)
  return report({ examined: true, origin, size, entriesRead, tilesRead }, damages)
}

const report = (
  read: Pick<AuditReport, 'examined' | 'origin' | 'size' | 'entriesRead' | 'tilesRead'>,
  damages: DamageList,
): AuditReport => ({ ...read, ok: damages.count === 0, damages: damages.kept, damageCount: damages.count })
