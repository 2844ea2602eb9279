import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions, fateOf, fatesOf, spansOf } from './code-history.ts'
import { type Code, codeAt, type CodeListVersion, parentOf, versionAt } from './code-list.ts'

const version = (from: string, codes: Record<string, string>, became: Record<string, string[]> = {}): CodeListVersion => ({
  label: from, from, codes: Object.entries(codes).map(([code, name]): Code => ({ code, name, ...(became[code] === undefined ? {} : { became: became[code] }) })),
})

const VERSIONS = [
  version('2000-01-01', { '330100': '杭州市', '330125': '余杭县', '330183': '富阳市', '420600': '襄樊市', '330104': '江干区', '330105': '拱墅区' }, { '330104': ['330102'], '330105': ['330102', '330106'] }),
  version('2021-01-01', { '330100': '杭州市', '330110': '余杭区', '330111': '富阳区', '420600': '襄阳市', '330102': '上城区', '330106': '西湖区' }),
]

describe('codes over time', () => {
  it('are what the version in force on the day says, whatever the order of versions', () => {
    expect(codeAt(VERSIONS, '330125', '2020-12-31')?.name).toBe('余杭县')
    expect(codeAt(VERSIONS.toReversed(), '330125', '2021-01-01')).toBeUndefined()
    expect(codeAt(VERSIONS, '330100', '1999-12-31')).toBeUndefined()
  })

  it('have spans that begin and end with versions', () => {
    expect(spansOf(VERSIONS, '420600')).toEqual([{ name: '襄樊市', from: '2000-01-01', until: '2021-01-01' }, { name: '襄阳市', from: '2021-01-01', until: null }])
    expect(spansOf(VERSIONS, '330125')).toEqual([{ name: '余杭县', from: '2000-01-01', until: '2021-01-01' }])
  })

  it('are followed when renamed, recoded, merged, split or gone', () => {
    const fate = (code: string, related = true) => {
      const { kind, after } = fateOf(VERSIONS, code, '2010-01-01', '2022-01-01', related)
      return [kind, ...after.map((one) => one.code)]
    }
    expect(fate('420600')).toEqual(['renamed', '420600'])
    expect(fate('330125')).toEqual(['recoded', '330110'])
    expect(fate('330125', false)).toEqual(['gone'])
    expect(fate('330104')).toEqual(['replaced', '330102'])
    expect(fate('330105')).toEqual(['replaced', '330102', '330106'])
    expect(fate('999999')).toEqual(['absent'])
  })

  const someVersions = fc.uniqueArray(fc.integer({ min: 1980, max: 2030 }), { minLength: 1, maxLength: 6 }).chain((years) =>
    fc.tuple(...years.map((year) => fc.dictionary(fc.constantFrom('1', '2', '3', '4'), fc.constantFrom('甲', '乙', '丙')).map((codes) => version(`${year}-01-01`, codes)))))
  const someDay = fc.integer({ min: 1975, max: 2035 }).map((year) => `${year}-06-30`)

  it('say the same by spans and by versions on every day', () => {
    fc.assert(fc.property(someVersions, someDay, fc.constantFrom('1', '2', '3', '4'), (versions, day, code) => {
      const span = spansOf(versions, code).find(({ from, until }) => from <= day && (until === null || day < until))
      expect(span?.name).toBe(codeAt(versions, code, day)?.name)
    }))
  })

  it('lose nothing in a comparison: old − removed + added = new', () => {
    fc.assert(fc.property(someVersions, (versions) => {
      const [a, b] = [versions[0]!, versions.at(-1)!]
      const { added, removed, renamed, unchanged } = compareVersions(a.codes, b.codes)
      expect(unchanged + renamed.length + added.length).toBe(b.codes.length)
      expect(unchanged + renamed.length + removed.length).toBe(a.codes.length)
      expect([...fatesOf(a, b, true)].filter(([, { kind }]) => kind === 'same')).toHaveLength(unchanged)
      expect(versionAt(versions, '2100-01-01')?.from).toBe(versions.map(({ from }) => from).toSorted().at(-1))
    }))
  })

  it('hang together by digits: village under town under county under prefecture under province', () => {
    const known = new Set(['330000', '330100', '330106', '330106001', '110000', '110101'])
    const above = (code: string) => parentOf({ code, name: '' }, 'division', (one) => known.has(one))
    expect([above('330106001002'), above('330106001'), above('330106'), above('330100'), above('330000'), above('110101')]).toEqual(['330106001', '330106', '330100', '330000', null, '110000'])
  })
})
