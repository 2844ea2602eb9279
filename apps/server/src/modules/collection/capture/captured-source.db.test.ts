import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aMariadb, aMysql, aPostgresql, hasMariadb, hasMysql, type OtherDatabase } from '../../../testing/databases.ts'
import { until } from '../../delivery/forms/testing.ts'
import { explainMysql } from '../connectors/mysql.ts'
import { explainPostgresql } from '../connectors/postgresql.ts'
import type { CapturedSource, CapturedTable } from './captured-source.ts'
import type { ChangeStream, StreamEvent } from './change-stream.ts'
import { mariadbCapture } from './mariadb/mariadb-source.ts'
import { postgresqlCapture } from './postgresql/postgresql-source.ts'
import { replicates } from './testing.ts'

interface Subject {
  readonly database: OtherDatabase
  readonly source: CapturedSource
  readonly object: string
}

/** Every type that has a text of its own, with values at their edges. */
const PG_TABLE = `create table things (
  id int primary key, small smallint, long bigint, exact numeric(30,10), loose numeric, single real, double double precision, yes boolean, word text, padded char(8), day date, moment timestamp, zoned timestamptz,
  clock time, span interval, bytes bytea, doc jsonb, list int[], price money, uid uuid)`
const PG_ROWS = [
  `(1, -32768, 9223372036854775807, 12345678901234567890.0123456789, 1e-20, 0.1, 0.1, true, E'引号"''\\n𠮷', 'ab', '2020-02-29', '2026-11-22 08:30:00.123456', '2026-11-22 00:30:00Z', '23:59:59.5', '1 day 2 hours', '\\xdeadbeef', '{"a": [1, null]}', '{1,null,3}', 1234.5, '11111111-2222-3333-4444-555555555555')`,
  '(2, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)',
  `(3, 0, 0, 0, 'NaN', '-Infinity', 1e300, false, '', '', '0001-01-01', '0099-12-31 23:59:59', '1970-01-01 00:00:00+00', '00:00', '-00:00:01', '', '""', '{}', -0.01, null)`,
]
const MARIADB_TABLE = `create table things (
  id int primary key, tiny tinyint, medium mediumint unsigned, long_ bigint unsigned, filled int(6) zerofill, exact decimal(30,10), whole decimal(9,0), single float, double_ double, flag bit(1), bits bit(12), word varchar(400), padded char(8), body longtext,
  latin varchar(20) character set latin1, gbk_ varchar(20) character set gbk, day date, moment datetime(6), plain datetime, stamp timestamp(3) null, clock time(2), born year, kind enum('甲','it''s','C'), tags set('x','y','z'), bytes varbinary(20), fixed binary(6), lump blob
) character set utf8mb4`
const MARIADB_ROWS = [
  `(1, -128, 16777215, 18446744073709551615, 42, 12345678901234567890.0123456789, -999999999, 0.1, 0.1, b'1', b'101010101010', '引号"''\\\\\\n𠮷', 'ab', repeat('长', 500), 'déjà', '中文', '2020-02-29', '2026-11-22 08:30:00.123456', '9999-12-31 23:59:59', '2026-11-22 08:30:00.5', '-838:59:58.25', 2026, 'it''s', 'x,z', x'00ff10', x'0a0b', x'ff00')`,
  '(2, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)',
  `(3, 0, 0, 0, 0, 0, 0, -1.5, -1e300, b'0', b'0', '', '', '', '', '', '1000-01-01', '1000-01-01 00:00:00', '2026-01-01 00:00:00', '1970-01-02 00:00:00', '00:00:00', 0, 'C', '', '', '', '')`,
]

async function aPg(): Promise<Subject> {
  const database = await aPostgresql(inject('datongTestServer').url)
  const config = async () => ({ host: '127.0.0.1', port: database.port, database: database.database, user: database.user, password: database.password })
  return { database, object: 'public.things', source: postgresqlCapture({ config, utcOffset: '+08:00', explain: explainPostgresql('source') }) }
}

