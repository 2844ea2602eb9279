import type { Role } from '@datong/contracts'
import { fixedClock } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../platform/caller.ts'
import { createCursorCodec } from '../../platform/cursor.ts'
import { anOfficer, plainOrganisations } from '../../platform/testing.ts'
import type { PublishedEntry } from '../catalog/index.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { evidenceFor } from '../evidence/testing.ts'
import type { NoticeDraft } from '../notices/index.ts'
import type { Conduct, DueEvaluation, GrantInForce } from '../sharing/index.ts'
import type { Mending } from '../tickets/index.ts'
import { createGovernance, type Governance, governanceMigrations } from './index.ts'

const TAX = '11330000MB0000001A'
const PARKS = '11330000MB0000002B'

describe('governance', () => {
  let database: TestDatabase
  let governance: Governance
  let told: NoticeDraft[]
  let uses: { entries: { entryCode: string; organisation: string | null; at: Date }[]; grants: Map<string, Date> }
  let conducts: Conduct[]
  let due: DueEvaluation[]
  let mendings: Mending[]
  const clock = fixedClock('2026-11-20T02:00:00Z')
  const entry: PublishedEntry = { code: '301001-000001', organisation: PARKS, title: '停车场', stars: 5, publishedAt: new Date('2026-01-01T00:00:00Z') }
  const grant: GrantInForce = {
    id: 'g1', number: 'G-2026-0001', entryCode: entry.code, entryTitle: entry.title, provider: PARKS, consumer: TAX, since: new Date('2026-02-01T00:00:00Z'),
  }

  beforeEach(async () => {
    database = await createTestDatabase([...evidenceMigrations, ...governanceMigrations])
    clock.set('2026-11-20T02:00:00Z')
    told = []
    conducts = []
    due = []
    mendings = []
    uses = { entries: [], grants: new Map() }
    governance = createGovernance({
      db: database.store.db, evidence: evidenceFor(database.store), notices: { tell: async (draft) => void told.push(draft) },
      organisations: { ...plainOrganisations, codes: () => [PARKS, TAX] },
      catalog: { publishedEntries: async () => [entry] },
      sharing: { grantsInForce: async () => [grant], conductSince: async () => conducts, dueEvaluations: async () => due },
      delivery: { lastUses: async () => uses }, tickets: { mendingSince: async () => mendings },
      cursors: createCursorCodec(new Uint8Array(32)), clock, log: { warn: () => undefined }, sleepingAfterDays: 90,
    })
  })
  afterEach(() => database.drop())

  const ask = async (id: string, caller: Caller, reach: 'own' | 'all', params = {}): Promise<unknown> => {
    const found = governance.routes.find(({ operation }) => operation.id === id)!
    // The routes read nothing but caller, reach, params and query.
    return found.handle({ caller, reach, params, query: {}, body: undefined } as never, undefined as never, undefined as never)
  }
  const officer = (organisation: string | null, role: Role): Caller => anOfficer('某人', organisation, role)

  it('finds what sleeps, and tells both sides once for each sleep', async () => {
    await governance.refresh()
    await governance.refresh()
    expect(new Set(told.map(({ key }) => key)).size).toBe(3)
    expect(told.slice(0, 3).map(({ kind, to }) => [kind, to.organisation, to.roles])).toEqual([
      ['entry-sleeping', PARKS, ['provider']], ['grant-sleeping', PARKS, ['provider']], ['grant-sleeping', TAX, ['consumer']],
    ])
    expect(await ask('listSleeping', officer(null, 'leader'), 'all')).toMatchObject({ total: 2, afterDays: 90, items: [{ kind: 'entry', days: 323 }, { kind: 'grant' }] })
  })

  it('forgets the sleep of what was used, and tells anew when it falls asleep again', async () => {
    await governance.refresh()
    const [first] = told
    uses.entries.push({ entryCode: entry.code, organisation: null, at: new Date('2026-11-19T00:00:00Z') })
    uses.grants.set(grant.id, new Date('2026-11-19T00:00:00Z'))
    await governance.refresh()
    expect(await ask('listSleeping', officer(null, 'leader'), 'all')).toMatchObject({ total: 0 })
    clock.set('2027-03-01T00:00:00Z')
    told.length = 0
    await governance.refresh()
    expect(told[0]!.key).not.toBe(first!.key)
  })

  it('scores every department once a day, in evidence, and shows what the score is made of', async () => {
    conducts = [{ organisation: PARKS, punctuality: { good: 0, all: 20 }, evaluation: { good: 0, all: 0 }, violations: 0 }]
    mendings = [{ organisation: PARKS, mending: { good: 3, all: 4 } }]
    await governance.refresh()
    await governance.refresh()
    expect(await ask('listCredit', officer(null, 'steward'), 'all')).toMatchObject({
      computedOn: '2026-11-20',
      items: [
        { organisation: { code: TAX }, score: 76.8, before: null },
        { organisation: { code: PARKS }, score: 54, components: [{ name: 'punctuality', good: 0, all: 20, weight: 35 }, {}, { name: 'mending', good: 3, all: 4 }, {}, {}] },
      ],
    })
    expect(await governance.creditOf(PARKS)).toBe(54)
    const { rows } = await sql<{ subject_id: string }>`select subject_id from evidence.pending where action = 'governance.credit.computed'`.execute(database.store.db)
    expect(rows).toEqual([{ subject_id: '2026-11-20' }])
  })

  it('reminds the consumer of each evaluation that he owes', async () => {
    due = [{ grantId: 'g1', number: 'G-2026-0001', entryTitle: '停车场', consumer: TAX, applicantId: 'x', dueAt: new Date('2026-11-01T00:00:00Z') }]
    await governance.refresh()
    expect(told.at(-1)).toMatchObject({ kind: 'evaluation-due', to: { organisation: TAX, roles: ['consumer'] }, key: 'grant g1 evaluation due 2026-11-01T00:00:00.000Z' })
  })

  it('lets no score change without evidence', async () => {
    await governance.refresh()
    await expect(sql`update governance.credit set score = 100`.execute(database.store.db)).rejects.toThrow('without its evidence')
  })

  it('shows a department itself alone', async () => {
    await governance.refresh()
    const consumer = officer(TAX, 'consumer')
    expect(await ask('listCredit', consumer, 'own')).toMatchObject({ items: [{ organisation: { code: TAX } }] })
    await expect(ask('getCredit', consumer, 'own', { organisation: PARKS })).rejects.toMatchObject({ code: 'request/not-found' })
    expect(await ask('listSleeping', consumer, 'own')).toMatchObject({ items: [{ kind: 'grant' }] })
    expect(await ask('listSleeping', officer(null, 'consumer'), 'own')).toMatchObject({ total: 0 })
  })

  it('takes a department of which nothing is known as good as most', async () => {
    expect(await governance.creditOf(TAX)).toBe(80)
  })
})
