import { AppError } from '@datong/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRecipe, compileRecipe } from './compile-recipe.ts'
import { previewRecipe } from './preview-recipe.ts'
import { type RecipeCounts, runRecipe, type TextRow } from './run-recipe.ts'
import type { Step } from './step.ts'
import { suggestSteps } from './suggest-steps.ts'
import type { Refusal } from './row.ts'
import type { CleansingTools } from './step-definition.ts'

const tools: CleansingTools = {
  today: '2026-11-22',
  codeVersions: (list) => {
    if (list === 'SEX') return [{ label: '2003', from: '2003-01-01', codes: [{ code: '1', name: '男性', aliases: ['男'] }, { code: '2', name: '女性', aliases: ['女'] }] }]
    // Real history: 临安市 330185 became 临安区 330112 in 2017; 萧山, 余杭 and others were divided anew in 2021: 330103 下城区 and 330104 江干区 ended.
    if (list === 'GB2260') {
      return [
        { label: '2016', from: '2016-12-31', codes: [{ code: '330185', name: '临安市' }, { code: '330102', name: '上城区' }, { code: '330104', name: '江干区', became: ['330102', '330114'] }, { code: '330103', name: '下城区', became: ['330105'] }, { code: '330105', name: '拱墅区' }] },
        { label: '2021', from: '2021-12-31', codes: [{ code: '330112', name: '临安区' }, { code: '330102', name: '上城区' }, { code: '330105', name: '拱墅区' }, { code: '330114', name: '钱塘区' }] },
      ]
    }
    return undefined
  },
}

interface Ran {
  readonly names: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly refused: readonly (Refusal & { readonly line: number; readonly step: number })[]
  readonly counts: RecipeCounts
}
async function run(names: readonly string[], rows: readonly (readonly string[])[], ...steps: readonly Step[]): Promise<Ran> {
  const recipe = compileRecipe(steps, names, tools)
  const input = rows.map((cells, at): TextRow => ({ line: at + 2, cells }))
  const kept: string[][] = []
  const refused: (Refusal & { line: number; step: number })[] = []
  const counts = await runRecipe(recipe, () => [input], { keep: (_line, cells) => kept.push([...cells]), refuse: ({ line }, step, refusal) => refused.push({ line, step, ...refusal }) })
  return { names: recipe.fields.map(({ name }) => name), rows: kept, refused, counts }
}
const faults = (names: readonly string[], ...steps: readonly Step[]): readonly string[] => {
  const checked = checkRecipe(steps, names, tools)
  return 'steps' in checked ? [] : checked.map(({ pointer, code }) => `${pointer} ${code}`)
}

