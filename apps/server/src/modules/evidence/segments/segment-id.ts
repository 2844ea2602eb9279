import { type Random, uuidv7 } from '@datong/kernel'

/** Records that a segment can number: what fits the 12 bits `rand_a` of a UUID version 7. */
export const MAX_SEGMENT = 4096

/** Where `rand_a` stands in the text of a UUID. */
const FROM = 15
const TO = 18

/**
 * A segment's id: a UUID version 7 whose `rand_a` is zero. Its records have the same id but for their number in `rand_a`, so
 * ids sort by time, and a record's segment is found by the record's id alone.
 * @see RFC 9562 section 5.7
 */
export const newSegmentId = (at: Date, random: Random): string => recordIdOf(uuidv7({ now: () => at }, random), 0)

/** The id of a segment's record. @param ordinal from 0, below `MAX_SEGMENT` */
export const recordIdOf = (segmentId: string, ordinal: number): string =>
  segmentId.slice(0, FROM) + ordinal.toString(16).padStart(3, '0') + segmentId.slice(TO)

/** The id of the segment that a record would be in, and its number there. @param id lower case */
export const placeOf = (id: string): { readonly segmentId: string; readonly ordinal: number } => ({
  segmentId: recordIdOf(id, 0), ordinal: Number.parseInt(id.slice(FROM, TO), 16),
})

/** The millisecond in a UUID version 7. */
export const timeOf = (id: string): Date => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16))

/** The smallest id of a millisecond, so that a span of time becomes a range of the primary order. */
export function firstIdAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`
}
