import { describe, expect, it } from 'vitest'
import { corrections } from './correct-query.ts'
import { editDistance } from './edit-distance.ts'
import { fold } from './fold.ts'
import { highlight } from './highlight.ts'
import { matchOf, planQuery } from './plan-query.ts'
import { synonymsOf } from './synonyms.ts'
import { aDocument, anIndex, request, TEST_TOOLS } from './testing.ts'

const index = anIndex(
  aDocument('301001-000001', { title: '营业执照', fieldNames: ['credit_code'] }), aDocument('301001-000002', { title: '停车场' }),
  aDocument('301001-000003', { title: '人口普查' }), aDocument('301001-000004', { title: '工商登记' }),
)
const found = (text: string, tools = TEST_TOOLS): string[] =>
  index.search(request({ match: matchOf(planQuery(text, tools, index)), order: { by: 'relevance', descending: true } })).hits.map(({ key }) => key.slice(-1))

describe('folding', () => {
  it('brings script, width, case and accents to one form of the same length', () => {
    expect(fold('營業執照 ＡＢＣ Café 臺灣')).toBe('营业执照 abc cafe 台湾')
    for (const text of ['資料', '👨‍👩‍👧 emoji', '½ﬁ㈱', '\u0000\ud800']) expect(fold(text)).toHaveLength(text.length)
  })
})

describe('a query', () => {
  it('finds either script, any stretch of a title, codes either way, and parts of field names', () => {
    expect([found('營業執照'), found('业执'), found('301001/000002'), found('code')]).toEqual([['1'], ['1'], ['2'], ['1']])
  })
  it('finds by pinyin, by initials, and by initials of words that stand side by side', () => {
    expect([found('yingye'), found('zz'), found('yyzz'), found('rkpc')]).toEqual([['1'], ['1'], ['1'], ['3']])
  })
  it('finds by synonyms, the word itself first', () => {
    const tools = { ...TEST_TOOLS, synonyms: synonymsOf([['营业执照', '工商登记']]) }
    expect([found('营业执照', tools), found('工商登記', tools)]).toEqual([['1', '4'], ['4', '1']])
  })
  it('finds what begins so, where nothing is written so', () => expect([found('credi'), found('tingc')]).toEqual([['1'], ['2']]))
  it('asks for nothing where there is no word in it', () => {
    for (const text of ['', '%', '👍', '\u0000', '???', '__']) expect(planQuery(text, TEST_TOOLS, index).parts).toEqual([])
  })
  it('takes stop words only where there is nothing else', () => {
    expect(planQuery('的', TEST_TOOLS, index).parts.map(({ source }) => source)).toEqual(['的'])
    expect(planQuery('停车 的', TEST_TOOLS, index).parts.map(({ source }) => source)).toEqual(['停车'])
  })
  it('looks for a limited number of words however long it is', () => {
    expect(planQuery('停车 人口 执照 '.repeat(3_000), TEST_TOOLS, index).parts.length).toBe(16)
  })
})

describe('a correction', () => {
  it('knows words that sound alike', () => expect(corrections('职照', TEST_TOOLS, index)).toContain('执照'))
  it('knows pinyin with a wrong letter', () => expect(corrections('yinye', TEST_TOOLS, index)).toContain('营业'))
  it('counts a swap as one change', () => expect([editDistance('abcd', 'abdc', 2), editDistance('abc', 'xyz', 2), editDistance('abc', 'abcd', 2)]).toEqual([1, 3, 1]))
})

describe('marking', () => {
  it('marks what was found in the script that it is written in, overlaps once', () => {
    expect(highlight('臺灣營業執照信息', ['营业执照', '执照信'])).toEqual([[2, 7]])
    expect(highlight('无', ['有'])).toEqual([])
  })
})