const LOGGING = ['--log-bin=log', '--binlog-format=ROW', '--server-id=1']

/** @param rights that a replica needs there */
async function ofMysql(start: () => Promise<OtherDatabase>, rights: string): Promise<Subject> {
  const database = await start()
  await database.query(`grant ${rights} on *.* to pusher@'%'`)
  const config = async () => ({ host: '127.0.0.1', port: database.port, database: database.database, user: database.user, password: database.password, charset: 'utf8mb4' })
  return { database, object: 'things', source: mariadbCapture({ config, database: database.database, utcOffset: '+08:00', explain: explainMysql('source') }) }
}

const KINDS = [
  { name: 'PostgreSQL', make: aPg, table: PG_TABLE, rows: PG_ROWS, isThere: replicates, emptied: 'truncate things' },
  { name: 'MariaDB', make: () => ofMysql(() => aMariadb(LOGGING), 'replication slave'), table: MARIADB_TABLE, rows: MARIADB_ROWS, isThere: async () => hasMariadb(), emptied: 'truncate table things' },
  // MySQL itself where somebody has named one; what is nowhere to be had is no test that was left out.
  ...(hasMysql() ? [{ name: 'MySQL (DATONG_TEST_MYSQL)', make: () => ofMysql(() => aMysql(LOGGING), 'replication slave, replication client'), table: MARIADB_TABLE, rows: MARIADB_ROWS, isThere: async () => true, emptied: 'truncate table things' }] : []),
]

