import type { EvidenceBody } from '@datong/contracts'
import type { Db } from '@datong/metadata-store'
import { type EvidenceFilter, listEntries, type Visibility } from './evidence-store.ts'
import { parseBody } from './read-record.ts'
import { actionMark, actorMark, partyMark, subjectMark } from './segments/marks.ts'
import { recordsOf } from './segments/open-segment.ts'
import { firstIdAt, timeOf } from './segments/segment-id.ts'
import { type SegmentSearch, searchSegments } from './segments/segment-store.ts'
import type { StoredRecord } from './tables.ts'

/** Part of a list, newest first. */
export interface RecordPage {
  readonly records: readonly StoredRecord[]
  /** What to give as `before` for the next page; null after the last. A page that is not full may have one, too. */
  readonly next: string | null
}

/** Segments opened at once, at first and at most, and most records looked through for one page. */
const FIRST_STEP = 2
const LARGEST_STEP = 64
const MAX_EXAMINED = 100_000

/**
 * Records of both kinds, newest first. Segments are found by their marks and opened, and each of their records is held
 * against visibility and filter; a page ends early rather than look through more than
 * `maxExamined` of them.
 * @param before id below which the page begins
 */
export async function listRecords(
  db: Db, visibility: Visibility, filter: EvidenceFilter, before: string | null, limit: number, maxExamined = MAX_EXAMINED,
): Promise<RecordPage> {
  let found = await listEntries(db, visibility, filter, before, limit + 1)
  const search = searchFor(visibility, filter, before)
  if (search === null) return page(found, limit)
  const matches = matcher(visibility, filter, before)
  let upper = search.before
  let examined = 0
  for (let step = FIRST_STEP; ; step = Math.min(2 * step, LARGEST_STEP)) {
    const segments = await searchSegments(db, { ...search, before: upper }, step)
    for (const segment of segments) {
      examined += segment.count
      found.push(...recordsOf(segment).filter(matches))
    }
    found = found.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit + 1)
    const last = segments.at(-1)
    if (segments.length < step || last === undefined) return page(found, limit)
    // Another segment of the same millisecond may have records between those of this one.
    const complete = firstIdAt(new Date(timeOf(last.id).getTime() + 1))
    if ((found[limit]?.id ?? '') >= complete) return page(found, limit)
    // Not before it has got past a millisecond: the next page must begin further on.
    const isFurther = before === null || complete < before
    if (examined >= maxExamined && isFurther) return { records: found.filter(({ id }) => id >= complete), next: complete }
    upper = last.id
  }
}

function page(found: readonly StoredRecord[], limit: number): RecordPage {
  const records = found.slice(0, limit)
  return { records, next: found.length > limit ? (records.at(-1)?.id ?? null) : null }
}

/** @returns null when no access can be among what is looked for */
function searchFor(visibility: Visibility, filter: EvidenceFilter, before: string | null): SegmentSearch | null {
  if (filter.chain === 'decision') return null
  const { all, chain, party, actorId } = visibility
  const some = [...(party === null ? [] : [partyMark(party)]), ...(actorId === null ? [] : [actorMark(actorId)])]
  const seesAll = all || chain === 'access'
  if (!seesAll && some.length === 0) return null
  const { action, organisation, subject, from, to } = filter
  const every = [
    ...(action === undefined ? [] : [actionMark(action)]), ...(organisation === undefined ? [] : [partyMark(organisation)]),
    ...(subject === undefined ? [] : [subjectMark(subject)]),
  ]
  const ends = [to, before === null ? undefined : timeOf(before)].filter((end) => end !== undefined).map((end) => firstIdAt(new Date(end.getTime() + 1)))
  return { from: from === undefined ? null : firstIdAt(from), before: ends.sort()[0] ?? null, every, some: seesAll ? null : some }
}

/** Whether a record is looked for and may be seen; its time was settled by its segment's. */
function matcher(visibility: Visibility, filter: EvidenceFilter, before: string | null): (record: StoredRecord) => boolean {
  const { all, chain, party, actorId } = visibility
  const { action, organisation, subject } = filter
  const isAnything = (all || chain === 'access') && action === undefined && organisation === undefined && subject === undefined
  const isSeen = ({ parties, actor }: EvidenceBody): boolean =>
    all || chain === 'access' || (party !== null && parties.includes(party)) || (actorId !== null && actor.id === actorId)
  const isAsked = (body: EvidenceBody): boolean =>
    (action === undefined || body.action === action || body.action.startsWith(`${action}.`)) &&
    (organisation === undefined || body.parties.includes(organisation)) && (subject === undefined || body.subject.id === subject)
  return (record) => {
    if (before !== null && record.id >= before) return false
    if (isAnything) return true
    const body = parseBody(record.body)
    return body !== null && isSeen(body) && isAsked(body)
  }
}