describe('a recipe', () => {
  it('cleans as its steps say, in their order', async () => {
    const { names, rows, counts } = await run(['姓名', '证件号', '金额', '日期'], [[' 王　伟 ', '１３０５０３670401001', '1.5万元', '108/3/1'], ['李娜', '11010519491231002x', '不详', '']],
      { kind: 'trim', fields: [], inner: 'none' }, { kind: 'blank-words', fields: ['金额'], words: ['不详'] }, { kind: 'citizen-number', fields: ['证件号'], misfit: 'keep' },
      { kind: 'amount', fields: ['金额'], unless: '元', unit: '元', misfit: 'reject' }, { kind: 'day', fields: ['日期'], era: 'roc', order: 'ymd', serial: false, time: false, misfit: 'keep' })
    expect(names).toEqual(['姓名', '证件号', '金额', '日期'])
    expect(rows).toEqual([['王伟', '130503196704010016', '15000', '2019-03-01'], ['李娜', '11010519491231002X', '', '']])
    expect(counts).toMatchObject({ rowsIn: 2, rowsOut: 2, rowsChanged: 2, rowsRejected: 0, rowsDropped: 0 })
    expect(counts.steps.map(({ cells }) => cells)).toEqual([{ 姓名: 1 }, { 金额: 1 }, { 证件号: 2 }, { 金额: 1 }, { 日期: 1 }])
  })

  it('sends rows that divide by zero to the rejects, with the reason', async () => {
    const { rows, refused, counts } = await run(['总价', '面积'], [['100', '3'], ['5', '0'], ['x', '2'], ['', '2']], { kind: 'calculate', into: '单价', formula: 'round([总价] / [面积], 2)', misfit: 'reject' })
    expect(rows).toEqual([['100', '3', '33.33'], ['', '2', '']])
    expect(refused).toMatchObject([
      { line: 3, step: 0, reason: 'division-by-zero', field: '单价', intended: false, detail: 'division by zero in round([总价] / [面积], 2)' },
      { line: 4, reason: 'not-a-number', detail: '总价 is not a number in round([总价] / [面积], 2)' },
    ])
    expect(counts).toMatchObject({ rowsIn: 4, rowsOut: 2, rowsRejected: 2, rowsDropped: 0 })
  })

  it('works figures out exactly', async () => {
    const formula = '([a] + [b]) * 3 - coalesce([c], 0.1) / -2'
    expect((await run(['a', 'b', 'c'], [['0.1', '0.2', ''], ['9007199254740993', '1', '2']], { kind: 'calculate', into: 'd', formula, misfit: 'reject' })).rows.map((row) => row[3])).toEqual(['0.95', '27021597764222983'])
  })

  it('is not held up by an expression that explodes elsewhere', async () => {
    const { rows } = await run(['a'], [[`${'a'.repeat(50_000)}!`]], { kind: 'replace', fields: ['a'], find: '(a+)+$', pattern: true, ignoreCase: false, replacement: 'x' })
    expect(rows[0]![0]).toHaveLength(50_001)
  })

  it('replaces by groups, and literally what is no group', async () => {
    const replace = (find: string, pattern: boolean, replacement: string, ignoreCase = false): Step => ({ kind: 'replace', fields: ['a'], find, pattern, ignoreCase, replacement })
    const after = async (text: string, step: Step) => (await run(['a'], [[text]], step)).rows[0]![0]
    expect(await after('2019-11', replace('(\\d+)-(\\d+)', true, '$2/$1'))).toBe('11/2019')
    expect(await after('价格10元', replace('\\d+', true, 'US$ \\'))).toBe('价格US$ \\元')
    expect(await after('a.b.c', replace('.', false, '$1'))).toBe('a$1b$1c')
    expect(await after('KM km', replace('km', false, '公里', true))).toBe('公里 公里')
  })

  it('keeps one row of a key, and says which line it repeats', async () => {
    const table = [['1', 'b', '2'], ['2', '', ''], ['1', '', '10'], ['', 'x', ''], ['1', 'c', '9'], ['', 'y', '']]
    const with_ = (keep: 'first' | 'last' | 'greatest' | 'fullest') => run(['k', 'v', 'n'], table, { kind: 'dedupe', fields: ['k'], keep, by: keep === 'greatest' ? 'n' : '' })
    expect((await with_('first')).rows.map((row) => row.join())).toEqual(['1,b,2', '2,,', ',x,', ',y,'])
    expect((await with_('last')).rows.map((row) => row.join())).toEqual(['2,,', ',x,', '1,c,9', ',y,'])
    expect((await with_('greatest')).rows.map((row) => row.join())).toEqual(['2,,', '1,,10', ',x,', ',y,'])
    const { rows, refused, counts } = await with_('fullest')
    expect(rows.map((row) => row.join())).toEqual(['1,b,2', '2,,', ',x,', ',y,'])
    expect(refused.map(({ line, reason, intended, detail }) => [line, reason, intended, detail])).toEqual([[4, 'duplicate-row', true, 'same key as line 2'], [6, 'duplicate-row', true, 'same key as line 2']])
    expect(counts).toMatchObject({ rowsDropped: 2, rowsRejected: 0 })
  })

  it('splits and merges fields', async () => {
    const split = { kind: 'split', field: 'a', way: 'separator', by: '-', lengths: [], into: ['x', 'y'], rest: 'last' } as const
    const { names, rows } = await run(['a', 'b'], [['1-2-3', 'p'], ['7', 'q'], ['', 'r']], split)
    expect(names).toEqual(['a', 'x', 'y', 'b'])
    expect(rows).toEqual([['1-2-3', '1', '2-3', 'p'], ['7', '7', '', 'q'], ['', '', '', 'r']])
    expect((await run(['a'], [['1-2-3']], { ...split, rest: 'reject' })).refused).toMatchObject([{ reason: 'too-many-parts', field: 'a' }])
    expect((await run(['a'], [['331082198001']], { ...split, way: 'lengths', lengths: [6, 4], rest: 'drop' })).rows).toEqual([['331082198001', '331082', '1980']])
    expect((await run(['a'], [['甲(乙)']], { ...split, way: 'pattern', by: '^(.*)\\((.*)\\)$' })).rows).toEqual([['甲(乙)', '甲', '乙']])
    const merge = { kind: 'merge', fields: ['a', 'b', 'c'], separator: '/', into: 'a', skipBlank: true } as const
    expect((await run(['a', 'b', 'c'], [['1', '', '3'], ['', '', '']], merge)).rows).toEqual([['1/3', '', '3'], ['', '', '']])
  })

  it('maps codes by pairs first, then by a code list', async () => {
    const step = { kind: 'map-codes', field: 'a', into: '', pairs: [{ from: '男', to: 'M' }], list: 'SEX', write: 'code', others: 'keep', value: '' } as const
    expect((await run(['a'], [['男'], ['女'], ['２'], ['男性'], ['不明']], step)).rows.flat()).toEqual(['M', '2', '2', '1', '不明'])
    expect((await run(['a'], [['1'], ['不明']], { ...step, pairs: [], write: 'name', others: 'value', value: '未说明' })).rows.flat()).toEqual(['男性', '未说明'])
    expect((await run(['a'], [['不明']], { ...step, others: 'reject' })).refused).toMatchObject([{ reason: 'unreadable-value' }])
  })

  it('carries division codes over to a day, and guesses nothing', async () => {
    const step = { kind: 'division-code', fields: ['c'], asOf: null, at: '2026-01-01', misfit: 'blank' } as const
    const { rows, counts } = await run(['c'], [['330185'], ['330103'], ['330104'], ['330102'], ['999999'], ['３３０１０３']], step)
    expect(rows.flat()).toEqual(['330112', '330105', '', '330102', '', '330105'])
    expect(counts.steps[0]!.misfits).toBe(2)
    expect((await run(['c', 'y'], [['330103', '2017'], ['330102', '2018-05-01'], ['330103', '2022']], { ...step, asOf: 'y', misfit: 'keep' })).rows).toEqual([['330105', '2017'], ['330102', '2018-05-01'], ['330103', '2022']])
    expect(faults(['c'], { ...step, at: '1980-01-01' })).toEqual(['/steps/0/at no-codes'])
  })

  it('takes addresses apart down to a level', async () => {
    const step = { kind: 'address', field: 'a', rewrite: true, province: '浙江省', city: '台州市', levels: [{ level: 'county', into: '区县' }, { level: 'road', into: '道路' }], downTo: 'county', misfit: 'reject' } as const
    const { names, rows, refused } = await run(['a'], [['临海市 巾山路１０８号'], ['浙江省'], ['']], step)
    expect(names).toEqual(['a', '区县', '道路'])
    expect(rows).toEqual([['浙江省台州市临海市巾山路108号', '临海市', '巾山路'], ['', '', '']])
    expect(refused).toMatchObject([{ line: 3, reason: 'unreadable-value', field: 'a' }])
  })

  it('fills blanks, removes rows and fields, renames', async () => {
    const { names, rows, refused } = await run(['局', '数', 'x'], [['教育', '1', ''], ['', '2', ''], ['合计', '3', ''], ['', '4', '']],
      { kind: 'remove-rows', field: '局', when: 'contains', value: '合计' }, { kind: 'fill', fields: ['局'], way: 'previous', by: '' }, { kind: 'remove-fields', fields: ['x'] }, { kind: 'rename', field: '数', to: '数量' })
    expect([names, rows]).toEqual([['局', '数量'], [['教育', '1'], ['教育', '2'], ['教育', '4']]])
    expect(refused).toMatchObject([{ reason: 'unwanted-row', intended: true, field: '局', detail: 'contains 合计' }])
  })

  it('says where each field comes from', () => {
    const { fields } = compileRecipe([{ kind: 'trim', fields: ['a'], inner: 'keep' }, { kind: 'merge', fields: ['a', 'b'], separator: '', into: 'ab', skipBlank: true }, { kind: 'rename', field: 'c', to: 'd' }], ['a', 'b', 'c'], tools)
    expect(fields.map(({ name, from, how }) => ({ name, from, how }))).toEqual([
      { name: 'a', from: ['a'], how: ['trim'] }, { name: 'b', from: ['b'], how: [] }, { name: 'ab', from: ['a', 'b'], how: ['trim', 'merge'] }, { name: 'd', from: ['c'], how: ['rename'] },
    ])
  })

  it('tells all its faults at once', () => {
    expect(faults(['a'],
      { kind: 'trim', fields: ['b'], inner: 'keep' }, { kind: 'replace', fields: ['a'], find: '(a', pattern: true, ignoreCase: false, replacement: '' }, { kind: 'replace', fields: ['a'], find: '(a)', pattern: true, ignoreCase: false, replacement: '$2' },
      { kind: 'calculate', into: 'c', formula: '[a] +', misfit: 'reject' }, { kind: 'calculate', into: 'd', formula: 'sqrt([a])', misfit: 'reject' }, { kind: 'rename', field: 'a', to: ' ' }, { kind: 'remove-fields', fields: ['a', 'c', 'd'] },
    )).toEqual(['/steps/0/fields/0 unknown-field', '/steps/1/find invalid-pattern', '/steps/2/replacement unknown-group', '/steps/3/formula invalid-formula', '/steps/4/formula invalid-formula', '/steps/5/to invalid-name', '/steps/6/fields no-fields-left'])
    expect(() => compileRecipe([{ kind: 'trim', fields: ['b'], inner: 'keep' }], ['a'], tools)).toThrow(AppError)
  })

  it('shows examples of what it changes, no example twice', async () => {
    const recipe = compileRecipe([{ kind: 'trim', fields: [], inner: 'keep' }, { kind: 'day', fields: ['d'], era: 'western', order: 'ymd', serial: false, time: false, misfit: 'keep' }], ['n', 'd'], tools)
    const rows = [[' a', '2020/1/2'], [' a', '2020/1/2'], ['b', 'x'], ['c', '']].map((cells, at) => ({ line: at + 1, cells }))
    const { examples, rows: shown, counts } = await previewRecipe(recipe, rows, { cells: 5, rows: 3 })
    expect(examples).toEqual([[{ line: 1, field: 'n', before: ' a', after: 'a' }], [{ line: 1, field: 'd', before: '2020/1/2', after: '2020-01-02' }, { line: 3, field: 'd', before: 'x', after: null }]])
    expect(shown.map(({ line, after }) => [line, after])).toEqual([[1, ['a', '2020-01-02']], [2, ['a', '2020-01-02']], [3, ['b', 'x']]])
    expect(counts.steps.map(({ rowsChanged, misfits }) => [rowsChanged, misfits])).toEqual([[2, 0], [2, 1]])
  })
})