describe.each(KINDS)('$name as a source of changes', ({ make, table: create, rows, isThere, emptied }) => {
  let subject: Subject
  let table: CapturedTable
  let events: StreamEvent[] = []
  const streams: ChangeStream[] = []
  const isSkipped = { value: false }

  beforeAll(async () => {
    isSkipped.value = !(await isThere())
    if (isSkipped.value) return
    subject = await make()
    await subject.database.query(create)
    table = { mark: 'datong_test', object: subject.object, ...(await subject.source.inspect(subject.object)) }
  })
  afterAll(async () => {
    for (const stream of streams) await stream.close()
    await subject?.source.forget(table)
    await subject?.database.stop()
  })

  const insert = async (values: readonly string[]): Promise<void> => void (await subject.database.query(`insert into things values ${values.join(', ')}`))
  async function snapshot(): Promise<{ rows: (string | null)[][]; position: string }> {
    const taken = await subject.source.snapshot(table)
    const all: (string | null)[][] = []
    for await (const batch of taken.rows) all.push(...batch.map((row) => [...row]))
    await taken.close()
    return { rows: all, position: taken.position }
  }
  async function follow(position: string): Promise<ChangeStream> {
    const stream = await subject.source.stream(table, position)
    streams.push(stream)
    // Each line has a list of its own: an earlier one still tells for a moment after the next has begun.
    const told: StreamEvent[] = (events = [])
    void (async () => {
      for await (const batch of stream) told.push(...batch)
    })().catch(() => undefined)
    return stream
  }
  const changes = (): StreamEvent[] => events.filter(({ kind }) => kind === 'change')
  const commits = (): Extract<StreamEvent, { kind: 'commit' }>[] => events.flatMap((event) => (event.kind === 'commit' ? [event] : []))

  it('tells rows as a snapshot has them, whatever their types', async ({ skip }) => {
    if (isSkipped.value) skip('the server is not there, or does not replicate')
    await insert(rows.slice(1))
    const { position } = await snapshot()
    await follow(position)
    await insert(rows.slice(0, 1))
    // Written anew, so that all of them come.
    await subject.database.query('update things set word = word where id > 1')
    await subject.database.query('delete from things where id = 2')
    await subject.database.query(`insert into things (id) values (2)`)
    await until(() => commits().length >= 3)
    const last = new Map<string, readonly (string | null | undefined)[]>()
    for (const event of changes()) if (event.kind === 'change' && event.op === 'upsert') last.set(event.row[0] ?? '', event.row)
    const taken = await snapshot()
    expect(taken.rows.length).toBe(3)
    for (const row of taken.rows) if (last.has(row[0] ?? '')) expect(last.get(row[0] ?? '')).toEqual(row)
    expect(last.get('1')).toBeDefined()
  })

  it('tells a changed key as an end and a beginning, rows that are gone, and a table that is emptied', async ({ skip }) => {
    if (isSkipped.value) skip('the server is not there, or does not replicate')
    const { position } = await snapshot()
    await follow(position)
    await subject.database.query('update things set id = 30 where id = 3')
    await subject.database.query('delete from things where id = 1')
    await subject.database.query(emptied)
    await until(() => commits().length >= 3)
    expect(changes().map((event) => (event.kind !== 'change' ? null : event.op === 'upsert' ? [event.op, event.row[0], event.formerKey] : event.op === 'delete' ? [event.op, event.key] : [event.op]))).toEqual([
      ['upsert', '30', ['3']], ['delete', ['1']], ['truncate'],
    ])
  })

  it('goes on behind any commit, without a change twice or left out', async ({ skip }) => {
    if (isSkipped.value) skip('the server is not there, or does not replicate')
    const { position } = await snapshot()
    const first = await follow(position)
    await insert(['101', '102'].map((id) => `(${id}${', null'.repeat(table.columns.length - 1)})`))
    await insert([`(103${', null'.repeat(table.columns.length - 1)})`])
    await until(() => commits().length === 2)
    const [one] = commits()
    await first.close()
    await insert([`(104${', null'.repeat(table.columns.length - 1)})`])
    const ids = (): unknown[] => changes().map((event) => (event.kind === 'change' && event.op === 'upsert' ? event.row[0] : null))
    await until(async () => {
      try {
        await follow(one!.position)
        return true
      } catch {
        return false
      }
    })
    await until(() => commits().length === 2)
    expect(ids()).toEqual(['103', '104'])
  })

  it('says when the table is not what it was', async ({ skip }) => {
    if (isSkipped.value) skip('the server is not there, or does not replicate')
    const { position } = await snapshot()
    await follow(position)
    await subject.database.query('alter table things add column more int')
    await insert([`(201${', null'.repeat(table.columns.length)})`])
    await until(() => events.some(({ kind }) => kind === 'reshaped'))
    expect(await subject.source.inspect(subject.object)).not.toEqual({ tableId: table.tableId, columns: table.columns, key: table.key })
  })

  it('says when what came behind a position is gone', async ({ skip }) => {
    if (isSkipped.value) skip('the server is not there, or does not replicate')
    const { position } = await snapshot()
    for (const stream of streams.splice(0)) await stream.close()
    if (subject.database.kind === 'postgresql') await until(() => subject.source.forget(table).then(() => true, () => false))
    else {
      await subject.database.query('flush binary logs')
      // A log is kept while somebody reads it, and the server learns late that a reader has gone.
      await until(async () => {
        const [last] = (await subject.database.query('show binary logs')).slice(-1)
        await subject.database.query(`purge binary logs to '${String(last?.['Log_name'])}'`)
        return (await subject.database.query('show binary logs')).length === 1
      })
    }
    const failure = await (async () => {
      const stream = await subject.source.stream(table, position)
      streams.push(stream)
      for await (const _ of stream) continue
      return undefined
    })().catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'collection/capture-lost' })
  })

  it('names what a table lacks', async ({ skip }) => {
    if (isSkipped.value) skip('the server is not there, or does not replicate')
    await subject.database.query('create table keyless (a int)')
    const object = subject.object.replace('things', 'keyless')
    await expect(subject.source.inspect(object)).rejects.toMatchObject({ code: 'collection/capture-impossible', params: { reason: 'key' } })
    await expect(subject.source.inspect(`${object}_not`)).rejects.toMatchObject({ code: 'collection/capture-impossible', params: { reason: 'table' } })
  })
})
