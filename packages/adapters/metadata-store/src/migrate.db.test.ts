import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Migration, migrate } from './migrate.ts'
import { createTestDatabase, type TestDatabase } from './testing/index.ts'

const step = (name: string, statement: string, version?: string): Migration => ({
  name,
  ...(version === undefined ? {} : { version }),
  up: async (db) => void (await sql.raw(statement).execute(db)),
})

describe('migrations', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  it('apply once, in the order of their dates, whoever starts first', async () => {
    const steps = [step('20260102T0000-b', 'alter table a add column b int'), step('20260101T0000-a', 'create table a (id int)')]
    const runs = await Promise.all([migrate(database.store.db, steps), migrate(database.store.db, steps)])
    expect(runs.flat()).toEqual(['20260101T0000-a', '20260102T0000-b'])
    expect(await migrate(database.store.db, steps)).toEqual([])
  })

  it('leave nothing of a step that failed half-way', async () => {
    const steps = [
      step('20260101T0000-a', ''), step('20260102T0000-b', ''),
      step('20260103T0000-c', 'create table c (id int); select 1/0'),
    ]
    await expect(migrate(database.store.db, steps)).rejects.toThrow(/division by zero/)
    const { rows } = await sql<{ c: string | null }>`select to_regclass('c') as c`.execute(database.store.db)
    expect(rows[0]?.c).toBeNull()
  })

  it('refuse a store that a newer program migrated', async () => {
    await expect(migrate(database.store.db, [step('20260101T0000-a', '')]))
      .rejects.toMatchObject({ code: 'store/newer-than-program', params: { migration: '20260102T0000-b' } })
  })

  it('refuse an applied step whose version was changed', async () => {
    const steps = [step('20260101T0000-a', '', '2'), step('20260102T0000-b', '')]
    await expect(migrate(database.store.db, steps)).rejects.toMatchObject({ code: 'store/migration-changed' })
  })
})
