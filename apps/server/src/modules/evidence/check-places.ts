import type { Db } from '@datong/metadata-store'
import { readPendingForCheck, readRecordsForCheck } from './audit-store.ts'
import { checkRecord } from './check-record.ts'
import { checkSegment } from './segments/check-segment.ts'
import { findStraySegments, readSegmentsForCheck, readWaitingSegmentsForCheck } from './segments/segment-store.ts'
import type { AuditDamage } from './tables.ts'

type Report = (damage: AuditDamage | null) => void

const PAGE = 512
const WAITING_SEGMENTS = 64

/**
 * Checks the record at each place of the log, of either kind, and that each place has one.
 * @param entries how many places there are
 */
export async function checkPlaces(
  db: Db, entries: number, report: Report, { signal, onProgress }: { signal: AbortSignal; onProgress: (checked: number, entries: number) => Promise<void> },
): Promise<void> {
  // A segment's records may go on beyond the page that it begins on.
  const taken = new Map<number, AuditDamage | null>()
  const take = (place: number, damage: AuditDamage | null): void => {
    if (taken.has(place)) report({ where: `entry ${place}`, kind: 'entry', detail: 'two records claim its place' })
    taken.set(place, damage)
  }
  for (let next = 0; next < entries; ) {
    signal.throwIfAborted()
    const end = Math.min(entries, next + PAGE)
    for (const record of await readRecordsForCheck(db, next, end)) take(record.leaf_index, checkRecord(record, `entry ${record.leaf_index}`))
    for (const segment of await readSegmentsForCheck(db, next, end)) {
      const { records, whole } = checkSegment(segment)
      records.forEach((damage, ordinal) => take((segment.first_leaf ?? 0) + ordinal, damage))
      report(whole)
    }
    for (; next < end; next++) {
      const damage = taken.get(next)
      report(damage === undefined ? { where: `entry ${next}`, kind: 'entry', detail: 'it is missing' } : damage)
      taken.delete(next)
    }
    await onProgress(next, entries)
  }
}

/** Checks what has no place yet, and that every segment has one or waits for one. */
export async function checkWaiting(db: Db, report: Report): Promise<void> {
  for (const record of await readPendingForCheck(db, PAGE)) report(checkRecord(record, `pending ${record.id}`))
  for (const segment of await readWaitingSegmentsForCheck(db, WAITING_SEGMENTS)) {
    const { records, whole } = checkSegment(segment)
    records.forEach(report)
    report(whole)
  }
  for (const { id, stray } of await findStraySegments(db, PAGE)) {
    report({ where: `segment ${id}`, kind: 'segment', detail: stray ? 'it has no place and waits for none' : 'it is missing' })
  }
}
