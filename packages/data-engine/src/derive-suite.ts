import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineHarness } from './engine-bench.ts'
import type { DerivedTable, Row } from './data-engine.ts'
import type { Reading } from './field.ts'
import type { QueryInput, VersionQuery } from './query.ts'
import type { Filter, VersionRef } from './read-plan.ts'

type Cells = readonly (string | null)[]

const cellText = (cell: string | null): string => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`)

/** What comparing versions and running queries over them must come to alike in every data engine. */
export function describeDerivation(name: string, makeHarness: () => Promise<EngineHarness>): void {
  let harness: EngineHarness
  let made = 0
  const begin = async (): Promise<void> => {
    harness = await makeHarness()
  }
  const end = async (): Promise<void> => {
    await harness.engine.close()
    await harness.dispose()
  }

  /** A version of text fields, unless a reading is given; null is nothing, a text may be empty or have line breaks. */
  async function versionOf(names: readonly string[], rows: readonly Cells[], readings: Readonly<Record<string, Reading>> = {}): Promise<VersionRef> {
    const path = `${harness.directory}/staged-${++made}.csv`
    const text = rows.map((row, i) => [String(i + 1), ...row.map(cellText)].join(',') + '\n').join('')
    await harness.writeText(path, text)
    const table = { path, names, rows: rows.length, maxRecordBytes: 4_000, innerLineBreaks: rows.flat().some((cell) => cell?.includes('\n')), firstLine: 1 }
    const staged = await harness.engine.stage(table)
    const fields = await harness.engine.inferTypes(staged, Object.fromEntries(names.map((field) => [field, readings[field] ?? 'text'])))
    const { files, schema } = await harness.engine.writeVersion(staged, fields, { directory: `${harness.directory}/version-${made}`, reject: () => undefined })
    return { files: files.map((file) => file.path), schema }
  }

  async function rowsOf(version: VersionRef): Promise<Row[]> {
    const rows: Row[] = []
    for await (const batch of harness.engine.query(version, { columns: version.schema.map((field) => field.name) })) rows.push(...batch)
    return rows
  }

  describe(`comparing two versions in the data engine ${name}`, () => {
    beforeAll(begin)
    afterAll(end)

    it('counts rows added, removed and changed by key, the fields that changed, and tells where they stand', async () => {
      const before = await versionOf(['id', '名称', '泊位'], [['1', '甲', '10'], ['2', '乙', '20'], ['3', '丙', null]], { 泊位: 'integer' })
      const after = await versionOf(['id', '名称', '泊位', '电话'], [['3', '丙', '30'], ['1', '甲', '10'], ['4', '丁', '5']].map((row) => [...row, 'x']), { 泊位: 'integer' })
      expect(await harness.engine.compare(before, after, { key: ['id'], sample: 10 })).toEqual({
        added: 1, removed: 1, changed: 1, unchanged: 1, fields: [{ field: '名称', changed: 0 }, { field: '泊位', changed: 1 }],
        sample: { added: [2], removed: [1], changed: [{ before: 2, after: 0 }] },
      })
    })

    it('tells no more places than asked, the first ones', async () => {
      const before = await versionOf(['id'], [['1'], ['2'], ['3']])
      const after = await versionOf(['id'], [['4'], ['5'], ['6']])
      const { added, removed, sample } = await harness.engine.compare(before, after, { key: ['id'], sample: 2 })
      expect([added, removed, sample]).toEqual([3, 3, { added: [0, 1], removed: [0, 1], changed: [] }])
    })

    it('takes empty values of a key for equal, and a field of another type by its text', async () => {
      const before = await versionOf(['a', 'b', 'n'], [['1', null, '5'], [null, null, '6']], { n: 'integer' })
      const after = await versionOf(['a', 'b', 'n'], [[null, null, '6'], ['1', null, '7']])
      expect(await harness.engine.compare(before, after, { key: ['a', 'b'], sample: 0 })).toMatchObject({ added: 0, removed: 0, changed: 1, unchanged: 1 })
    })

    it('refuses a key that stands twice, with how often, and one that not both have', async () => {
      const before = await versionOf(['id'], [['1'], ['1'], ['2']])
      const after = await versionOf(['id'], [['1'], ['2'], ['2']])
      await expect(harness.engine.compare(before, after, { key: ['id'], sample: 0 })).rejects.toMatchObject({ code: 'data-engine/key-not-unique', params: { before: 1, after: 1 } })
      await expect(harness.engine.compare(before, after, { key: ['x'], sample: 0 })).rejects.toMatchObject({ code: 'data-engine/invalid-plan' })
    })

    it('compares whole rows without a key as bags: each row meets one like it', async () => {
      const cell = fc.constantFrom('a', 'b', null)
      const rows = fc.array(fc.tuple(cell, cell), { maxLength: 12 })
      await fc.assert(fc.asyncProperty(rows, rows, async (olds, news) => {
        const [before, after] = [await versionOf(['x', 'y'], olds), await versionOf(['x', 'y'], news)]
        const bag = new Map<string, number>()
        for (const row of olds) bag.set(JSON.stringify(row), (bag.get(JSON.stringify(row)) ?? 0) + 1)
        let same = 0
        for (const row of news) {
          const left = bag.get(JSON.stringify(row)) ?? 0
          if (left > 0) same++
          bag.set(JSON.stringify(row), left - 1)
        }
        expect(await harness.engine.compare(before, after, { key: [], sample: 0 })).toMatchObject({ added: news.length - same, removed: olds.length - same, changed: 0, unchanged: same })
      }), { numRuns: 15 })
    })

    it('stops when it is told to', async () => {
      const one = await versionOf(['id'], [['1']])
      await expect(harness.engine.compare(one, one, { key: ['id'], sample: 0 }, AbortSignal.abort())).rejects.toMatchObject({ code: 'data-engine/failed', params: { operation: 'compare' } })
    })
  })

  describe(`a query over versions in the data engine ${name}`, () => {
    beforeAll(begin)
    afterAll(end)

    const input = (version: VersionRef, filters: readonly Filter[] = []): QueryInput => ({ version, columns: version.schema.map((field) => field.name), filters })
    const derive = async (query: VersionQuery, mostRows = 100): Promise<{ path: string; result: DerivedTable }> => {
      const path = `${harness.directory}/derived-${++made}.csv`
      return { path, result: await harness.engine.derive(query, { path, mostRows }) }
    }
    const missing = { code: 'ENOENT' }

    it('gives a table that is taken in with the types of the query, in the order of its values', async () => {
      const lots = await versionOf(['id', '区', '泊位', '费率', '启用'], [['1', '东', '10', '1.50', '2020-01-05'], ['2', '西', '20', '2.25', null], ['3', '东', '5', '0.10', '2019-12-31']], { 泊位: 'integer', 费率: 'decimal', 启用: 'date-ymd' })
      const query = { inputs: [input(lots)], ordered: false, sql: 'select t."区" as "区", sum(t."泊位") as "泊位", max(t."启用") as "最近", avg(t."费率") as "均价", count(*) > 1 as "多个" from in0 as t group by 1' }
      expect(await harness.engine.describeQuery(query)).toEqual([
        { name: '区', type: 'text' }, { name: '泊位', type: 'integer' }, { name: '最近', type: 'date' }, { name: '均价', type: 'decimal' }, { name: '多个', type: 'boolean' },
      ])
      const { result } = await derive(query)
      const staged = await harness.engine.stage(result.table)
      const fields = await harness.engine.inferTypes(staged, result.hints)
      expect(fields.map(({ type, misfits }) => [type, misfits])).toEqual([['text', 0], ['integer', 0], ['date', 0], ['decimal', 0], ['boolean', 0]])
      const { files, schema } = await harness.engine.writeVersion(staged, fields, { directory: `${harness.directory}/version-${++made}`, reject: () => undefined })
      expect(await rowsOf({ files: files.map((file) => file.path), schema })).toEqual([['东', 15, '2020-01-05', 0.8, true], ['西', 20, null, 2.25, false]])
    })

    it('sees only the fields and rows of an input, each with its own conditions', async () => {
      const lots = await versionOf(['id', 'n'], [['1', '1'], ['2', '2'], ['3', '3']], { n: 'integer' })
      const inputs = [input(lots, [{ field: 'n', op: 'gte', value: 2 }]), { ...input(lots, [{ field: 'n', op: 'gte', value: 3 }]), columns: ['id'] }]
      const two = { inputs, ordered: true, sql: 'select a.id as id, b.id as other from in0 as a left join in1 as b on (a.id = b.id) order by 1 desc' }
      const { path } = await derive(two)
      expect(await harness.readText(path)).toBe('1,3,3\n2,2,\n')
      await expect(derive({ ...two, sql: 'select b.n as n from in1 as b' })).rejects.toMatchObject({ code: 'data-engine/query-refused' })
      await expect(harness.engine.describeQuery({ ...two, sql: 'select b.n as n from in1 as b' })).rejects.toMatchObject({ code: 'data-engine/query-refused', params: { reason: expect.any(String) } })
    })

    it('keeps line breaks and quotation marks, and says that there are some', async () => {
      const notes = await versionOf(['t'], [['a\n"b"'], ['']])
      const { result, path } = await derive({ inputs: [input(notes)], ordered: false, sql: 'select x.t as t from in0 as x' })
      expect(result.table).toMatchObject({ rows: 2, innerLineBreaks: true, firstLine: 1 })
      expect(await harness.readText(path)).toBe('1,"a\n""b"""\n2,\n')
    })

    it('gives the same table for the same rows, whatever order they stand in', async () => {
      const row = fc.tuple(fc.constantFrom('甲', '乙', '"丙"', null), fc.integer({ min: -3, max: 3 }).map(String))
      await fc.assert(fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 10 }), async (rows) => {
        const texts: string[] = []
        for (const order of [rows, rows.toReversed()]) {
          const version = await versionOf(['名', '数'], order, { 数: 'integer' })
          const { path, result } = await derive({ inputs: [input(version)], ordered: false, sql: 'select x."名" as "名", x."数" as "数" from in0 as x' })
          expect(result.table.rows).toBe(rows.length)
          texts.push(await harness.readText(path))
        }
        expect(texts[0]).toBe(texts[1])
      }), { numRuns: 8 })
    })

    it('does not run away, and leaves nothing behind', async () => {
      const many = await versionOf(['n'], Array.from({ length: 30 }, (_, i) => [String(i)]), { n: 'integer' })
      const query = { inputs: [input(many)], ordered: false, sql: 'select a.n as a, b.n as b from in0 as a cross join in0 as b' }
      const path = `${harness.directory}/too-many.csv`
      await expect(harness.engine.derive(query, { path, mostRows: 100 })).rejects.toMatchObject({ code: 'data-engine/too-many-rows', params: { mostRows: 100 } })
      for (const left of [path, `${path}.parquet`]) await expect(harness.readText(left)).rejects.toMatchObject(missing)
    })

    it('tells the kind of a fault and no value', async () => {
      const words = await versionOf(['t'], [['secret-77']])
      const refusal = await derive({ inputs: [input(words)], ordered: false, sql: 'select cast(x.t as BIGINT) as n from in0 as x' }).catch((error: unknown) => error)
      expect(refusal).toMatchObject({ code: 'data-engine/query-failed', params: { reason: 'conversion' } })
      expect(JSON.stringify(refusal)).not.toContain('secret-77')
    })

    it('stops when it is told to', async () => {
      const many = await versionOf(['n'], Array.from({ length: 2_000 }, (_, i) => [String(i)]), { n: 'integer' })
      const stop = new AbortController()
      const query = { inputs: [input(many)], ordered: false, sql: 'select count(*) as n from in0 as a cross join in0 as b cross join in0 as c where a.n + b.n * c.n % 7 = 3' }
      const path = `${harness.directory}/never.csv`
      const running = harness.engine.derive(query, { path, mostRows: 10 }, stop.signal)
      setTimeout(() => stop.abort(), 100)
      await expect(running).rejects.toMatchObject({ code: 'data-engine/failed', params: { operation: 'derive' } })
      await expect(harness.readText(path)).rejects.toMatchObject(missing)
    })
  })
}
