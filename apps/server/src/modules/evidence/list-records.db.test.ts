import type { EvidenceBody } from '@datong/contracts'
import { fixedClock, seededRandom } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EvidenceFilter, Visibility } from './evidence-store.ts'
import { evidenceMigrations } from './index.ts'
import { listRecords } from './list-records.ts'
import { anAccess, decide, evidenceFor, oneByOne } from './testing.ts'

const ORGANISATIONS = ['O1', 'O2', 'O3', 'O4']
const ACTIONS = ['delivery.rows.read', 'delivery.file.downloaded', 'catalog.entry.published', 'catalog.entry']
const START = Date.UTC(2026, 0, 1)
const MILLISECONDS = 6

interface Row {
  readonly id: string
  readonly chain: string
  readonly body: EvidenceBody
}

describe('a list of records of both kinds', () => {
  let database: TestDatabase
  let all: readonly Row[]
  const random = seededRandom(7)
  const below = (n: number): number => Math.floor(random.fraction() * n)
  const one = <T>(of: readonly T[]): T => of[below(of.length)]! // below its length
  const maybe = <T>(value: () => T): T | undefined => (below(2) === 0 ? undefined : value())
  const moment = (): Date => new Date(START + below(MILLISECONDS))
  const said = () => ({
    action: one(ACTIONS), parties: [one(ORGANISATIONS), one(ORGANISATIONS)], subject: { type: 'entry', id: `e-${below(5)}`, title: '' },
    actor: { kind: 'application', id: `app-${below(4)}`, name: '', organisation: null }, detail: {},
  } as const)

  /** Few milliseconds and two processes, so that segments share a millisecond and their records lie between each other's. */
  beforeAll(async () => {
    database = await createTestDatabase(evidenceMigrations)
    const clock = fixedClock(new Date(START))
    const writers = [evidenceFor(database.store, { clock }), evidenceFor(database.store, { clock })] as const
    await oneByOne(40, async () => {
      clock.set(moment())
      await Promise.all(writers.map((writer) => Promise.all(Array.from({ length: 1 + below(12) }, () => writer.recordAccess(anAccess(said()))))))
      await decide(database.store, writers[0], { ...said(), chain: one(['decision', 'access'] as const) })
      if (below(10) === 0) await writers[0].sequenceNow()
    })
    await Promise.all(writers.map((writer) => writer.stop?.()))
    const { rows } = await sql<Row>`select id, chain, body::json as body from evidence.record`.execute(database.store.db)
    all = rows.sort((a, b) => (a.id < b.id ? 1 : -1))
  })
  afterAll(() => database.drop())

  const matches = ({ all: seesAll, chain, party, actorId }: Visibility, filter: EvidenceFilter) => ({ id, chain: its, body }: Row): boolean => {
    const ms = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
    return (seesAll || its === chain || body.parties.some((code) => code === party) || body.actor.id === actorId) &&
      (filter.chain === undefined || its === filter.chain) &&
      (filter.action === undefined || `${body.action}.`.startsWith(`${filter.action}.`)) &&
      (filter.organisation === undefined || body.parties.includes(filter.organisation)) &&
      (filter.subject === undefined || body.subject.id === filter.subject) &&
      (filter.from === undefined || ms >= filter.from.getTime()) && (filter.to === undefined || ms <= filter.to.getTime())
  }
  const aVisibility = (): Visibility => ({
    all: below(4) === 0, chain: one([null, null, 'decision'] as const), party: maybe(() => one(ORGANISATIONS)) ?? null, actorId: maybe(() => `app-${below(4)}`) ?? null,
  })
  const aFilter = (): EvidenceFilter => ({
    chain: one([undefined, undefined, 'access', 'decision'] as const), action: maybe(() => one(['delivery', 'delivery.rows', 'catalog.entry', 'nothing'])),
    organisation: maybe(() => one(ORGANISATIONS)), subject: maybe(() => `e-${below(5)}`), from: maybe(moment), to: maybe(moment),
  })
  const pages = async (visibility: Visibility, filter: EvidenceFilter, limit: number, maxExamined?: number): Promise<string[][]> => {
    const seen: string[][] = []
    for (let before: string | null = null, isFirst = true; isFirst || before !== null; isFirst = false) {
      const page = await listRecords(database.store.db, visibility, filter, before, limit, maxExamined)
      seen.push(page.records.map(({ id }) => id))
      before = page.next
    }
    return seen
  }

  it('gives, page by page, exactly what a slow look through all records gives', async () => {
    expect(all.length).toBeGreaterThan(300)
    await oneByOne(100, async () => {
      const [visibility, filter, limit] = [aVisibility(), aFilter(), 1 + below(30)]
      const seen = await pages(visibility, filter, limit)
      expect(seen.flat(), JSON.stringify({ visibility, filter, limit })).toEqual(all.filter(matches(visibility, filter)).map(({ id }) => id))
      for (const page of seen.slice(0, -1)) expect(page).toHaveLength(limit)
    })
  })

  it('gives the same when it may look through little at a time, in pages that are not full', async () => {
    await oneByOne(40, async () => {
      const [visibility, filter] = [aVisibility(), aFilter()]
      expect((await pages(visibility, filter, 5, 10)).flat()).toEqual(all.filter(matches(visibility, filter)).map(({ id }) => id))
    })
  })
})
