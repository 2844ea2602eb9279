import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineHarness } from './engine-bench.ts'
import type { Reading } from './field.ts'
import type { Condition, Measure, Measured } from './measure.ts'
import type { VersionRef } from './read-plan.ts'

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Writes rows of texts as a version; the fields are texts unless a reading is given. */
export async function versionOf({ engine, directory, writeText }: EngineHarness, name: string, header: readonly string[], rows: readonly (readonly string[])[], readings: Readonly<Record<string, Reading>> = {}): Promise<VersionRef> {
  const path = `${directory}/${name}.csv`
  const records = rows.map((row, i) => [String(i + 2), ...row.map(quote)].join(',') + '\n')
  await writeText(path, records.join(''))
  const table = { path, names: header, rows: rows.length, maxRecordBytes: Math.max(1, ...records.map((record) => record.length * 4)), innerLineBreaks: rows.flat().some((text) => /[\r\n]/.test(text)), firstLine: 2 }
  const staged = await engine.stage(table)
  const fields = await engine.inferTypes(staged, Object.fromEntries(header.map((field) => [field, readings[field] ?? 'text'])))
  const version = await engine.writeVersion(staged, fields, { directory: `${directory}/${name}`, reject: () => undefined })
  await engine.discard(staged)
  return { files: version.files.map((file) => file.path), schema: version.schema }
}

