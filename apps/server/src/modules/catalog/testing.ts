import type { FieldSchema } from '@datong/data-engine'
import { fixedClock, systemRandom } from '@datong/kernel'
import { inTransaction, type Store } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import { createCursorCodec } from '../../platform/cursor.ts'
import { plainCalendar, plainOrganisations, recordingEvents } from '../../platform/testing.ts'
import { evidenceFor } from '../evidence/testing.ts'
import { classificationOf, EMPTY_DESCRIPTION, type EntryRecord } from './entry/entry.ts'
import { createCatalog } from './index.ts'

const SOME_FIELDS: readonly FieldSchema[] = [
  { name: '停车场名称', type: 'text', nullable: false },
  { name: '联系人', type: 'text', nullable: true },
  { name: '泊位数', type: 'integer', nullable: true },
]

/** A catalogue over a test store with `evidenceMigrations` and `catalogMigrations`. */
export async function catalogFor(store: Store, callers: ReadonlyMap<string, Caller> = new Map()) {
  const events = recordingEvents()
  const clock = fixedClock('2026-11-20T02:00:00Z')
  const catalog = createCatalog({
    db: store.db, evidence: evidenceFor(store), events, organisations: plainOrganisations, maskingMethods: ['name', 'redact'],
    cursors: createCursorCodec(new Uint8Array(32)), clock, calendar: plainCalendar, random: systemRandom,
    callerOf: async (id) => callers.get(id), publicUrl: null,
    search: { listen: store.listen, indexFile: null }, jobs: { work: async () => undefined, enqueue: async () => undefined }, log: { info: () => undefined, warn: () => undefined },
  })
  await catalog.start?.()
  return { catalog, events, clock }
}

/** An entry with data of its own, described and ready for review; `publish` takes it all the way. */
export async function anEntry(
  { catalog, events }: Awaited<ReturnType<typeof catalogFor>>,
  owner: Caller,
  options: { title?: string; fields?: readonly FieldSchema[]; openingType?: 'open' | 'on-application' | 'closed'; sharingType?: 'unconditional' | 'conditional' | 'not-shared'; publishBy?: Caller; store: Store },
): Promise<string> {
  const { code } = await inTransaction(options.store.db, (trx) =>
    catalog.draft(trx, { title: options.title ?? '停车场基本信息', organisation: owner.organisation!, actor: owner.actor })) // officers have one
  const version = { entryCode: code, version: 1, loadId: '00000000-0000-7000-8000-000000000001' }
  const fields = options.fields ?? SOME_FIELDS
  events.published.push({ name: 'collection.version-made', payload: { ...version, fields: [...fields], rowCount: 3, at: '2026-11-20T01:00:00Z' } })
  events.published.push({
    name: 'protection.fields-graded',
    payload: {
      ...version, stars: 4, identifierCandidates: [fields[0]!.name], // at least one field
      fields: fields.map(({ name }) => (name === '联系人'
        ? { name, recognizer: 'person-name', grade: 'internal', masking: 'name', confidence: 0.9, evidence: [] }
        : { name, recognizer: null, grade: 'public', masking: null, confidence: 0, evidence: [] })),
    },
  })
  await events.deliver()
  await catalog.edit(code, {
    summary: '全市停车场', sharingType: options.sharingType ?? 'unconditional', openingType: options.openingType ?? 'open',
    ...(options.sharingType === 'conditional' ? { sharingCondition: '履行法定职责需要' } : {}),
    ...(options.sharingType === 'not-shared' ? { legalBasis: '《统计法》第九条' } : {}),
  }, owner)
  if (options.publishBy !== undefined) {
    await catalog.act(code, 'submit', {}, owner)
    await catalog.act(code, 'publish', {}, options.publishBy)
    await events.deliver()
  }
  return code
}

/** A record of an entry as it stands in the catalogue, for what works on records alone. */
export const anEntryRecord = (change: Partial<EntryRecord> = {}): EntryRecord => {
  const at = new Date('2026-11-20T02:00:00Z')
  const code = change.code ?? '301001-000001'
  return { ...EMPTY_DESCRIPTION, code, classification: classificationOf(code), organisation: 'P1', title: '停车场', createdAt: at, changedAt: at, ...change }
}
