import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkLog } from './check-log.ts'
import { type Evidence, evidenceMigrations } from './index.ts'
import { anAccess, decide, evidenceFor, oneByOne } from './testing.ts'

const SIZE = 300

/** Of the log below: 0–99 decisions, 100–199 accesses in two segments, 200–249 decisions, 250–299 accesses in one segment. */
const FIRST_SEGMENT = 100
const LAST_SEGMENT = 250

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
    const accesses = (count: number) => Promise.all(Array.from({ length: count }, (_, n) =>
      evidence.recordAccess(anAccess({ detail: { n }, subject: { type: 'entry', id: `e-${n % 3}`, title: '停车场' } }), {
        entryCode: `e-${n % 3}`, organisation: null, rows: n, bytes: 1,
      })))
    await oneByOne(100, (n) => decide(database.store, evidence, { detail: { n } }))
    await evidence.sequenceNow()
    await accesses(60)
    await accesses(40)
    await evidence.sequenceNow()
    await oneByOne(50, (n) => decide(database.store, evidence, { detail: { n } }))
    await accesses(50)
    await evidence.sequenceNow()
  })
  afterEach(async () => {
    await evidence.stop?.()
    await database.drop()
  })

  it('finds a whole log sound', async () => {
    await decide(database.store, evidence)
    await evidence.recordAccess(anAccess())
    expect(await check()).toEqual({ entries: SIZE, damages: [] })
  })

  /** Another letter than the one that happens to stand in the root. */
  const OTHER_LETTER = `overlay(note placing case substr(note, 40, 1) when 'X' then 'Y' else 'X' end from 40)`

  it.each([
    ['a byte of a body', `update evidence.entry set ${flip('body', 20)} where leaf_index = 17`, 'entry 17'],
    ['a byte of a leaf', `update evidence.entry set ${flip('leaf', 30)} where leaf_index = 99`, 'entry 99'],
    ['a byte of a salt', `update evidence.entry set ${flip('salt', 0)} where leaf_index = 200`, 'entry 200'],
    ['a column beside the body', `update evidence.entry set parties = '{}' where leaf_index = 5`, 'entry 5'],
    ['the time beside the leaf', `update evidence.entry set at = at + interval '1 ms' where leaf_index = 6`, 'entry 6'],
    ['a missing entry', 'delete from evidence.entry where leaf_index = 30', 'entry 30'],
    ['the last decision missing', 'delete from evidence.entry where leaf_index = 249', 'entry 249'],
    ['a byte of a full tile', `update evidence.tile set ${flip('hashes', 32 * 200)} where level = 0 and index = 0`, 'tile/0/000'],
    ['a byte of a partial tile', `update evidence.tile set ${flip('hashes', 0)} where level = 0 and index = 1`, 'tile/0/001.p/44'],
    ['a byte of an upper tile', `update evidence.tile set ${flip('hashes', 31)} where level = 1`, 'tile/1/000.p/1'],
    ['a missing tile', 'delete from evidence.tile where level = 0 and index = 0', 'tile/0/000'],
    ['a letter of the head', `update evidence.checkpoint set note = ${OTHER_LETTER} where size = ${SIZE}`, 'checkpoint'],
    ['the size of the head', `update evidence.checkpoint set note = replace(note, '300', '299') where size = ${SIZE}`, 'checkpoint'],
    ['the missing head', 'delete from evidence.checkpoint', 'checkpoint'],
  ])('names %s, and nothing else', async (_, statement, place) => {
    await tamper(statement)
    expect(await damagedPlaces()).toEqual([place])
  })

  it('names an earlier head that the log does not begin with', async () => {
    await tamper(`update evidence.checkpoint set note = ${OTHER_LETTER} where size = (select min(size) from evidence.checkpoint)`)
    expect(await damagedPlaces()).toEqual(['checkpoint 100'])
  })

  const segmentAt = (leaf: number): string => `where id = (select segment_id from evidence.placement where first_leaf = ${leaf})`

  it.each([
    ['a byte of an access', `update evidence.segment set ${flip('bodies', 20)} ${segmentAt(FIRST_SEGMENT)}`, 'entry 100'],
    ['a line end that was put into an access', `update evidence.segment set bodies = set_byte(bodies, 20, 10) ${segmentAt(FIRST_SEGMENT)}`, 'entry 100'],
    ['a byte of the last access', `update evidence.segment set ${flip('bodies', 0).replaceAll('0', 'octet_length(bodies) - 1').replace('# 1', '# 4')} ${segmentAt(LAST_SEGMENT)}`, 'entry 299'],
    ['a byte of a salt', `update evidence.segment set ${flip('salts', 16 * 7)} ${segmentAt(FIRST_SEGMENT)}`, 'entry 107'],
    ['a byte of a commitment', `update evidence.segment set ${flip('commitments', 32 * 7)} ${segmentAt(FIRST_SEGMENT)}`, 'entry 107'],
  ])('names %s, and nothing else', async (_, statement, place) => {
    await tamper(statement)
    expect(await damagedPlaces()).toEqual([place])
  })

  it.each([
    ['a mark', `update evidence.segment set marks = marks || array['p:x']`, 'marks'],
    ['the usage', `update evidence.segment set usage = replace(usage, '"calls":', '"calls":1')`, 'seed or usage'],
    ['a byte of the seed', `update evidence.segment set ${flip('seed', 3)}`, 'seed or usage'],
    ['a line behind the last', `update evidence.segment set bodies = bodies || '\\x0a'::bytea`, 'bodies'],
    ['the size beside its place', 'update evidence.placement set count = count + 1', 'count'],
  ])('names the segment for %s that was not signed', async (_, statement, what) => {
    const where = statement.includes('placement') ? `where first_leaf = ${LAST_SEGMENT}` : segmentAt(LAST_SEGMENT)
    await tamper(`${statement} ${where}`)
    const { rows } = await sql<{ id: string }>`select segment_id as id from evidence.placement where first_leaf = ${LAST_SEGMENT}`.execute(database.store.db)
    const { damages } = await check()
    expect(damages.filter(({ kind }) => kind === 'segment')).toEqual([{ where: `segment ${rows[0]?.id}`, kind: 'segment', detail: `not what was signed: ${what}` }])
    // A place that is too long also tells of an entry beyond the head.
    expect(damages.filter(({ kind }) => kind !== 'segment').map(({ where }) => where)).toEqual(what === 'count' ? ['entry 300'] : [])
  })

  it('names every byte of a segment that was changed', async () => {
    const places = ['bodies', 'salts', 'commitments', 'seed'].flatMap((column) => [0, 0.2, 0.5, 0.77, 0.999].map((share) => ({ column, share })))
    for (const { column, share } of places) {
      const at = `floor(octet_length(${column}) * ${share})::int`
      const change = `update evidence.segment set ${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1) ${segmentAt(FIRST_SEGMENT)}`
      await tamper(change)
      expect(await damagedPlaces(), `${column} at ${share}`).toHaveLength(1)
      await tamper(change)
    }
    expect(await damagedPlaces()).toEqual([])
  })

  it('names the segment that lost its place and the entries that are missing there', async () => {
    await tamper(`delete from evidence.placement where first_leaf = ${LAST_SEGMENT}`)
    const places = await damagedPlaces()
    expect(places.filter((place) => place.startsWith('entry'))).toEqual(Array.from({ length: 50 }, (_, n) => `entry ${LAST_SEGMENT + n}`))
    // The last bundle holds nothing else.
    expect(places.filter((place) => !place.startsWith('entry'))).toEqual([expect.stringMatching(/^segment /), 'tile/entries/001.p/44'])
  })

  it('names the segment that is missing', async () => {
    const { rows } = await sql<{ id: string }>`select segment_id as id from evidence.placement where first_leaf = ${LAST_SEGMENT}`.execute(database.store.db)
    await tamper(`delete from evidence.segment ${segmentAt(LAST_SEGMENT)}`)
    expect(await damagedPlaces()).toContain(`segment ${rows[0]?.id}`)
  })

  it('names a waiting access that was changed', async () => {
    const id = await evidence.recordAccess(anAccess())
    await tamper(`update evidence.segment set ${flip('bodies', 8)} where id = (select segment_id from evidence.unplaced)`)
    expect(await damagedPlaces()).toEqual([`pending ${id}`])
  })

  it('names a place that two records claim', async () => {
    await tamper(`insert into evidence.entry select ${LAST_SEGMENT}, gen_random_uuid(), at, chain, action, actor_kind, actor_id, actor_organisation,
      subject_type, subject_id, parties, body, salt, leaf from evidence.entry where leaf_index = 0`)
    expect(await damagedPlaces()).toContain(`entry ${LAST_SEGMENT}`)
  })

  it('names a waiting record that was changed', async () => {
    const id = await decide(database.store, evidence)
    await tamper(`update evidence.pending set ${flip('body', 8)}`)
    expect(await damagedPlaces()).toEqual([`pending ${id}`])
  })

  it('names entries beyond the signed head', async () => {
    await tamper(`insert into evidence.entry select 300, gen_random_uuid(), at, chain, action, actor_kind, actor_id, actor_organisation,
      subject_type, subject_id, parties, body, salt, leaf from evidence.entry where leaf_index = 0`)
    expect(await damagedPlaces()).toContain('entry 300')
  })

  it('names several damages at once', async () => {
    await tamper(`update evidence.entry set ${flip('body', 9)} where leaf_index in (3, 230)`)
    await tamper(`update evidence.tile set ${flip('hashes', 0)} where level = 0 and index = 1`)
    expect((await damagedPlaces()).sort()).toEqual(['entry 230', 'entry 3', 'tile/0/001.p/44'])
  })
})
