import { auditLog, type Checkpoint, type Damage, openCheckpoint, rootFromTiles } from '@datong/evidence-log'
import type { Db } from '@datong/metadata-store'
import { storedExtent } from './audit-store.ts'
import { checkPlaces, checkWaiting } from './check-places.ts'
import { allCheckpoints, entryReader, type StoredCheckpoint, tileReader } from './log-store.ts'
import type { AuditDamage } from './tables.ts'

export interface LogCheck {
  readonly db: Db
  readonly verifierKey: string
  /** Told as the check goes on: records looked at, of how many. */
  readonly onProgress: (checked: number, entries: number) => Promise<void>
  readonly signal: AbortSignal
}

/** Damages named at most; a log in ruins need not fill the store. */
const MAX_DAMAGES = 1_000

/**
 * Reads the whole stored log: each record's body and copies against its leaf, each leaf and tile against the signed
 * head, each earlier head against the tiles, and what still waits. Names each damaged place once.
 */
export async function checkLog(check: LogCheck): Promise<{ entries: number; damages: AuditDamage[] }> {
  const { db, verifierKey, signal } = check
  const damages = new Map<string, AuditDamage>()
  const report = (damage: AuditDamage | null): void => {
    if (damage !== null && !damages.has(damage.where) && damages.size < MAX_DAMAGES) damages.set(damage.where, damage)
  }
  const { entries, checkpoints } = await db.transaction().setIsolationLevel('repeatable read').execute(async (trx) => ({
    entries: await storedExtent(trx),
    checkpoints: await allCheckpoints(trx),
  }))
  const heads = openHeads(checkpoints, verifierKey, report)
  const newest = heads.at(-1)
  const newestHolds = newest !== undefined && newest.size === checkpoints.at(-1)?.size
  if (entries > 0 && checkpoints.length === 0) report({ where: 'checkpoint', kind: 'checkpoint', detail: 'there is none' })

  await checkPlaces(db, Math.max(entries, newest?.size ?? 0), report, check)
  await checkWaiting(db, report)
  if (newestHolds && entries > newest.size) {
    report({ where: `entry ${newest.size}`, kind: 'entry', detail: `it and what follows, up to ${entries - 1}, are beyond the signed head` })
  }
  if (newest !== undefined) {
    const note = checkpoints.find(({ size }) => size === newest.size)?.note ?? ''
    const audit = await auditLog({
      checkpoint: note, verifierKey, readTile: tileReader(db), readEntries: entryReader(db), readAhead: 4, maxDamages: MAX_DAMAGES,
      onProgress: () => signal.throwIfAborted(),
    })
    for (const damage of audit.damages) report(fromLibrary(damage))
    if (audit.ok) await checkEarlierHeads(db, heads.slice(0, -1), report)
  }
  return { entries, damages: [...damages.values()] }
}

/** The checkpoints whose signatures hold, oldest first. */
function openHeads(stored: readonly StoredCheckpoint[], verifierKey: string, report: (damage: AuditDamage) => void): Checkpoint[] {
  return stored.flatMap(({ size, note }, index) => {
    const opened = openCheckpoint(note, verifierKey)
    const where = index === stored.length - 1 ? 'checkpoint' : `checkpoint ${size}`
    if (!opened.ok) report({ where, kind: 'checkpoint', detail: opened.reason })
    else if (opened.value.size !== size) report({ where, kind: 'checkpoint', detail: `it is the head of ${opened.value.size} entries, not ${size}` })
    else return [opened.value]
    return []
  })
}

/** Each earlier head must be a beginning of the log: the tiles, which hold by now, must hash to its root. */
async function checkEarlierHeads(db: Db, heads: readonly Checkpoint[], report: (damage: AuditDamage) => void): Promise<void> {
  const readTile = tileReader(db)
  for (const { size, root } of heads) {
    if (Buffer.compare(await rootFromTiles(size, readTile), root) === 0) continue
    report({ where: `checkpoint ${size}`, kind: 'checkpoint', detail: 'the log does not begin with the entries that it stood for' })
  }
}

function fromLibrary(damage: Damage): AuditDamage {
  const where = damage.kind === 'checkpoint' ? 'checkpoint' : damage.name
  return { where, kind: damage.kind, detail: damage.reason }
}
