import { SALT_BYTES } from '@datong/evidence-log'
import { checkBody } from '../check-record.ts'
import type { AuditDamage } from '../tables.ts'
import { marksOf } from './marks.ts'
import { linesOf, recordsOf } from './open-segment.ts'
import { saltsOf, unite } from './seal-segment.ts'
import type { CheckableSegment } from './segment-store.ts'

/**
 * Holds each record of a segment against its leaf, and what the segment says beside them against them all.
 * @returns what is wrong with each record, by its number, and with the segment as a whole
 */
export function checkSegment(segment: CheckableSegment): { readonly records: (AuditDamage | null)[]; readonly whole: AuditDamage | null } {
  const { id, count, first_leaf, salts, seed, usage } = segment
  const records = recordsOf(segment)
  const checked = records.map((record, ordinal) =>
    checkBody(record, first_leaf === null ? `pending ${record.id}` : `entry ${first_leaf + ordinal}`))
  const bodies = checked.flatMap((one) => (one.ok ? [one.value.body] : []))
  const areWhole = bodies.length === count
  const madeSalts = saltsOf({ id, seed, usage }, count)
  const said: readonly (readonly [what: string, isTrue: boolean])[] = [
    ['count', segment.placed_count === count],
    // Damaged bodies are named one by one; only what is wrong with whole ones is the segment's own.
    ['bodies', !areWhole || linesOf(segment.bodies).length === count],
    ['marks', !areWhole || JSON.stringify(unite(bodies.map(marksOf))) === JSON.stringify(segment.marks)],
    // A damaged salt spoils its own record, which is named; the others' show that seed and usage are those of the signing.
    ['seed or usage', checked.every((one, ordinal) => !one.ok || saltAt(madeSalts, ordinal).equals(saltAt(salts, ordinal)))],
  ]
  const changed = said.filter(([, isTrue]) => !isTrue).map(([what]) => what)
  return {
    records: checked.map((one) => (one.ok ? null : one.reason)),
    whole: changed.length === 0 ? null : { where: `segment ${id}`, kind: 'segment', detail: `not what was signed: ${changed.join(', ')}` },
  }
}

const saltAt = (salts: Buffer, ordinal: number): Buffer => salts.subarray(SALT_BYTES * ordinal, SALT_BYTES * (ordinal + 1))
