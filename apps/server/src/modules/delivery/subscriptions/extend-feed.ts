import type { DataEngine, FieldSchema } from '@datong/data-engine'
import { inTransaction, notify, type Trx } from '@datong/metadata-store'
import type { EntryRecord } from '../../catalog/index.ts'
import type { DeliveryContext } from '../context.ts'
import type { LakeVersion } from '../deps.ts'
import { canBeKey, compareVersions, haveSameFields, isKeyOf, KeyUnfit } from './compare-versions.ts'
import { addAcross, addSince, canLead, type LiveTableRow, newestLive } from './captured-feed.ts'
import { CHANGES_CHANNEL, type FeedStore } from './feed-store.ts'
import type { ChangeSet } from './tables.ts'

/** Told in the transaction in which a feed grew: by a version, or by states behind one. */
export type FeedGrown = (trx: Trx, entryCode: string, by: 'version' | 'state') => Promise<void>

/** A beginning is told anew when so many states stand behind the last one, or five times the rows: what is kept of them has a bound. */
const MOST_STATES = 1_000_000

type FeedContext = DeliveryContext & { readonly feed: FeedStore }

/**
 * Leads an entry's feed on to its current version, and behind it to the newest state of its live table. Doing it again changes
 * nothing. Rows are matched by the identifier; where that cannot be (none, empty or double keys, other fields) the feed begins anew.
 */
export async function extendFeed(context: FeedContext, entryCode: string, onGrown: FeedGrown): Promise<void> {
  const entry = await context.catalog.find(entryCode)
  const version = await context.lake.current(entryCode)
  if (entry?.state !== 'published' || version === undefined) return
  const { feed } = context
  for (let isMore = true; isMore;) {
    const [known, live] = await Promise.all([feed.last(null, entryCode), newestLive(context.store.db, entryCode)])
    if (known !== undefined && !(await isBehind(context, known, entry, version, live))) return
    isMore = await inTransaction(context.store.db, async (trx) => {
      await feed.lock(trx, entryCode)
      const last = await feed.last(trx, entryCode)
      const now = await newestLive(trx, entryCode)
      if (last !== undefined && !(await isBehind(context, last, entry, version, now))) return false
      const by = last !== undefined && now !== undefined && leadsOn(last, entry, version, now) && (await addStates(context, trx, last, now)) ? 'state' : 'version'
      if (by === 'version') await addVersion(context, trx, last, entry, version)
      await notify(trx, CHANGES_CHANNEL, entryCode)
      await onGrown(trx, entryCode, by)
      // Behind a version there may be states already.
      return by === 'version'
    })
  }
}

/** Whether states of the newest table follow what was told last: on the version itself, or on states before. */
const leadsOn = (last: ChangeSet, entry: EntryRecord, version: LakeVersion, live: LiveTableRow): boolean =>
  live.version === version.number && canLead(live, last.key_field) && keysOf(entry, version).some(({ name }) => name === last.key_field) &&
  (last.kind === 'state' || last.to_version === live.version)

async function isBehind({ captured }: FeedContext, last: ChangeSet, entry: EntryRecord, version: LakeVersion, live: LiveTableRow | undefined): Promise<boolean> {
  if (live !== undefined && leadsOn(last, entry, version, live)) return last.table_name !== live.table ? last.kind === 'state' || live.through > live.base : (last.to_state ?? 0) < live.through
  // The table of a version that packs what has been told is on its way; it goes on from there.
  if (last.kind === 'state' && live !== undefined && live.version !== version.number && canLead(live, last.key_field)) {
    const next = await captured?.continuing(entry.code, version.number)
    if (next != null && next !== 'over' && next.captureId === live.captureId && next.epoch === live.epoch) return false
  }
  return !isUpToDate(last, entry, version)
}

