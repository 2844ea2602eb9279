import { createJobRunner, type JobLog } from '@datong/job-runner'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCursorCodec } from '../../../platform/cursor.ts'
import { anOfficer } from '../../../platform/testing.ts'
import { catalogMigrations } from '../../catalog/index.ts'
import { anEntry, catalogFor } from '../../catalog/testing.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { createSharing, sharingMigrations } from '../index.ts'
import { createSharingStore } from '../sharing-store.ts'
import { anApplication, depsFor } from '../testing.ts'
import { createWatch } from './watch-job.ts'

const quiet: JobLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
const provider = anOfficer('provider', 'P1', 'provider')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations])
})
afterAll(() => database.drop())

it('passes a late application to the bureau by the job that two processes ask for', async () => {
  const { store } = database
  const house = await catalogFor(store)
  const deps = depsFor(store, house)
  const sharing = createSharing(deps)
  const entry = await anEntry(house, provider, { store, sharingType: 'conditional', openingType: 'closed', publishBy: anOfficer('steward', 'B', 'steward') })
  const { id } = await sharing.apply(anApplication(entry), anOfficer('consumer', 'C1', 'consumer'))
  house.clock.set('2026-12-07T02:00:00Z')

  const context = { ...deps, store: createSharingStore(store.db, createCursorCodec(new Uint8Array(32))) }
  const runners = (['all', 'api'] as const).map((role) => createJobRunner({ store, log: quiet, role, stopTimeoutMs: 1_000 }))
  const watches = runners.map((runner) => createWatch(context, runner, 50))
  for (const watch of watches) await watch.start()
  for (const runner of runners) await runner.start()
  try {
    await expect.poll(async () => (await context.store.findApplication(id))?.escalated_at?.toISOString(), { timeout: 15_000, interval: 50 }).toBe('2026-12-07T02:00:00.000Z')
    const history = (await context.store.histories([id])).get(id) ?? []
    expect(history.map(({ action }) => action)).toEqual(['submitted', 'escalated'])
  } finally {
    for (const watch of watches) await watch.stop()
    for (const runner of runners) await runner.stop()
  }
})