describe('any recipe', () => {
  const NAMES = ['a', 'b', 'c']
  const cell = fc.oneof(fc.constantFrom('', '1', '0', '2.5', ' x ', '１２', '无', '合计', '2019/1/2', '1万元', 'a-b-c', '330104', '男'), fc.string({ maxLength: 6 }))
  const tables = fc.array(fc.tuple(cell, cell, cell), { maxLength: 30 })
  const field = fc.constantFrom(...NAMES)
  const misfit = fc.constantFrom('keep', 'blank', 'reject')
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ kind: fc.constant('trim' as const), fields: fc.subarray(NAMES), inner: fc.constantFrom('keep', 'one', 'none') }),
    fc.record({ kind: fc.constant('width' as const), fields: fc.subarray(NAMES), what: fc.constantFrom('letters-digits', 'all') }),
    fc.record({ kind: fc.constant('amount' as const), fields: fc.tuple(field), unless: fc.constant('元' as const), unit: fc.constant('元' as const), misfit }),
    fc.record({ kind: fc.constant('day' as const), fields: fc.tuple(field), era: fc.constantFrom('western', 'roc'), order: fc.constant('ymd' as const), serial: fc.boolean(), time: fc.boolean(), misfit }),
    fc.record({ kind: fc.constant('calculate' as const), into: field, formula: fc.constantFrom('[a] / [b]', '[c] * 2 + [a]'), misfit }),
    fc.record({ kind: fc.constant('fill' as const), fields: fc.tuple(field), way: fc.constant('previous' as const), by: fc.constant('') }),
    fc.record({ kind: fc.constant('remove-rows' as const), field, when: fc.constantFrom('blank', 'equals', 'contains'), value: fc.constant('合计') }),
    fc.record({ kind: fc.constant('dedupe' as const), fields: fc.subarray(NAMES), keep: fc.constantFrom('first', 'last', 'greatest', 'fullest'), by: field }),
    fc.record({ kind: fc.constant('division-code' as const), fields: fc.tuple(field), asOf: fc.constant(null), at: fc.constant(null), misfit }),
  )
  it('lets every row out, or says why not', () => fc.assert(fc.asyncProperty(tables, fc.array(step, { maxLength: 5 }), async (rows, steps) => {
    const { rows: out, refused, counts } = await run(NAMES, rows, ...steps)
    expect(counts.rowsIn).toBe(rows.length)
    expect(out.length + refused.length).toBe(rows.length)
    expect(counts).toMatchObject({ rowsOut: out.length, rowsRejected: refused.filter(({ intended }) => !intended).length, rowsDropped: refused.filter(({ intended }) => intended).length })
    expect(out.every((row) => row.length === NAMES.length)).toBe(true)
  })))
  it('of deduplication leaves each key once, as dedupe by hand does', () => fc.assert(fc.asyncProperty(tables, fc.constantFrom('first', 'last', 'fullest'), async (rows, keep) => {
    const { rows: out } = await run(NAMES, rows, { kind: 'dedupe', fields: ['a', 'b'], keep, by: '' })
    const keys = rows.map(([a, b]) => JSON.stringify([a, b]))
    const filled = (row: readonly string[]): number => row.filter((text) => text !== '').length
    const expected = rows.filter((row, at) => {
      const same = rows.flatMap((_, other) => (keys[other] === keys[at] ? [other] : []))
      const best = Math.max(...same.map((other) => filled(rows[other]!)))
      const winner = keep === 'first' ? same[0] : keep === 'last' ? same.at(-1) : same.find((other) => filled(rows[other]!) === best)
      return (row[0] === '' && row[1] === '') || winner === at
    })
    expect(out).toEqual(expected)
  })))
})

