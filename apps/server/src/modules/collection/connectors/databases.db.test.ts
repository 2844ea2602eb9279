import { expect, describe, inject, it, beforeAll, afterAll } from 'vitest'
import { systemClock } from '@datong/kernel'
import { createServer, connect, type Server } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { aCertificate } from '../../../testing/a-certificate.ts'
import { aMariadb, aMysql, aPostgresql, hasMariadb, hasMysql, type OtherDatabase } from '../../../testing/databases.ts'
import type { ConnectorTools, SourceBatch } from './connector.ts'
import { all, describeConnector, type Subject } from './contract-suite.ts'
import { mysql } from './mysql.ts'
import { postgresql } from './postgresql.ts'

const ROWS = 300
const settingsOf = (database: OtherDatabase, change: object = {}) => ({ host: '127.0.0.1', port: database.port, database: database.database, user: database.user, tls: 'off', utcOffset: '+08:00', ...change })

/** Rows of both databases: numbers of every length, texts with everything that hurts, nothing at all. */
const company = (number: number): (string | null)[] => [
  String(number), number % 7 === 0 ? null : `企业，"甲"\n${'𠮷'.repeat(number % 3)}'\\${number}`, `${number * 1_000_003}.${String(number % 100).padStart(2, '0')}`,
  number % 2 === 0 ? 'true' : 'false', '2026-11-22', `2026-11-22 08:${String(number % 60).padStart(2, '0')}:30`, '9007199254740993',
]
const COLUMNS = ['编号', 'name', 'capital', 'active', 'founded', 'updated', 'long']
const expected = Array.from({ length: ROWS }, (_, at) => company(at + 1))
const CHANGED = ['5', '新名', '1.00', 'true', '2026-11-22', '2026-11-22 09:30:00', '1']
const NEWER = ['301', null, '2.50', 'false', '2026-11-22', '2026-11-22 10:00:00', '2']

const inserted = (rows: readonly (readonly (string | null)[])[], escape: (text: string) => string, flags: readonly [string, string]): string =>
  `insert into company values ${rows.map((row) => `(${row.map((text, at) => (text === null ? 'null' : at === 3 ? (text === 'true' ? flags[0] : flags[1]) : escape(text))).join(',')})`).join(',')}`

async function subjectOf(database: OtherDatabase, object: string, create: string, escape: (text: string) => string, flags: readonly [string, string]): Promise<Subject> {
  await database.query(create)
  await database.query(inserted(expected, escape, flags))
  return {
    settings: settingsOf(database), secrets: { password: database.password }, nowhere: settingsOf(database, { port: 1 }), wrong: null, from: { object }, key: ['编号'],
    holds: { columns: COLUMNS, rows: expected }, hidden: [database.password], hasAddress: true,
    marks: {
      by: 'updated', brings: [CHANGED, ...expected.filter((row) => row[5] === '2026-11-22 08:59:30'), NEWER],
      change: async () => {
        await database.query('delete from company where name = \'新名\' or "编号" = 5'.replaceAll('"', database.kind === 'mariadb' ? '`' : '"'))
        await database.query(inserted([CHANGED, NEWER], escape, flags))
      },
    },
    stop: () => database.stop(),
  }
}