/** What every engine must count alike. */
export function describeMeasures(name: string, makeHarness: () => Promise<EngineHarness>): void {
  describe(`measures of the data engine ${name}`, () => {
    let harness: EngineHarness
    let people: VersionRef
    let others: VersionRef
    beforeAll(async () => {
      harness = await makeHarness()
      people = await versionOf(harness, 'people', ['号', '名', '起', '止', '额', '城', '编'], [
        ['a', '张三', '2020-01-05', '2020/1/6', '1,200.50', '台州', '001'],
        ['b', ' ', '2020年2月30日', '2020-03-01', '12万元', '台州', '002'],
        ['a', '李四', '20200301', '2020-02-28', '7', '温州', '001'],
        ['', '王五\u200b', '2020-05-05 10:00:00', '', '-3.140', '台州', '003'],
        ['c', '\u3000', '', '2020-06-01', '', '台州', '003'],
        ['a', 'Ａｂ', '1.5.2020', '2020-06-01', '1e3', '', '001'],
      ])
      others = await versionOf(harness, 'others', ['键', '值', '分', '数'], [['a', '台州', '600.25', '1'], ['a', '台州', '600.25', '1'], ['d', '温州', '7', '3'], ['c', '温州', '1', '2'], ['b', '台州', '1', '2']], { 数: 'integer' })
    })
    afterAll(async () => {
      await harness.engine.close()
      await harness.dispose()
    })

    const measure = async (...measures: Measure[]): Promise<Measured[]> => harness.engine.measure(people, measures)
    const rowsFor = async (condition: Condition): Promise<readonly number[]> => (await measure({ kind: 'rows', failed: condition }))[0]!.sample

    it.each<[string, Condition, number[]]>([
      ['blank', { op: 'blank', field: '名' }, [1, 4]],
      ['not blank, which is true where a field is null', { op: 'not', of: { op: 'compare', left: { field: '起', as: 'date' }, by: 'lte', right: { field: '止', as: 'date' } } }, [1, 2, 3, 4, 5]],
      ['all of nothing', { op: 'all', of: [] }, [0, 1, 2, 3, 4, 5]],
      ['any of nothing', { op: 'any', of: [] }, []],
      ['the whole of a text by a pattern, line breaks and all', { op: 'matches', field: '名', pattern: '.{2,3}' }, [0, 2, 3, 5]],
      ['a part of a text by a pattern', { op: 'finds', field: '额', pattern: '万元$' }, [1]],
      ['characters', { op: 'length', field: '名', least: 2, most: 2 }, [0, 2, 5]],
      ['values of a list', { op: 'among', value: { field: '城' }, values: ['台州', "'; DROP TABLE x; --"] }, [0, 1, 3, 4]],
      ['values of a list, folded', { op: 'among', value: { field: '名' }, values: ['AB', ' 王五'], folded: true }, [3, 5]],
      ['values of a long list', { op: 'among', value: { field: '城' }, values: Array.from({ length: 50 }, (_, i) => (i === 9 ? '温州' : `城${i}`)) }, [2]],
      ['the beginning of values', { op: 'among', value: { field: '编', first: 2 }, values: ['00'] }, [0, 1, 2, 3, 4, 5]],
      ['texts that read as days', { op: 'reads', field: '起', as: 'date' }, [0, 2, 3]],
      ['texts that read as numbers', { op: 'reads', field: '额', as: 'number' }, [0, 2, 3, 5]],
      ['digits', { op: 'digits', field: '额', precision: 3, scale: 2 }, [2, 3]],
      ['days after one another', { op: 'compare', left: { field: '起', as: 'date' }, by: 'gt', right: { field: '止', as: 'date' } }, [2]],
      ['days some days apart', { op: 'compare', left: { field: '止', as: 'date' }, by: 'lte', right: { field: '起', as: 'date', plusDays: 1 } }, [0, 2]],
      ['numbers beside a constant', { op: 'compare', left: { field: '额', as: 'number' }, by: 'gte', right: { value: 1000 } }, [0, 5]],
      ['enough fields filled', { op: 'filled', fields: ['号', '名', '额'], least: 3 }, [0, 2, 5]],
      ['filters of plans', { field: '号', op: 'in', values: ['b', 'c'] }, [1, 4]],
      ['null', { field: '止', op: 'null' }, [3]],
    ])('tells rows by %s', async (_what, condition, rows) => {
      expect(await rowsFor(condition)).toEqual(rows)
      const streamed: unknown[] = []
      for await (const { rows: batch } of harness.engine.rowsWhere(people, [{ columns: ['名'], condition }])) streamed.push(...batch.map(([row]) => row))
      expect(streamed).toEqual(rows)
    })

    it('counts rows looked at, failing and in doubt, and shows doubtful rows only where none fails', async () => {
      const filled: Condition = { field: '号', op: 'notNull' }
      const [failing, doubting] = await measure(
        { kind: 'rows', among: filled, failed: { field: '号', op: 'eq', value: 'b' }, doubtful: { field: '号', op: 'in', values: ['a', 'b'] } },
        { kind: 'rows', among: filled, failed: { op: 'any', of: [] }, doubtful: { field: '号', op: 'eq', value: 'c' } },
      )
      expect(failing).toEqual({ checked: 5, failed: 1, doubtful: 3, sample: [1] })
      expect(doubting).toEqual({ checked: 5, failed: 0, doubtful: 1, sample: [4] })
    })

    it('groups by keys, without those that hold a null unless nulls are equal', async () => {
      const group = { kind: 'groups', most: 1 } as const
      const [all, excess, together, nulls] = await measure(
        { ...group, by: ['号'], counted: 'all' }, { ...group, by: ['号'], counted: 'excess' }, { ...group, by: ['号', '编'], counted: 'all' },
        { ...group, by: ['城', '编', '号', '止'], counted: 'excess', nullsEqual: true },
      )
      expect(all).toEqual({ checked: 5, failed: 3, doubtful: 0, sample: [0, 2, 5] })
      expect(excess).toEqual({ checked: 5, failed: 2, doubtful: 0, sample: [2, 5] })
      expect(together).toMatchObject({ failed: 3 })
      expect(nulls).toEqual({ checked: 6, failed: 0, doubtful: 0, sample: [] })
      const twice = await versionOf(harness, 'twice', ['甲', '乙', '丙'], [['1', '', 'x'], ['2', '', 'x'], ['1', '', 'x'], ['1', '', 'x']])
      expect(await harness.engine.measure(twice, [{ ...group, by: ['甲', '乙', '丙'], counted: 'excess', nullsEqual: true }])).toEqual([{ checked: 4, failed: 2, doubtful: 0, sample: [2, 3] }])
    })

    it('finds rows without the commonest dependent, and doubts where there is no commonest', async () => {
      const [one] = await measure({ kind: 'dependency', from: ['编'], to: '城' })
      expect(one).toEqual({ checked: 5, failed: 0, doubtful: 2, sample: [0, 2] })
      const towns = await versionOf(harness, 'towns', ['邮', '市'], [['1', 'A'], ['1', 'A'], ['1', 'B'], ['2', 'C']])
      expect(await harness.engine.measure(towns, [{ kind: 'dependency', from: ['邮'], to: '市' }])).toEqual([{ checked: 4, failed: 1, doubtful: 0, sample: [2] }])
    })

    it('finds rows that differ from an earlier one in one field by little', async () => {
      const near = await versionOf(harness, 'near', ['名', '址', '话', '额'], [['甲', '忠孝路12号', '1', '5'], ['甲', '忠孝路13号', '1', '5'], ['甲', '解放大道', '1', '5'], ['甲', '忠孝路12号', '1', '5'], ['乙', '忠孝路12号', '1', '9']])
      expect(await harness.engine.measure(near, [{ kind: 'near', fields: ['名', '址', '话', '额'], alike: 0.8 }])).toEqual([{ checked: 5, failed: 1, doubtful: 0, sample: [1] }])
      const twins = await versionOf(harness, 'twins', ['起', '止', '名', '额'], [['2020-01-01', '2020-01-01', '甲', '5'], ['2020-01-02', '2020-01-02', '甲', '5'], ['2020-01-02', '2020-01-01', '甲', '5']])
      expect(await harness.engine.measure(twins, [{ kind: 'near', fields: ['起', '止', '名', '额'], alike: 0.8 }])).toEqual([{ checked: 3, failed: 1, doubtful: 0, sample: [2] }])
    })

    it('looks into other versions, also by fields of other types', async () => {
      const to = { version: others, fields: ['键'] }
      const [reference, coverage, same, sums, typed] = await measure(
        { kind: 'reference', fields: ['编'], to: { version: others, fields: ['键'] } },
        { kind: 'coverage', fields: ['号'], of: to },
        { kind: 'same', key: ['号'], field: '城', as: 'text', in: { ...to, field: '值' } },
        { kind: 'sums', key: ['号'], total: '额', details: { ...to, amount: '分' }, tolerance: 0.01 },
        { kind: 'reference', fields: ['编'], to: { version: others, fields: ['数'] } },
      )
      const [explained, bySome] = await measure(
        { kind: 'reference', fields: ['编'], to: { version: others, fields: ['键'] }, lines: ['x,"y,001,z', '', '003'] },
        { kind: 'reference', fields: ['编', '城'], to: { version: others, fields: ['键', '值'] }, lines: ['002,台州', '003,温州', '台州'] },
      )
      expect(explained).toEqual({ checked: 6, failed: 1, doubtful: 5, sample: [1] })
      expect(bySome).toEqual({ checked: 5, failed: 4, doubtful: 1, sample: [0, 2, 3, 4] })
      expect(reference).toMatchObject({ checked: 6, failed: 6, sample: [0, 1, 2, 3, 4, 5] })
      expect(coverage).toEqual({ checked: 4, failed: 1, doubtful: 0, sample: [] })
      expect(same).toEqual({ checked: 4, failed: 2, doubtful: 0, sample: [2, 4] })
      expect(sums).toEqual({ checked: 3, failed: 2, doubtful: 0, sample: [2, 5] })
      expect(typed).toMatchObject({ checked: 6, failed: 6 })
    })

    it('finds numbers far beyond the quartiles', async () => {
      const numbers = await versionOf(harness, 'numbers', ['数', '同'], Array.from({ length: 100 }, (_, i) => [i === 40 ? '9999' : String(i), i === 3 ? '5' : '1']), { 数: 'integer', 同: 'integer' })
      const [far, same] = await harness.engine.measure(numbers, [{ kind: 'outliers', field: '数', factor: 3 }, { kind: 'outliers', field: '同', factor: 3 }])
      expect(far).toMatchObject({ checked: 100, failed: 1, sample: [40] })
      expect(same).toEqual({ checked: 100, failed: 0, doubtful: 0, sample: [] })
      // Many that are none are no outliers, however much the others are.
      const counts = await versionOf(harness, 'counts', ['桩'], Array.from({ length: 400 }, (_, i) => [String(i < 15 ? 0 : i === 20 ? -7 : Math.round(50 * 1.02 ** (i % 200)))]), { 桩: 'integer' })
      expect(await harness.engine.measure(counts, [{ kind: 'outliers', field: '桩', factor: 3 }])).toMatchObject([{ checked: 400, failed: 0, bounds: { low: -7 } }])
    })

    it('counts and streams over hundreds of fields as over one, each question by itself', async () => {
      const header = Array.from({ length: 260 }, (_, i) => `项${i}`)
      // Line r of field i says r when i is a multiple of r + 1, and nothing otherwise.
      const wide = await versionOf(harness, 'wide', header, [0, 1, 2].map((row) => header.map((_, i) => (i % (row + 1) === 0 ? String(row) : ''))))
      const rows = (i: number): number[] => [0, 1, 2].filter((row) => i % (row + 1) === 0)
      const filled = (field: string): Condition => ({ field, op: 'notNull' })
      const fields = [...header, ...header.toReversed()]
      const measured = await harness.engine.measure(wide, [
        ...fields.map((field): Measure => ({ kind: 'rows', failed: filled(field) })), { kind: 'rows', failed: { op: 'filled', fields: header, least: 200 } },
      ])
      expect(measured.map(({ sample }) => sample)).toEqual([...fields.map((field) => rows(header.indexOf(field))), [0]])
      const found = fields.map((): unknown[] => [])
      for await (const { of, rows: some } of harness.engine.rowsWhere(wide, fields.map((field) => ({ columns: [field], condition: filled(field) })))) found[of]!.push(...some)
      expect(found).toEqual(fields.map((field) => rows(header.indexOf(field)).map((row) => [row, String(row)])))
    })

    it('shows no more rows than asked', async () => {
      const [some, none] = [await harness.engine.measure(people, [{ kind: 'rows', failed: { op: 'all', of: [] } }], { sample: 2 }), await harness.engine.measure(people, [{ kind: 'rows', failed: { op: 'all', of: [] } }], { sample: 0 })]
      expect(some[0]).toMatchObject({ failed: 6, sample: [0, 1] })
      expect(none[0]).toMatchObject({ failed: 6, sample: [] })
    })

    it('refuses unknown fields, texts that would end a statement, and patterns that are not linear, all at once', async () => {
      const refused = measure(
        { kind: 'rows', failed: { op: 'any', of: [{ op: 'blank', field: '无' }, { op: 'among', value: { field: '名' }, values: ['a\0'] }] } },
        { kind: 'groups', by: [], most: 0, counted: 'all' },
      )
      await expect(refused).rejects.toMatchObject({ code: 'data-engine/invalid-plan' })
      expect(await refused.catch((error: { issues: { pointer: string }[] }) => error.issues.map(({ pointer }) => pointer))).toEqual(['/0/failed/of/0/field', '/0/failed/of/1/values/0', '/1/by', '/1/most'])
      await expect(measure({ kind: 'rows', failed: { op: 'matches', field: '名', pattern: '(a)\\1' } })).rejects.toMatchObject({ code: 'data-engine/invalid-plan', issues: [{ code: 'invalid-pattern' }] })
    })

    it('stops when it is told to', async () => {
      await expect(harness.engine.measure(people, [{ kind: 'rows', failed: { op: 'all', of: [] } }], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'data-engine/failed' })
    })
  })
}