describe('suggestions', () => {
  const at = (cells: readonly string[], line: number): TextRow => ({ line, cells })
  it('name what the columns call for, by what is in them', async () => {
    const names = ['编号', '身份证号', '电话', '出生日期', '投资（万元）', '备注']
    const rows = [
      ['1', '110105491231002', '138-0013-8000', '1949/12/31', '12.5', '不详'], ['2', '440524188001010014', '13800138001', '1880-01-01', '3亿元', ' 好 '],
      ['2', '440524188001010014', '13800138001', '1880-01-01', '3亿元', ' 好 '], ['３', '11010519491231002x', '(0571)87654321', '1949年12月31日', '0.5', ''], ['合计', '', '', '', '', ''],
    ].map(at)
    const found = await suggestSteps(names, rows, tools)
    expect(found.map(({ step, counts: { rowsChanged, rowsDropped } }) => [step.kind, 'fields' in step ? step.fields.join() : '', rowsChanged, rowsDropped])).toEqual([
      ['trim', '备注', 2, 0], ['width', '编号', 1, 0], ['blank-words', '备注', 1, 0], ['citizen-number', '身份证号', 2, 0], ['standard-form', '电话', 2, 0], ['day', '出生日期', 2, 0], ['amount', '投资（万元）', 2, 0],
      ['remove-rows', '', 0, 1], ['dedupe', '', 0, 1],
    ])
    expect(found[6]?.step).toMatchObject({ unless: '万元', unit: '万元' })
  })
  it('are none for clean columns', async () => {
    const rows = [['P1', '2019-11-05', '1.5', '王伟'], ['P2', '2019-11-06', '2', '李娜']].map(at)
    expect(await suggestSteps(['编号', '日期', '面积', '姓名'], rows, tools)).toEqual([])
  })
  it('always fit the table that they are for', () => fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.string(), fc.constantFrom('1万元', '2', '2019/1/1', '20190102', '无', ' x', '合计'), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 12 }), async (cells) => {
    const found = await suggestSteps(['a', 'b', 'c'], cells.map(at), tools)
    expect(faults(['a', 'b', 'c'], ...found.map(({ step }) => step))).toEqual([])
  })))
})
