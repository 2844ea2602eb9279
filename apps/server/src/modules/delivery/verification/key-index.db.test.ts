import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { evidenceMigrations } from '../../evidence/index.ts'
import { deliveryMigrations } from '../index.ts'
import { createKeyIndexes } from './key-index.ts'

const COLUMNS = ['f1', 'f2', 'f3', 'f4']
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...deliveryMigrations])
  await database.store.pool.query(`create table serving.r_people as select ${COLUMNS.map((name, at) => `(n * ${at + 3})::text as ${name}`).join(', ')} from generate_series(1, 30000) n`)
})
afterAll(() => database.drop())

it('builds all indexes of a table, whoever asks for them at the same time', async () => {
  const table = { name: 'r_people', columns: new Map(COLUMNS.map((name) => [name, name])) } as unknown as Parameters<ReturnType<typeof createKeyIndexes>['ensure']>[0] // what is looked at
  const processes = [createKeyIndexes(database.store), createKeyIndexes(database.store)]
  await Promise.all(processes.map((one) => one.ensure(table, COLUMNS)))
  const { rows } = await database.store.pool.query<{ indexname: string }>(`select indexname from pg_indexes where tablename = 'r_people' order by 1`)
  expect(rows.map(({ indexname }) => indexname)).toEqual(COLUMNS.map((name) => `r_people_${name}_key`))
})
