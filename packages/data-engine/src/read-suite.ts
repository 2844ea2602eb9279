import { beforeAll, describe, expect, it } from 'vitest'
import type { Row } from './data-engine.ts'
import { type EngineBench, times } from './engine-bench.ts'
import { likes } from './likes.ts'
import type { Value } from './profile.ts'
import type { Filter, ReadPlan, VersionRef } from './read-plan.ts'

/** What every engine must read by a plan, export, and tell of a version's fields. */
export function describeReading(bench: EngineBench): void {
  const { tableOf, write, rowsOf } = bench

  describe('reading by plan', () => {
    const names = ['id', '名称', '日期', '值', '有效', '时间']
    const total = 5000
    const data = times(total, String).map((_, i) => [
      String(i),
      i % 50 === 7 ? '' : `名${i % 10}%_`,
      `2020-01-${String(1 + (i % 28)).padStart(2, '0')}`,
      i % 100 === 3 ? '' : `${i % 97}.5`,
      i % 2 === 0 ? '是' : '否',
      `2020-01-01 00:${String(i % 60).padStart(2, '0')}:00`,
    ])
    let ref: VersionRef
    beforeAll(async () => {
      ref = (await write(await tableOf(names, data))).ref
    })
    const ids = async (plan: Omit<ReadPlan, 'columns'>): Promise<Value[]> => (await rowsOf(ref, { columns: ['id'], ...plan })).map(([id]) => id ?? null)
    const expected = (keep: (row: readonly string[]) => boolean): number[] => data.flatMap((row, i) => (keep(row) ? [i] : []))

    it.each<[string, Filter, (row: readonly string[]) => boolean]>([
      ['eq', { field: 'id', op: 'eq', value: 12 }, (row) => row[0] === '12'],
      ['eq by text of a number', { field: 'id', op: 'eq', value: '12' }, (row) => row[0] === '12'],
      ['ne without nulls', { field: '值', op: 'ne', value: 1.5 }, (row) => row[3] !== '1.5' && row[3] !== ''],
      ['gt on dates', { field: '日期', op: 'gt', value: '2020-01-20' }, (row) => row[2]! > '2020-01-20'],
      ['gte on times', { field: '时间', op: 'gte', value: '2020-01-01T00:58:00' }, (row) => row[5]! >= '2020-01-01 00:58:00'],
      ['lt on decimals', { field: '值', op: 'lt', value: '1.505' }, (row) => row[3] !== '' && Number(row[3]) < 1.505],
      ['lte', { field: 'id', op: 'lte', value: 3 }, (row) => Number(row[0]) <= 3],
      ['booleans', { field: '有效', op: 'eq', value: true }, (row) => row[4] === '是'],
      ['in', { field: '名称', op: 'in', values: ['名1%_', '名2%_', "'; --"] }, (row) => row[1] === '名1%_' || row[1] === '名2%_'],
      ['in nothing', { field: 'id', op: 'in', values: [] }, () => false],
      ['like with escapes', { field: '名称', op: 'like', value: '名_\\%\\_' }, (row) => row[1] !== ''],
      ['contains literally', { field: '名称', op: 'contains', value: '3%' }, (row) => row[1] === '名3%_'],
      ['startsWith', { field: '名称', op: 'startsWith', value: '名4' }, (row) => row[1] === '名4%_'],
      ['null', { field: '名称', op: 'null' }, (row) => row[1] === ''],
      ['notNull', { field: '值', op: 'notNull' }, (row) => row[3] !== ''],
      ['a decimal that is not in the column to its last digit', { field: '值', op: 'eq', value: '1.50001' }, () => false],
      ['a value that is an attack', { field: '名称', op: 'eq', value: "' OR 1=1 --" }, () => false],
    ])('filters by %s', async (_name, filter, keep) => {
      expect(await ids({ filters: [filter] })).toEqual(expected(keep))
      expect(await bench.harness.engine.count(ref, [filter])).toBe(expected(keep).length)
    })

    describe('like', () => {
      const texts = ['a', 'b', 'ab', 'ba', 'aab', 'a%b', 'a_b', 'a\\b', 'A', '一二三', '（a）b', 'a.b', "a'b", 'a\nb', '😀a', 'a'.repeat(60)]
      let wordsRef: VersionRef
      beforeAll(async () => {
        wordsRef = (await write(await tableOf(['词', '空'], texts.map((text, i) => [text, i === 0 ? '' : 'x'])))).ref
      })
      const matching = async (value: string, field = '词') => (await rowsOf(wordsRef, { columns: ['词'], filters: [{ field, op: 'like', value }] })).map(([text]) => text)

      it('means by its signs what they say, wherever they stand', async () => {
        const pieces = ['a', 'b', '%', '_', '\\%', '\\_', '\\\\', '（', '.', '\n', '二', "'"]
        // Every pattern of up to two pieces, and some of up to five.
        const some = times(200, (i) => [3, 17, 101, 997, 7919].slice(0, 3 + (i % 3)).map((prime) => pieces[(i * prime + (i >> 3)) % pieces.length]).join(''))
        for (const pattern of ['', ...pieces, ...pieces.flatMap((one) => pieces.map((other) => one + other)), ...some]) {
          expect([pattern, await matching(pattern)]).toEqual([pattern, texts.filter((text) => likes(text, pattern))])
        }
      })

      it('is true of nothing that is missing', async () => {
        for (const pattern of ['%', '', '%x%', '_', 'x%', '%x', 'x', '%_%']) expect(await matching(pattern, '空')).not.toContain('a')
      })

      it('ends at once where a text can be shared out among the signs in more ways than can be tried', async () => {
        for (const pattern of [`${'%a'.repeat(20)}%b_`, `${'%_'.repeat(30)}%c`, `%${'_%'.repeat(400)}c`, '_'.repeat(1_000)]) expect(await matching(pattern)).toEqual([])
        await expect(matching('%'.repeat(1_000_000))).rejects.toMatchObject({ code: 'data-engine/invalid-plan', issues: [{ code: 'invalid-pattern' }] })
      })
    })

    it('counts rows by values, nulls among them, within filters and up to a limit', async () => {
      const tally = async (by: string[], filters: Filter[] = [], limit = 100): Promise<Row[]> => {
        const groups: Row[] = []
        for await (const batch of bench.harness.engine.tally(ref, { by, filters, limit })) groups.push(...batch)
        return groups
      }
      const wanted = Map.groupBy(data, (row) => row[1])
      expect((await tally(['名称'])).toSorted()).toEqual([...wanted].map(([name, rows]) => [name === '' ? null : name, rows.length]).toSorted())
      expect((await tally(['有效', '日期'], [{ field: 'id', op: 'lt', value: 56 }])).toSorted()).toEqual(
        Array.from({ length: 28 }, (_, day) => [day % 2 === 0, `2020-01-${String(day + 1).padStart(2, '0')}`, 2]).toSorted())
      expect(await tally(['值'], [{ field: '值', op: 'eq', value: '1.5' }])).toEqual([[1.5, expected((row) => row[3] === '1.5').length]])
      expect(await tally(['id'], [], 7)).toHaveLength(7)
      await expect(tally(['无'])).rejects.toMatchObject({ code: 'data-engine/invalid-plan' })
    })

    it('tells whether the rows of a group have many different values of another field', async () => {
      const tally = async (by: string, field: string): Promise<Map<unknown, Row>> => {
        const groups: Row[] = []
        for await (const batch of bench.harness.engine.tally(ref, { by: [by], filters: [{ field: 'id', op: 'lt', value: 2000 }], limit: 100, different: { field, upTo: 3 } })) groups.push(...batch)
        return new Map(groups.map((group) => [group[0], group]))
      }
      const rows = data.slice(0, 2000)
      const differentOf = (group: Row | undefined): Set<string> => new Set(String(group?.[2] ?? '').split(' ').filter((word) => word !== ''))
      for (const [by, field, byAt, at] of [['有效', '名称', 4, 1], ['名称', 'id', 1, 0], ['有效', '有效', 4, 4]] as const) {
        const found = await tally(by, field)
        for (const [value, members] of Map.groupBy(rows, (row) => row[byAt])) {
          const valueAsRead = by === '有效' ? value === '是' : value === '' ? null : value
          const wanted = new Set(members.map((row) => row[at]).filter((cell) => cell !== ''))
          const group = found.get(valueAsRead)
          expect([group?.[1], differentOf(group).size, group?.[3]], `${by} ${value} ${field}`).toEqual([members.length, Math.min(3, wanted.size), members.filter((row) => row[at] === '').length])
        }
      }
      // Equal values are equal in all groups.
      const words = [...(await tally('日期', '有效')).values()].flatMap((group) => [...differentOf(group)])
      expect(new Set(words).size).toBe(2)
    })

    it('keeps the order of the file without a sort, over all batches', async () => {
      expect(await ids({})).toEqual(expected(() => true))
      expect(await ids({ offset: 4990, limit: 5 })).toEqual([4990, 4991, 4992, 4993, 4994])
      expect(await ids({ limit: 0 })).toEqual([])
    })

    it('sorts with nulls last and equal values by row, and pages by key without loss or repeat', async () => {
      for (const descending of [false, true]) {
        const sort = [{ field: '值', descending }, { field: '名称' }]
        const whole = await rowsOf(ref, { columns: ['值', '名称', '_row'], sort })
        const paged: Row[] = []
        for (let after: ReadPlan['after']; ; ) {
          const page = await rowsOf(ref, { columns: ['值', '名称', '_row'], sort, limit: 700, ...(after ? { after } : {}) })
          paged.push(...page)
          const last = page.at(-1)
          if (!last) break
          after = { values: [last[0]!, last[1]!], row: Number(last[2]) }
        }
        expect(paged).toEqual(whole)
        expect(whole.slice(-50).every(([value]) => value === null)).toBe(true)
      }
    })

    it('goes on after a row without a sort', async () => {
      expect(await ids({ after: { values: [], row: 4996 } })).toEqual([4997, 4998, 4999])
    })

    it('carries values as the port says', async () => {
      const [row] = await rowsOf(ref, { columns: ['时间', '日期', '值', '有效', 'id'], limit: 1 })
      expect(row).toEqual(['2020-01-01T00:00:00', '2020-01-01', 0.5, true, 0])
    })

    it('can be left early', async () => {
      for await (const batch of bench.harness.engine.query(ref, { columns: ['id'] })) {
        expect(batch.length).toBeGreaterThan(0)
        break
      }
      expect(await bench.harness.engine.count(ref)).toBe(total)
    })

    it('refuses what is not in the schema, all at once', async () => {
      const plan: ReadPlan = {
        columns: ['id', 'secret"'],
        filters: [
          { field: 'id', op: 'eq', value: '1 OR 1=1' },
          { field: '日期', op: 'gt', value: '2020-02-30' },
          { field: 'id', op: 'like', value: '%' },
        ],
        sort: [{ field: 'x' }],
        limit: -1,
      }
      await expect(rowsOf(ref, plan)).rejects.toMatchObject({ code: 'data-engine/invalid-plan' })
      const issues = await rowsOf(ref, plan).catch((error: { issues: { pointer: string }[] }) => error.issues.map(({ pointer }) => pointer))
      expect(issues).toEqual(['/columns/1', '/filters/0/value', '/filters/1/value', '/filters/2/op', '/sort/0/field', '/limit'])
    })

    it('exports what a plan reads', async () => {
      const plan: ReadPlan = { columns: ['id', '名称', '时间', '值'], filters: [{ field: 'id', op: 'lt', value: 8 }], sort: [{ field: 'id', descending: true }], limit: 2 }
      for (const format of bench.harness.engine.capabilities.exportFormats) {
        const path = `${bench.newPath('export')}.${format}`
        expect(await bench.harness.engine.export(ref, plan, format, path)).toBe(2)
        if (format === 'csv') expect(await bench.harness.readText(path)).toBe('id,名称,时间,值\n7,,2020-01-01T00:07:00,7.5\n6,名6%_,2020-01-01T00:06:00,6.5\n')
        if (format === 'ndjson') {
          const [first] = (await bench.harness.readText(path)).split('\n')
          expect(JSON.parse(first!)).toEqual({ id: 7, 名称: null, 时间: '2020-01-01T00:07:00', 值: 7.5 })
        }
      }
    })

    it('profiles every field', async () => {
      const [id, name, date, value, valid] = await bench.harness.engine.profile(ref)
      expect(id).toMatchObject({ rows: total, filled: total, distinct: total, exact: true, min: 0, max: 4999, identifierCandidate: true })
      expect(id!.numbers!.histogram.map((bin) => bin.count)).toEqual(Array.from({ length: 20 }, () => 250))
      expect(id!.numbers!.mean).toBe(2499.5)
      expect(name).toMatchObject({ filled: 4900, distinct: 10, identifierCandidate: false, length: { min: 4, max: 4, average: 4 } })
      expect(name!.patterns).toEqual([{ pattern: '汉9%_', count: 4900 }])
      expect(name!.frequent[0]).toEqual({ value: '名0%_', count: 500 })
      expect(name!.frequent.at(-1)).toEqual({ value: '名7%_', count: 400 })
      expect(date).toMatchObject({ min: '2020-01-01', max: '2020-01-28', distinct: 28 })
      expect(value).toMatchObject({ min: 0.5, max: 96.5, filled: 4950 })
      expect(valid).toMatchObject({ type: 'boolean', distinct: 2, min: false, max: true, frequent: [{ value: false, count: 2500 }, { value: true, count: 2500 }] })
    })
  })
}
