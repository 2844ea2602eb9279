import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anOfficer } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { anEntry, catalogFor } from '../catalog/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { type Sharing, sharingMigrations } from './index.ts'
import { anApplication, sharingFor } from './testing.ts'

const steward = anOfficer('steward', 'B', 'steward')
const SINCE = new Date('2026-01-01T00:00:00Z')
const scores = { quality: 4, timeliness: 4, effect: 4 }

describe('the conduct of departments', () => {
  let database: TestDatabase
  let house: Awaited<ReturnType<typeof catalogFor>>
  let sharing: Sharing
  let round = 0

  beforeAll(async () => {
    database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations])
    house = await catalogFor(database.store)
    sharing = sharingFor(database.store, house)
  })
  afterAll(() => database.drop())
  beforeEach(() => house.clock.set('2026-11-20T02:00:00Z')) // a Friday

  /** Two departments that no other test knows. */
  function sides() {
    round++
    return { provider: anOfficer(`p${round}`, `P${round}`, 'provider'), consumer: anOfficer(`c${round}`, `C${round}`, 'consumer') }
  }
  async function anAsked({ provider, consumer }: ReturnType<typeof sides>, sharingType: 'conditional' | 'unconditional' = 'conditional', until = '2027-06-30') {
    const code = await anEntry(house, provider, { store: database.store, sharingType, openingType: 'closed', publishBy: steward })
    return sharing.apply(anApplication(code, { until }), consumer)
  }
  const conductOf = async (organisation: string) => (await sharing.conductSince(SINCE)).find((one) => one.organisation === organisation)
  const dueOf = async (organisation: string) => (await sharing.dueEvaluations()).filter(({ consumer }) => consumer === organisation)

  it('counts what people answered in time, what they answered late, and what is late', async () => {
    const both = sides()
    const [first, second] = [await anAsked(both), await anAsked(both)]
    await anAsked(both)
    await sharing.act(first.id, 'approve', {}, both.provider)
    house.clock.set('2026-12-21T02:00:00Z')
    await sharing.act(second.id, 'refuse', { reason: '理由', legalBasis: '依据' }, both.provider)
    expect(await conductOf(both.provider.organisation!)).toMatchObject({ punctuality: { good: 1, all: 3 } })
  })

  it('leaves out what a rule decided, and what still has time', async () => {
    const both = sides()
    await anAsked(both, 'unconditional')
    await anAsked(both)
    expect(await conductOf(both.provider.organisation!)).toBeUndefined()
  })

  it('counts grants that were taken away, and evaluations of those that ended', async () => {
    const both = sides()
    const revoked = await anAsked(both, 'unconditional')
    const ended = await anAsked(both, 'unconditional', '2026-11-30')
    await sharing.act(revoked.id, 'revoke', { reason: '转交他人', ground: 'misuse' }, both.provider)
    house.clock.set('2026-12-02T02:00:00Z')
    await sharing.watch()
    await sharing.act(ended.id, 'evaluate', { scores }, both.consumer)
    expect(await conductOf(both.consumer.organisation!)).toMatchObject({ violations: 1, evaluation: { good: 1, all: 2 } })
  })

  it('knows the evaluations that are owed until they are made', async () => {
    const both = sides()
    const { id, grantId } = await anAsked(both, 'unconditional', '2026-11-30')
    expect(await dueOf(both.consumer.organisation!)).toEqual([])
    house.clock.set('2026-12-02T02:00:00Z')
    await sharing.watch()
    expect(await dueOf(both.consumer.organisation!)).toMatchObject([{ grantId, applicantId: both.consumer.actor.id }])
    await sharing.act(id, 'evaluate', { scores }, both.consumer)
    expect(await dueOf(both.consumer.organisation!)).toEqual([])
  })
})
