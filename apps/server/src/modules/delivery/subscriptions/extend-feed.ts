import type { DataEngine, FieldSchema } from '@datong/data-engine'
import { inTransaction, notify, type Trx } from '@datong/metadata-store'
import type { EntryRecord } from '../../catalog/index.ts'
import type { DeliveryContext } from '../context.ts'
import type { LakeVersion } from '../deps.ts'
import { canBeKey, compareVersions, haveSameFields, isKeyOf, KeyUnfit } from './compare-versions.ts'
import { CHANGES_CHANNEL, type FeedStore } from './feed-store.ts'
import type { ChangeSet } from './tables.ts'

/** Told in the transaction in which a feed grew. */
export type FeedGrown = (trx: Trx, entryCode: string) => Promise<void>

/**
 * Leads an entry's feed on to its current version. Doing it again changes nothing. Rows are matched by the identifier;
 * where that cannot be (none, empty or double keys, other fields) the feed begins anew.
 */
export async function extendFeed(context: DeliveryContext & { readonly feed: FeedStore }, entryCode: string, onGrown: FeedGrown): Promise<void> {
  const entry = await context.catalog.find(entryCode)
  const version = await context.lake.current(entryCode)
  if (entry?.state !== 'published' || version === undefined) return
  const { feed } = context
  const known = await feed.last(null, entryCode)
  if (known !== undefined && isUpToDate(known, entry, version)) return
  await inTransaction(context.store.db, async (trx) => {
    await feed.lock(trx, entryCode)
    const last = await feed.last(trx, entryCode)
    if (last !== undefined && isUpToDate(last, entry, version)) return
    const next = { entry_code: entryCode, number: (last?.number ?? 0) + 1, to_version: version.number, made_at: context.clock.now() }
    const first = (last?.last_position ?? 0) + 1
    const placed = (await difference(context, trx, last, entry, version, first)) ?? (await beginning(context.engine, entry.fields.filter(({ identifier }) => identifier), version, first))
    await feed.insertSet(trx, { ...next, ...placed })
    // Everybody begins here now: nobody reads what was before.
    if (placed.kind !== 'difference') await feed.deleteBefore(trx, entryCode, first)
    await notify(trx, CHANGES_CHANNEL, entryCode)
    await onGrown(trx, entryCode)
  })
}

type Placed = Pick<ChangeSet, 'kind' | 'from_version' | 'key_field' | 'first_position' | 'last_position'>

const keysAmong = (identifiers: readonly { readonly name: string }[], version: LakeVersion): FieldSchema[] =>
  version.fields.filter((field) => canBeKey(field) && identifiers.some(({ name }) => name === field.name))

const keysOf = (entry: EntryRecord, version: LakeVersion): FieldSchema[] => keysAmong(entry.fields.filter(({ identifier }) => identifier), version)

const isUpToDate = (last: ChangeSet, entry: EntryRecord, version: LakeVersion): boolean =>
  last.to_version === version.number && (last.key_field === null || keysOf(entry, version).some(({ name }) => name === last.key_field))

async function difference(
  { feed, lake, engine }: DeliveryContext & { readonly feed: FeedStore }, trx: Trx, last: ChangeSet | undefined, entry: EntryRecord, version: LakeVersion, first: number,
): Promise<Placed | undefined> {
  if (last === undefined || last.key_field === null || last.to_version === version.number) return undefined
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
