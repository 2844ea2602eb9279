import { systemRandom } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCursorCodec } from '../../../platform/cursor.ts'
import { createSealer } from '../../../platform/seal.ts'
import { anOfficer } from '../../../platform/testing.ts'
import { catalogMigrations } from '../../catalog/index.ts'
import { catalogFor } from '../../catalog/testing.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { evidenceFor } from '../../evidence/testing.ts'
import type { CollectionContext } from '../context.ts'
import { collectionMigrations } from '../index.ts'
import { createLoadStore } from '../loads/load-store.ts'
import { createSource } from './save-source.ts'
import { createSourceStore } from './source-store.ts'
import { beginDueLoads } from './watch-schedule.ts'

const officer = anOfficer('provider', '11990100MB0000002B', 'provider')
let database: TestDatabase
let context: CollectionContext
let now = new Date('2026-11-22T10:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...collectionMigrations])
  const { store } = database
  const cursors = createCursorCodec(new Uint8Array(32))
  context = {
    store, cursors, evidence: evidenceFor(store), catalog: (await catalogFor(store)).catalog, sealer: createSealer(new Uint8Array(32)), sources: createSourceStore(store.db, cursors),
    loads: createLoadStore(store.db, cursors), jobs: { enqueue: async () => 'job', work: async () => undefined }, clock: { now: () => now }, random: systemRandom,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  } as unknown as CollectionContext // the rest is not asked for
})
afterAll(() => database.drop())

it('begins each load when it is due, once, and one after the other', async () => {
  const { id } = await createSource(context, {
    name: '每日', kind: 'folder', settings: { folder: 'a', pattern: '*', quietSeconds: 0 }, from: { object: 'files' }, mode: 'full', markColumn: null, keyColumns: [], drift: 'hold', schedule: '0 * * * *',
  }, officer)
  const loads = async () => (await sql<{ id: string }>`select id from collection.load where details ->> 'sourceId' = ${id} order by id`.execute(database.store.db)).rows.map((row) => row.id)
  expect((await context.sources.find(id))?.next_run_at?.toISOString()).toBe('2026-11-22T11:00:00.000Z')
  expect(await beginDueLoads(context)).toBe(0)

  now = new Date('2026-11-22T11:00:10Z')
  expect((await Promise.all([beginDueLoads(context), beginDueLoads(context)])).toSorted()).toEqual([0, 1])
  expect(await loads()).toHaveLength(1)
  expect((await context.sources.find(id))?.entry_code).not.toBeNull()

  // The first one still goes on: the next waits for its end.
  now = new Date('2026-11-22T12:00:10Z')
  expect(await beginDueLoads(context)).toBe(0)
  await context.store.db.transaction().execute(async (trx) => {
    const [first] = await loads()
    const load = await context.loads.change(trx, first!, { outcome: 'failed', finished_at: now, error: JSON.stringify({ code: 'server/failure', detail: '', params: {}, errors: [] }) })
    await context.evidence.record(trx, { chain: 'decision', action: 'collection.load.failed', actor: officer.actor, parties: [], subject: { type: 'load', id: load.id, title: '' }, detail: {} })
  })
  expect(await beginDueLoads(context)).toBe(1)
  expect(await loads()).toHaveLength(2)
  expect((await context.sources.find(id))?.next_run_at?.toISOString()).toBe('2026-11-22T13:00:00.000Z')
})
