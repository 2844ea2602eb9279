import { describe, expect, it } from 'vitest'
import { type EngineBench, times } from './engine-bench.ts'

/** What every engine must make of the texts of a table: their types, and a version. */
export function describeWriting(bench: EngineBench): void {
  const { tableOf, column, write, rowsOf } = bench

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
      expect(file.sha256).toBe(await bench.harness.sha256(file.path))
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
      expect(await bench.harness.engine.sourceLines(ref, [298, 0, 99, 100])).toEqual([301, 2, 101, 103])
    })

    it('knows on which line of its source a row stood, when lines follow each other and when not', async () => {
      const even = await write(await tableOf(['a', 'b'], times(5, String).map((n) => [`x${n}`, 'y'])))
      expect(await bench.harness.engine.sourceLines(even.ref, [0, 4])).toEqual([2, 6])
      const uneven = await write(await tableOf(['a', 'b'], [['x', 'y'], ['z', 'y']], null))
      expect(await bench.harness.engine.sourceLines(uneven.ref, [1, 7])).toEqual([3, null])
      const taken = await write(await tableOf(['_source_line', 'b'], [['9', 'y'], ['8', 'x']], null))
      expect(await bench.harness.engine.sourceLines(taken.ref, [0])).toEqual([null])
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
      expect(await bench.harness.engine.profile(ref)).toMatchObject([{ name: 'a', rows: 0, distinct: 0 }, { name: 'b' }])
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
}
