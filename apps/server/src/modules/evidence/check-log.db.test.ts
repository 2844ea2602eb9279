import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkLog } from './check-log.ts'
import { type Evidence, evidenceMigrations } from './index.ts'
import { aDraft, evidenceFor } from './testing.ts'

const SIZE = 300

describe('the check of the whole log', () => {
  let database: TestDatabase
  let evidence: Evidence
  const check = async () => checkLog({
    db: database.store.db, verifierKey: evidence.verifierKey, onProgress: async () => undefined, signal: new AbortController().signal,
  })
  /** What somebody with all rights on the database does. */
  const tamper = (statement: string): Promise<void> => database.store.db.connection().execute(async (connection) => {
    await sql`set session_replication_role = replica`.execute(connection)
    await sql.raw(statement).execute(connection)
    await sql`reset session_replication_role`.execute(connection)
  })
  const flip = (column: string, at: number): string => `${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`
  const damagedPlaces = async (): Promise<string[]> => (await check()).damages.map(({ where }) => where)

  beforeEach(async () => {
    database = await createTestDatabase(evidenceMigrations)
    evidence = evidenceFor(database.store)
    for (let i = 0; i < SIZE; i += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, n) => evidence.recordAccess(aDraft({ detail: { n: i + n } }))))
      await evidence.sequenceNow()
    }
  })
  afterEach(async () => {
    await evidence.stop?.()
    await database.drop()
  })

  it('finds a whole log sound', async () => {
    await evidence.recordAccess(aDraft())
    expect(await check()).toEqual({ entries: SIZE, damages: [] })
  })

  it.each([
    ['a byte of a body', `update evidence.entry set ${flip('body', 20)} where leaf_index = 17`, 'entry 17'],
    ['a byte of a leaf', `update evidence.entry set ${flip('leaf', 30)} where leaf_index = 256`, 'entry 256'],
    ['a byte of a salt', `update evidence.entry set ${flip('salt', 0)} where leaf_index = 299`, 'entry 299'],
    ['a column beside the body', `update evidence.entry set parties = '{}' where leaf_index = 5`, 'entry 5'],
    ['the time beside the leaf', `update evidence.entry set at = at + interval '1 ms' where leaf_index = 6`, 'entry 6'],
    ['a missing entry', 'delete from evidence.entry where leaf_index = 100', 'entry 100'],
    ['the last entry missing', 'delete from evidence.entry where leaf_index = 299', 'entry 299'],
    ['a byte of a full tile', `update evidence.tile set ${flip('hashes', 32 * 200)} where level = 0 and index = 0`, 'tile/0/000'],
    ['a byte of a partial tile', `update evidence.tile set ${flip('hashes', 0)} where level = 0 and index = 1`, 'tile/0/001.p/44'],
    ['a byte of an upper tile', `update evidence.tile set ${flip('hashes', 31)} where level = 1`, 'tile/1/000.p/1'],
    ['a missing tile', 'delete from evidence.tile where level = 0 and index = 0', 'tile/0/000'],
    ['a letter of the head', `update evidence.checkpoint set note = overlay(note placing 'X' from 40) where size = ${SIZE}`, 'checkpoint'],
    ['the size of the head', `update evidence.checkpoint set note = replace(note, '300', '299') where size = ${SIZE}`, 'checkpoint'],
    ['the missing head', 'delete from evidence.checkpoint', 'checkpoint'],
  ])('names %s, and nothing else', async (_, statement, place) => {
    await tamper(statement)
    expect(await damagedPlaces()).toEqual([place])
  })

  it('names an earlier head that the log does not begin with', async () => {
    await tamper(`update evidence.checkpoint set note = overlay(note placing 'X' from 40) where size = (select min(size) from evidence.checkpoint)`)
    expect(await damagedPlaces()).toEqual(['checkpoint 100'])
  })

  it('names a waiting record that was changed', async () => {
    const id = await evidence.recordAccess(aDraft())
    await tamper(`update evidence.pending set ${flip('body', 8)}`)
    expect(await damagedPlaces()).toEqual([`pending ${id}`])
  })

  it('names entries beyond the signed head', async () => {
    await tamper(`insert into evidence.entry select 300, gen_random_uuid(), at, chain, action, actor_kind, actor_id, actor_organisation,
      subject_type, subject_id, parties, body, salt, leaf from evidence.entry where leaf_index = 0`)
    expect(await damagedPlaces()).toContain('entry 300')
  })

  it('names several damages at once', async () => {
    await tamper(`update evidence.entry set ${flip('body', 9)} where leaf_index in (3, 280)`)
    await tamper(`update evidence.tile set ${flip('hashes', 0)} where level = 0 and index = 1`)
    expect((await damagedPlaces()).sort()).toEqual(['entry 280', 'entry 3', 'tile/0/001.p/44'])
  })
})
