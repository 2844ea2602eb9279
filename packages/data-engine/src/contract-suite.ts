import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DataEngine, MergeKey, NormalisedTable, Row, ValueReject, WrittenVersion } from './data-engine.ts'
import type { InferredField, Reading, TypedField } from './field.ts'
import type { Value } from './profile.ts'
import type { Filter, ReadPlan, VersionRef } from './read-plan.ts'

/** What the suite needs from an adapter's test: an engine, a folder it may use, and the file system. */
export interface EngineHarness {
  readonly engine: DataEngine
  /** A folder of this run alone, without a slash at its end. */
  readonly directory: string
  writeText(path: string, text: string): Promise<void>
  readText(path: string): Promise<string>
  sha256(path: string): Promise<string>
  dispose(): Promise<void>
}

/** What `digest` answers for rows of these texts, worked out here. */
const sums = (texts: readonly string[]): string =>
  String(texts.map((text) => BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 14)}`)).reduce((sum, one) => sum + one, 0n))

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** What every data engine must do alike. An adapter's test calls it with a way to make an engine. */
export function describeDataEngine(name: string, makeHarness: () => Promise<EngineHarness>): void {
  describe(`data engine ${name}`, () => {
    let harness: EngineHarness
    let count = 0
    beforeAll(async () => {
      harness = await makeHarness()
    })
    afterAll(async () => {
      await harness.engine.close()
      await harness.dispose()
    })

    /** A normalised file of these rows; line = place + 2, as under one header row. */
    const tableOf = async (names: readonly string[], rows: readonly (readonly string[])[], firstLine: number | null = 2): Promise<NormalisedTable> => {
      const path = `${harness.directory}/staged-${++count}.csv`
      const records = rows.map((row, i) => [String(i + 2), ...row.map(quote)].join(',') + '\n')
      await harness.writeText(path, records.join(''))
      return {
        path,
        names,
        rows: rows.length,
        maxRecordBytes: Math.max(1, ...records.map((record) => record.length * 3)),
        innerLineBreaks: rows.flat().some((text) => /[\r\n]/.test(text)),
        firstLine,
      }
    }
    const column = async (header: string, texts: readonly string[], hint?: Reading): Promise<InferredField> => {
      const staged = await harness.engine.stage(await tableOf([header, '序'], texts.map((text, i) => [text, String(i)])))
      const [field] = await harness.engine.inferTypes(staged, hint ? { [header]: hint } : {})
      return field!
    }
    const write = async (table: NormalisedTable, change: (fields: InferredField[]) => InferredField[] = (fields) => fields): Promise<{ version: WrittenVersion; ref: VersionRef; rejects: ValueReject[]; fields: InferredField[] }> => {
      const staged = await harness.engine.stage(table)
      const fields = change(await harness.engine.inferTypes(staged))
      const rejects: ValueReject[] = []
      const directory = `${harness.directory}/version-${++count}`
      const version = await harness.engine.writeVersion(staged, fields, { directory, reject: (some) => void rejects.push(...some) })
      await harness.engine.discard(staged)
      return { version, rejects, fields, ref: { files: version.files.map((file) => file.path), schema: version.schema } }
    }
    const rowsOf = async (ref: VersionRef, plan: ReadPlan): Promise<Row[]> => {
      const rows: Row[] = []
      for await (const batch of harness.engine.query(ref, plan)) rows.push(...batch)
      return rows
    }
    const times = (n: number, text: (i: number) => string): string[] => Array.from({ length: n }, (_, i) => text(i))

    describe('inferring types', () => {
      it.each<[string, string, string[], string]>([
        ['integers', '数量', ['1', '-20', '0', ''], 'integer'],
        ['integers with thousands', '金额', ['1,200', '30', '-4,000,000'], 'integer-grouped'],
        ['decimals', '面积', ['1.5', '20', '-.25', '1e-3'], 'decimal'],
        ['decimals with thousands', '金额', ['1,200.50', '3.1'], 'decimal-grouped'],
        ['Chinese booleans', '有效', ['是', '否', ''], 'boolean-shi-fou'],
        ['English booleans', 'valid', ['True', 'FALSE'], 'boolean-true-false'],
        ['Y and N', 'flag', ['Y', 'N', 'y'], 'boolean-y-n'],
        ['one letter that is only sometimes a flag', 'area', ['N', 'N'], 'text'],
        ['ISO dates', '日期', ['2019-11-05', '2019/1/5', '2019.12.31'], 'date-ymd'],
        ['compact dates under such a name', '登记日期', ['20191105', '20200229'], 'date-compact'],
        ['eight digits that are no dates', '数量', ['20191105', '30000000'], 'integer'],
        ['Chinese dates', '时间', ['2019年11月5日', '2020年1月31日'], 'date-zh'],
        ['ROC dates', '日期', ['108/11/11', '民國97年1月2日', '108年3月4日'], 'date-roc'],
        ['compact ROC dates', '交易年月日', ['1081111', '0860610'], 'date-roc-compact'],
        ['times', '更新时间', ['2019-11-05 08:30:00', '2019/11/5 8:30', '2019-11-05T08:30:00.5'], 'datetime-ymd'],
        ['Chinese times', '更新时间', ['2019年11月5日 8:30', '2019年11月5日 18:30:01'], 'datetime-zh'],
        ['years as people write them', '年份', ['1978年', '1979年'], 'text'],
        ['codes with leading zeros', '值', ['010', '020', '300'], 'text'],
        ['codes of one width by their name', '行政区划代码', ['110101', '110102'], 'text'],
        ['phone numbers by their name', '联系电话', ['13812345678', '13900000000'], 'text'],
        ['numbers of 18 digits', '值', ['110101199003070011', '110101199003070012'], 'text'],
        ['numbers of 15 digits throughout', '值', ['110101900307001', '110101900307002'], 'text'],
        ['ordinary numbers under a code name', '编号', ['1', '20', '300'], 'integer'],
        ['blanks only', '空', ['', '  '], 'text'],
        ['placeholders only', '空', ['-', '无'], 'text'],
        ['numbers with placeholders', '值', ['1', '-', 'NULL', '不详', '2'], 'integer'],
        ['a few numbers with one word', '值', ['1', '2', '三'], 'text'],
      ])('reads %s', async (_what, header, texts, reading) => {
        expect((await column(header, texts)).reading).toBe(reading)
      })

      it('takes a type when 99 % and at least 20 fit, and counts the others', async () => {
        const field = await column('值', [...times(298, String), 'x', '-', ''])
        expect(field).toMatchObject({ type: 'integer', filled: 299, placeholders: 1, misfits: 1, nullable: true })
        expect((await column('值', [...times(97, String), 'x', 'y', 'z'])).type).toBe('text')
      })

      it('measures precision and scale', async () => {
        expect(await column('值', ['1234.5', '-0.125', '7'])).toMatchObject({ type: 'decimal', precision: 7, scale: 3 })
        expect(await column('值', ['131.14999999999998', '1'])).toMatchObject({ precision: 17, scale: 14 })
      })

      it('does what a person says', async () => {
        expect(await column('值', ['1', '2', '三'], 'integer')).toMatchObject({ type: 'integer', misfits: 1, reason: 'type/given' })
        expect(await column('值', ['1', '2'], 'text')).toMatchObject({ type: 'text' })
      })
    })

    describe('writing a version', () => {
      const names = ['编 号"x', '名称', '日期', '金额', '有效']
      const rows = [
        ['1', ' 甲,"乙"\n', '2020-01-05', '1234567890.12', '是'],
        ['2', '', '', '-', ''],
        ['3', "O'Neil; DROP TABLE", '2019/12/31', ' 0.10 ', '否'],
      ]

      it('keeps every value, with the right types', async () => {
        const { ref, version, rejects } = await write(await tableOf(names, rows))
        expect(rejects).toEqual([])
        expect(version).toMatchObject({ rowsStored: 3, rowsRejected: 0, files: [{ rows: 3 }] })
        expect(version.schema.map(({ type }) => type)).toEqual(['integer', 'text', 'date', 'decimal', 'boolean'])
        expect(await rowsOf(ref, { columns: ['_row', ...names] })).toEqual([
          [0, 1, ' 甲,"乙"\n', '2020-01-05', 1234567890.12, true],
          [1, 2, null, null, null, null],
          [2, 3, "O'Neil; DROP TABLE", '2019-12-31', 0.1, false],
        ])
      })

      it('tells the true size and SHA-256 of its files', async () => {
        const { version } = await write(await tableOf(['a'], [['1']]))
        const file = version.files[0]!
        expect(file.sha256).toBe(await harness.sha256(file.path))
        expect(file.bytes).toBeGreaterThan(0)
      })

      it('rejects rows that do not fit, by line, field and value, and numbers the others without gaps', async () => {
        const many = times(300, (i) => (i === 100 ? 'x1' : i === 200 ? '-' : String(i)))
        const { ref, version, rejects } = await write(await tableOf(['n', 't'], many.map((n, i) => [n, `t${i}`])))
        expect(version).toMatchObject({ rowsStored: 299, rowsRejected: 1 })
        expect(rejects).toEqual([
          { line: 102, reasonCode: 'value-does-not-fit', field: 'n', value: 'x1', detail: '"x1" is no integer (n)', excerpt: 'x1,t100' },
        ])
        const stored = await rowsOf(ref, { columns: ['_row', 't'] })
        expect(stored.map(([row]) => row)).toEqual(Array.from({ length: 299 }, (_, i) => i))
        expect(stored[100]).toEqual([100, 't101'])
        // The row that was rejected stood on line 102.
        expect(await harness.engine.sourceLines(ref, [298, 0, 99, 100])).toEqual([301, 2, 101, 103])
      })

      it('knows on which line of its source a row stood, when lines follow each other and when not', async () => {
        const even = await write(await tableOf(['a', 'b'], times(5, String).map((n) => [`x${n}`, 'y'])))
        expect(await harness.engine.sourceLines(even.ref, [0, 4])).toEqual([2, 6])
        const uneven = await write(await tableOf(['a', 'b'], [['x', 'y'], ['z', 'y']], null))
        expect(await harness.engine.sourceLines(uneven.ref, [1, 7])).toEqual([3, null])
        const taken = await write(await tableOf(['_source_line', 'b'], [['9', 'y'], ['8', 'x']], null))
        expect(await harness.engine.sourceLines(taken.ref, [0])).toEqual([null])
        expect(await rowsOf(taken.ref, { columns: ['_source_line'] })).toEqual([[9], [8]])
      })

      it('follows a reading that was changed by hand, whatever inference counted', async () => {
        const table = await tableOf(['n', 't'], [['1', 'a'], ['2x', 'b']])
        const { rejects, version } = await write(table, ([n, t]) => [{ ...n!, type: 'integer', reading: 'integer' }, t!])
        expect(version).toMatchObject({ rowsStored: 1, rowsRejected: 1 })
        expect(rejects).toMatchObject([{ line: 3, value: '2x' }])
      })

      it('writes a version of no rows', async () => {
        const { ref, version } = await write(await tableOf(['a', 'b'], []))
        expect(version.rowsStored).toBe(0)
        expect(await rowsOf(ref, { columns: ['a', 'b'] })).toEqual([])
        expect(await harness.engine.profile(ref)).toMatchObject([{ name: 'a', rows: 0, distinct: 0 }, { name: 'b' }])
      })

      it('keeps long decimals digit for digit, and the largest integers', async () => {
        const { ref } = await write(await tableOf(['d', 'i'], [['131.14999999999998', '9007199254740991'], ['2', '-9007199254740991']]))
        expect(await rowsOf(ref, { columns: ['d', 'i'] })).toEqual([
          ['131.14999999999998', 9007199254740991],
          ['2', -9007199254740991],
        ])
      })

      it('keeps the digits of numbers with an exponent, or leaves them text', async () => {
        const { ref } = await write(await tableOf(['d', 'tiny'], [['1.25e-3', '1e-40'], ['2E2', '1']]))
        expect(ref.schema).toMatchObject([{ type: 'decimal', scale: 5 }, { type: 'text' }])
        expect(await rowsOf(ref, { columns: ['d', 'tiny'] })).toEqual([
          [0.00125, '1e-40'],
          [200, '1'],
        ])
      })

      it('refuses two fields of one name', async () => {
        const table = await tableOf(['a', 'b'], [['1', '2']])
        await expect(write(table, (fields) => fields.map((field) => ({ ...field, name: 'A' })))).rejects.toMatchObject({ code: 'data-engine/invalid-fields' })
      })
    })

    describe('merging into a version', () => {
      const names = ['id', '名称', '金额']
      const base = async () => (await write(await tableOf(names, [['1', '甲', '1.5'], ['2', '乙', ''], ['3', '丙', '3.25'], ['2', '乙又', '2']]))).ref
      const merge = async (older: VersionRef | null, table: NormalisedTable, by: MergeKey, fields?: readonly TypedField[]) => {
        const staged = await harness.engine.stage(table)
        const known = new Map(older?.schema.map((field) => [field.name, field]))
        const inferred = (await harness.engine.inferTypes(staged)).map((field) => ({ ...field, ...known.get(field.name) }))
        const rejects: ValueReject[] = []
        const target = { directory: `${harness.directory}/merged-${++count}`, reject: (some: readonly ValueReject[]) => void rejects.push(...some) }
        const merged = await harness.engine.merge(older, staged, fields ?? (by.deletions === 'marked' ? inferred.slice(0, -1) : inferred), by, target)
        await harness.engine.discard(staged)
        return { merged, rejects, ref: { files: merged.files.map(({ path }) => path), schema: merged.schema } }
      }
      const all = (ref: VersionRef) => rowsOf(ref, { columns: ['_row', ...ref.schema.map(({ name }) => name)] })
      const byId: MergeKey = { key: ['id'], deletions: 'none' }

      it('puts the last row of a key where the first of that key was, and new keys behind', async () => {
        const { merged, ref } = await merge(await base(), await tableOf(names, [['9', '新', '9'], ['2', '旧', '1'], ['2', '改', '2.5']]), byId)
        expect(merged).toMatchObject({ rowsStored: 4, rowsRejected: 0, added: 1, changed: 1, removed: 0, idle: 1 })
        expect(await all(ref)).toEqual([[0, 1, '甲', 1.5], [1, 2, '改', 2.5], [2, 3, '丙', 3.25], [3, 9, '新', 9]])
      })

      it('takes marked keys out and numbers the others without gaps', async () => {
        const { merged, ref } = await merge(await base(), await tableOf([...names, '_deleted'], [['1', '', '', '1'], ['7', '', '', '1'], ['3', '丙改', '4', '']]), { key: ['id'], deletions: 'marked' })
        expect(merged).toMatchObject({ rowsStored: 3, added: 0, changed: 1, removed: 1, idle: 1 })
        expect(await all(ref)).toEqual([[0, 2, '乙', null], [1, 3, '丙改', 4], [2, 2, '乙又', 2]])
      })

      it('writes nothing when nothing changes', async () => {
        const { merged } = await merge(await base(), await tableOf(names, [['1', '甲', '1.5'], ['3', '丙', '3.25']]), byId)
        expect(merged).toMatchObject({ files: [], added: 0, changed: 0, removed: 0, idle: 2 })
      })

      it('makes a version of nothing but what came, without a base', async () => {
        const { ref } = await merge(null, await tableOf(names, [['1', '甲', '1'], ['1', '后', '2']]), byId)
        expect(await all(ref)).toEqual([[0, 1, '后', 2]])
      })

      it('puts all rows behind when there is no key', async () => {
        const { ref, merged } = await merge(await base(), await tableOf(names, [['1', '甲', '1.5'], ['1', '甲', '1.5']]), { key: [], deletions: 'none' })
        expect(merged).toMatchObject({ added: 2, changed: 0 })
        expect((await all(ref)).slice(3)).toEqual([[3, 2, '乙又', 2], [4, 1, '甲', 1.5], [5, 1, '甲', 1.5]])
      })

      it('matches keys of several fields, where null equals null, and widens types', async () => {
        const older = (await write(await tableOf(['a', 'b', 'n'], [['x', '', '1'], ['x', 'y', '2']]))).ref
        const wider: TypedField[] = [
          { name: 'a', type: 'text', reading: 'text', nullable: true }, { name: 'b', type: 'text', reading: 'text', nullable: true },
          { name: 'n', type: 'decimal', reading: 'decimal', precision: 18, scale: 2, nullable: true }, { name: 'new', type: 'text', reading: 'text', nullable: true },
        ]
        const { ref } = await merge(older, await tableOf(['n', 'a', 'new', 'b'], [['1.25', 'x', '新', '']]), { key: ['A', 'b'], deletions: 'none' }, wider)
        expect(await all(ref)).toEqual([[0, 'x', null, '1.25', '新'], [1, 'x', 'y', '2', null]])
      })

      it('rejects rows that do not fit and leaves what they would have replaced', async () => {
        const fields: TypedField[] = [
          { name: 'id', type: 'integer', reading: 'integer', nullable: true }, { name: '名称', type: 'text', reading: 'text', nullable: true },
          { name: '金额', type: 'decimal', reading: 'decimal', precision: 10, scale: 2, nullable: true },
        ]
        const { ref, rejects, merged } = await merge(await base(), await tableOf(names, [['1', '甲', '不是数'], ['4', '丁', '4']]), byId, fields)
        expect(rejects).toMatchObject([{ line: 2, field: '金额', value: '不是数' }])
        expect(merged).toMatchObject({ rowsRejected: 1, added: 1, changed: 0, idle: 0 })
        expect((await all(ref))[0]).toEqual([0, 1, '甲', 1.5])
      })

      it('refuses a key that does not come, fields that are not there, and types that do not hold what is there', async () => {
        await expect(merge(await base(), await tableOf(['名称'], [['甲']]), byId)).rejects.toMatchObject({ code: 'data-engine/invalid-fields' })
        const older = await base()
        for (const narrow of [{ type: 'integer', reading: 'integer' }, { type: 'decimal', reading: 'decimal', precision: 10, scale: 1 }] as const) {
          const fields = older.schema.map((field): TypedField => ({ ...field, reading: field.type === 'decimal' ? 'decimal' : field.type === 'integer' ? 'integer' : 'text', ...(field.name === '金额' ? narrow : {}) }))
          await expect(merge(older, await tableOf(names, [['1', '甲', '1']]), byId, fields)).rejects.toMatchObject({ code: 'data-engine/invalid-fields' })
        }
      })

      it('sums rows up alike whatever their order, as their texts say', async () => {
        const one = (await write(await tableOf(['a', 'n', 'd', 't'], [['甲', '1.5', '2020-01-05', '2020-01-05 08:30:00.5'], ['', '2.5', '', '']]))).ref
        const other = (await write(await tableOf(['a', 'n', 'd', 't'], [['', '2.5', '', ''], ['甲', '1.5', '2020/1/5', '2020-01-05T08:30:00.500']]))).ref
        expect(await harness.engine.digest(one)).toEqual(await harness.engine.digest(other))
        // 14 hexadecimal digits of the SHA-256 of `3:甲3:1.510:2020-01-0521:2020-01-05 08:30:00.5` and of `-3:2.5--`
        expect(await harness.engine.digest(one)).toEqual({ rows: 2, hash: sums(['3:甲3:1.510:2020-01-0521:2020-01-05 08:30:00.5', '-3:2.5--']) })
        expect((await harness.engine.digest({ ...one, schema: one.schema.slice(0, 1) })).hash).not.toBe((await harness.engine.digest(one)).hash)
      })
    })

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
        expect(await harness.engine.count(ref, [filter])).toBe(expected(keep).length)
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
        for await (const batch of harness.engine.query(ref, { columns: ['id'] })) {
          expect(batch.length).toBeGreaterThan(0)
          break
        }
        expect(await harness.engine.count(ref)).toBe(total)
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
        for (const format of harness.engine.capabilities.exportFormats) {
          const path = `${harness.directory}/export-${++count}.${format}`
          expect(await harness.engine.export(ref, plan, format, path)).toBe(2)
          if (format === 'csv') expect(await harness.readText(path)).toBe('id,名称,时间,值\n7,,2020-01-01T00:07:00,7.5\n6,名6%_,2020-01-01T00:06:00,6.5\n')
          if (format === 'ndjson') {
            const [first] = (await harness.readText(path)).split('\n')
            expect(JSON.parse(first!)).toEqual({ id: 7, 名称: null, 时间: '2020-01-01T00:07:00', 值: 7.5 })
          }
        }
      })

      it('profiles every field', async () => {
        const [id, name, date, value, valid] = await harness.engine.profile(ref)
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
  })
}