const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`
const quoteMysql = (text: string): string => quoteText(text.replaceAll('\\', '\\\\'))

describeConnector('postgresql', postgresql, async () => subjectOf(
  await aPostgresql(inject('datongTestServer').url), 'public.company',
  'create table company ("编号" integer primary key, name text, capital numeric(18,2), active boolean, founded date, updated timestamp, long bigint)', quoteText, ['true', 'false'],
))

/** MariaDB, and MySQL itself where somebody has one. */
const OF_MYSQL = [{ name: 'mysql', isThere: hasMariadb, start: () => aMariadb() }, { name: 'mysql (DATONG_TEST_MYSQL)', isThere: hasMysql, start: () => aMysql() }].filter(({ isThere }) => isThere())

for (const { name, start } of OF_MYSQL) {
  describeConnector(name, mysql, async () => {
    const database = await start()
    const subject = await subjectOf(
      database, 'company',
      'create table company (`编号` int primary key, name text, capital decimal(18,2), active bit(1), founded date, updated datetime, `long` bigint) character set utf8mb4', quoteMysql, ["b'1'", "b'0'"],
    )
    return { ...subject, wrong: { password: 'not-the-password' } }
  })
}

const tools = (change: Partial<ConnectorTools> = {}): ConnectorTools => ({
  outbound: { allowLoopback: true, pushNetworks: null, harvestNetworks: [], sourceNetworks: [] }, clock: systemClock, signal: new AbortController().signal, scratch: tmpdir(),
  dropFolder: tmpdir(), maxFileBytes: 1e9, ownDatabase: async () => ({ cluster: 'another', database: 'another' }), ...change,
})
const rowsOf = (batches: readonly SourceBatch[]) => batches.flatMap((batch) => (batch.kind === 'rows' ? batch.rows : []))

/** What is particular to databases. */
function databases(kind: 'postgresql' | 'mysql', start: () => Promise<OtherDatabase>): void {
  const connector = kind === 'mysql' ? mysql : postgresql
  describe(`a source in ${kind}`, () => {
    let database: OtherDatabase
    beforeAll(async () => {
      database = await start()
      await database.query('create table pair (a integer, b varchar(20), c varchar(20), primary key (b, a))')
      await database.query(`insert into pair values ${Array.from({ length: 1_000 }, (_, at) => `(${at % 10}, 'b${String(at).padStart(5, '0')}', ${at % 3 === 0 ? 'null' : "''"})`).join(',')}`)
    })
    afterAll(() => database.stop())
    const opened = (change: object = {}, some: Partial<ConnectorTools> = {}) => connector.open(settingsOf(database, change), { password: database.password }, tools(some))
    const pair = { object: kind === 'mysql' ? 'pair' : 'public.pair' }

    it('tells nothing from an empty text, and both keys in their order', async () => {
      const source = await opened()
      const batches = await all(source.read({ from: pair, limit: 3 }))
      expect(batches[0]).toMatchObject({ kind: 'columns', key: ['b', 'a'] })
      expect(rowsOf(batches)).toEqual([['0', 'b00000', null], ['1', 'b00001', ''], ['2', 'b00002', '']])
    })

    it('is read under TLS when its certificate is for the address, and not when it is for another name', async () => {
      const right = aCertificate('127.0.0.1')
      const verified = async (ca: string) => (await opened({ tls: 'verify', ca })).check()
      await database.certify(right)
      await verified(right.cert)
      await expect(verified(aCertificate('127.0.0.1').cert)).rejects.toMatchObject({ code: 'collection/source-unreachable' })
      const other = aCertificate('localhost')
      await database.certify(other)
      await expect(verified(other.cert)).rejects.toMatchObject({ code: 'collection/source-unreachable' })
    })

    it('runs a query, and tells its columns without a table', async () => {
      const source = await opened()
      const batches = await all(source.read({ from: { query: 'select c as 甲, count(*) as n, sum(a) as total from pair group by c order by n -- the end' }, summarise: true }))
      expect(batches[0]).toMatchObject({ columns: [{ name: '甲' }, { name: 'n' }, { name: 'total' }], key: [] })
      expect(rowsOf(batches).map((row) => row.slice(0, 2))).toEqual(expect.arrayContaining([['', '666'], [null, '334']]))
      expect(batches.at(-1)).toMatchObject({ kind: 'summary', rows: 2 })
    })

    it.each(['selec 1', 'select 1; drop table pair', 'select * from nothing_here', 'delete from pair', 'select 1) as q; --'])('does not run %s', async (query) => {
      const source = await opened()
      await expect(all(source.read({ from: { query } }))).rejects.toMatchObject({ code: 'collection/source-query' })
      expect((await database.query('select count(*) as n from pair')).map((row) => Number(row['n']))).toEqual([1_000])
    })

    it('knows no table of another name, and no column that is not there', async () => {
      const source = await opened()
      await expect(all(source.read({ from: { object: "pair' or '1'='1" } }))).rejects.toMatchObject({ code: 'collection/source-object-unknown' })
      await expect(all(source.read({ from: pair, markBy: 'nothing' }))).rejects.toMatchObject({ code: 'collection/source-object-unknown' })
    })

    it('takes a mark for a value, never for words of SQL', async () => {
      const source = await opened()
      await expect(all(source.read({ from: pair, after: { column: 'b', value: "b00998' or 'x'='x" } })).then(rowsOf)).resolves.toEqual([['9', 'b00999', null]])
    })

    it('sees one moment, however long it reads, and nobody waits for it to write', async () => {
      const source = await opened()
      const seen: (readonly (string | null)[])[] = []
      for await (const batch of source.read({ from: pair, summarise: true })) {
        if (batch.kind === 'columns') await database.query("insert into pair values (99, 'z', 'late')")
        if (batch.kind === 'rows') seen.push(...batch.rows)
        if (batch.kind === 'summary') expect(batch.rows).toBe(seen.length)
      }
      expect(seen.map((row) => row[1])).not.toContain('z')
      await database.query("delete from pair where b = 'z'")
    })

    it('says that an unknown database is unknown', async () => {
      const source = await opened({ database: 'no_such_database' })
      await expect(source.check()).rejects.toMatchObject({ code: 'collection/source-refused' })
    })

    it('says that the source broke off when it vanishes in the middle', async () => {
      const line = await aLine(database.port)
      const source = await opened({ port: line.port })
      const reading = (async () => {
        for await (const batch of source.read({ from: pair })) if (batch.kind === 'columns') line.cut()
      })()
      await expect(reading).rejects.toMatchObject({ code: expect.stringMatching(/^collection\/source-(lost|unreachable)$/) as string })
    })
  })
}

/** A line to a server that can be cut. */
async function aLine(port: number): Promise<{ port: number; cut(): void }> {
  const ends = new Set<() => void>()
  const server: Server = createServer((socket) => {
    const there = connect(port, '127.0.0.1')
    socket.pipe(there).pipe(socket)
    for (const one of [socket, there]) one.on('error', () => undefined).on('close', () => there.destroy())
    ends.add(() => {
      socket.destroy()
      there.destroy()
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port, // it listens on a port
    cut: () => {
      for (const end of ends) end()
      server.close()
    },
  }
}

databases('postgresql', () => aPostgresql(inject('datongTestServer').url))
for (const { start } of OF_MYSQL) databases('mysql', start)

describe('a source in postgresql', () => {
  let database: OtherDatabase
  beforeAll(async () => {
    database = await aPostgresql(inject('datongTestServer').url)
  })
  afterAll(() => database.stop())

  it('is never the own database', async () => {
    const [own] = await database.query('select system_identifier::text as cluster, current_database()::text as database from pg_control_system()')
    const source = await postgresql.open(settingsOf(database), { password: database.password }, tools({ ownDatabase: async () => own as { cluster: string; database: string } }))
    await expect(source.check()).rejects.toMatchObject({ code: 'delivery/address-refused', params: { reason: 'own-database' } })
  })

  it('tells texts of every type in one way', async () => {
    await database.query(`create table types (b bytea, j jsonb, u uuid, z timestamptz, n numeric, m money, a integer[], f float8, t time, i interval)`)
    await database.query(`insert into types values ('\\x00ff', '{"a": 1.50}', '018f0000-0000-7000-8000-000000000000', '2026-11-22 00:00:00+00', 12345678901234567890.1234567890, 12.5, '{1,2}', 0.1, '08:30', '1 day')`)
    const source = await postgresql.open(settingsOf(database), { password: database.password }, tools())
    const batches = await all(source.read({ from: { object: 'public.types' } }))
    expect(rowsOf(batches)).toEqual([['00ff', '{"a": 1.50}', '018f0000-0000-7000-8000-000000000000', '2026-11-22 08:00:00', '12345678901234567890.1234567890', '12.50', '{1,2}', '0.1', '08:30:00', 'P1D']])
  })
})

describe.skipIf(!hasMariadb())('a source in mysql', () => {
  let database: OtherDatabase
  beforeAll(async () => {
    database = await aMariadb()
  })
  afterAll(() => database.stop())

  it('tells texts of every type in one way, and dates of zeros as none', async () => {
    await database.query(`set sql_mode = ''`)
    await database.query(`create table types (b varbinary(10), d date, t datetime(3), s timestamp null, n decimal(38,10), y year, e enum('甲', '乙'), h time, z int(5) zerofill, bits bit(4)) character set gbk`)
    await database.query(`insert into types values (x'00ff', '0000-00-00', '2026-11-22 08:30:00.5', null, 1234567890123456789012345678.0123456789, 2026, '乙', '08:30', 42, b'101')`)
    const source = await mysql.open(settingsOf(database), { password: database.password }, tools())
    const batches = await all(source.read({ from: { object: 'types' }, summarise: true }))
    expect(rowsOf(batches)).toEqual([['00ff', null, '2026-11-22 08:30:00.500', null, '1234567890123456789012345678.0123456789', '2026', '乙', '08:30:00', '00042', '5']])
  })
})