/** @returns false when the feed has to begin anew */
async function addStates({ feed, clock }: FeedContext, trx: Trx, last: ChangeSet, live: LiveTableRow): Promise<boolean> {
  const first = last.last_position + 1
  const made_at = clock.now()
  if (last.kind === 'state' && last.table_name === live.table) {
    const count = await addSince(trx, last.entry_code, first, live, last.to_state ?? live.base)
    await feed.growSet(trx, last, { last_position: last.last_position + count, to_state: live.through, made_at })
    return true
  }
  const isLong = last.kind === 'state' && await feed.statesBehind(trx, last.entry_code) > Math.max(MOST_STATES, 5 * live.rowCount)
  const count = isLong ? undefined : last.kind === 'state' ? await addAcross(trx, last.entry_code, first, last, live) : await addSince(trx, last.entry_code, first, live, live.base)
  if (count === undefined) return false
  await feed.insertSet(trx, {
    entry_code: last.entry_code, number: last.number + 1, kind: 'state', from_version: null, to_version: live.version, key_field: last.key_field, first_position: first, last_position: first + count - 1,
    table_name: live.table, to_state: live.through, fields: JSON.stringify(live.fields), made_at,
  })
  return true
}

async function addVersion(context: FeedContext, trx: Trx, last: ChangeSet | undefined, entry: EntryRecord, version: LakeVersion): Promise<void> {
  const { feed, engine, clock } = context
  const first = (last?.last_position ?? 0) + 1
  const placed = (await difference(context, trx, last, entry, version, first)) ?? (await beginning(engine, entry.fields.filter(({ identifier }) => identifier), version, first))
  await feed.insertSet(trx, { entry_code: entry.code, number: (last?.number ?? 0) + 1, to_version: version.number, made_at: clock.now(), table_name: null, to_state: null, fields: null, ...placed })
  // Everybody begins here now: nobody reads what was before.
  if (placed.kind !== 'difference') await feed.deleteBefore(trx, entry.code, first)
}

type Placed = Pick<ChangeSet, 'kind' | 'from_version' | 'key_field' | 'first_position' | 'last_position'>

const keysAmong = (identifiers: readonly { readonly name: string }[], version: LakeVersion): FieldSchema[] =>
  version.fields.filter((field) => canBeKey(field) && identifiers.some(({ name }) => name === field.name))

const keysOf = (entry: EntryRecord, version: LakeVersion): FieldSchema[] => keysAmong(entry.fields.filter(({ identifier }) => identifier), version)

/** States behind a version are not the version: only a table that goes on with them leads on. */
const isUpToDate = (last: ChangeSet, entry: EntryRecord, version: LakeVersion): boolean =>
  last.kind !== 'state' && last.to_version === version.number && (last.key_field === null || keysOf(entry, version).some(({ name }) => name === last.key_field))

async function difference(
  { feed, lake, engine }: FeedContext, trx: Trx, last: ChangeSet | undefined, entry: EntryRecord, version: LakeVersion, first: number,
): Promise<Placed | undefined> {
  if (last === undefined || last.kind === 'state' || last.key_field === null || last.to_version === version.number) return undefined
  const before = await lake.version(entry.code, last.to_version)
  const key = keysOf(entry, version).find(({ name }) => name === last.key_field)
  if (before === undefined || key === undefined || !haveSameFields(before.fields, version.fields)) return undefined
  try {
    const count = await feed.insertChanges(trx, entry.code, first, compareVersions(engine, before, version, key))
    return { kind: 'difference', from_version: last.to_version, key_field: key.name, first_position: first, last_position: first + count - 1 }
  } catch (error) {
    if (!(error instanceof KeyUnfit)) throw error
    await feed.deleteChangesFrom(trx, entry.code, first)
    return undefined
  }
}

/** One position to forget all at, then one for each row when rows have keys. */
export async function beginning(engine: DataEngine, identifiers: readonly { readonly name: string }[], version: LakeVersion, first: number): Promise<Placed> {
  for (const key of keysAmong(identifiers, version)) {
    if (!(await isKeyOf(engine, version, key))) continue
    return { kind: 'snapshot', from_version: null, key_field: key.name, first_position: first, last_position: first + version.rowCount }
  }
  return { kind: 'version', from_version: null, key_field: null, first_position: first, last_position: first }
}
