import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CkanError } from '../ckan-error.ts'
import { solrDate } from './dates.ts'
import { parseSolr } from './parse-query.ts'
import { type ConditionContext, conditionOf, plainWordsCondition } from './to-condition.ts'

const NOW = new Date('2026-11-22T10:20:30Z')
const CONTEXT: ConditionContext = { now: NOW, formats: ['CSV'], organisationOf: (words) => (words === 'bureau' ? 'BUREAU' : undefined), organisationsCalled: () => ['BUREAU'] }
const condition = (text: string) => conditionOf(text, CONTEXT)
const words = (text: string) => ({ words: text, in: 'everywhere' })

describe('a question in the words of Solr', () => {
  it('joins what stands side by side, and takes alternatives, exclusions and brackets', () => {
    expect(condition('停车 学校')).toEqual({ all: [words('停车'), words('学校')] })
    expect(condition('a OR b')).toEqual({ all: [{ any: [words('a'), words('b')] }] })
    expect(condition('a AND (b || c) NOT d')).toEqual({ all: [words('a'), { all: [{ any: [words('b'), words('c')] }] }, { not: words('d') }] })
    expect(condition('+a -b !c')).toEqual({ all: [words('a'), { not: words('b') }, { not: words('c') }] })
  })

  it('reads fields, phrases, wildcards and ranges', () => {
    expect(condition('title:"a b"')).toEqual({ all: [{ text: 'title', is: '*a b*', pattern: true, anyCase: true }] })
    expect(condition('organization:(bureau OR other)')).toEqual({ all: [{ all: [{ any: [{ text: 'organisation', is: 'BUREAU', pattern: false, anyCase: false }, { any: [] }] }] }] })
    expect(condition('tags:停*')).toEqual({ all: [{ keyword: '停*', pattern: true }] })
    expect(condition('*:*')).toEqual({ all: [{ all: [] }] })
    expect(condition('metadata_modified:[2026-01-01T00:00:00.5Z TO *}')).toEqual({ all: [{ instant: 'changedAt', from: new Date('2026-01-01T00:00:00.500Z'), to: null, withFrom: true, withTo: false }] })
    expect(condition('a\\:b^2 c~1')).toEqual({ all: [words('a:b'), words('c')] })
  })

  it('asks for most of many words, as DisMax does', () => {
    expect(plainWordsCondition('a b', CONTEXT)).toEqual({ all: [words('a'), words('b')] })
    expect(plainWordsCondition('a b c', CONTEXT)).toMatchObject({ atLeast: 2 })
    expect(plainWordsCondition('a b c d e f', CONTEXT)).toMatchObject({ atLeast: 4 })
    expect(plainWordsCondition('a -b', CONTEXT)).toEqual({ all: [words('a'), { not: words('b') }] })
  })

  it.each(['(', ')', 'a)', '"a', 'title:', 'title:[a', 'title:[a TO', '[1 TO 2]', 'nofield:1', 'a AND', 'NOT', '+', '{!func}x', ' {!x}', ':a', 'a:b:c', 'metadata_modified:x', 'metadata_modified:[2026-13-99 TO *]', '('.repeat(50), 'a '.repeat(300)])('refuses %s', (text) => {
    expect(() => condition(text)).toThrow(CkanError)
  })

  it('reads or refuses any text, and never fails otherwise', () => {
    const signs = fc.constantFrom('a', '停', '"', '(', ')', '[', ']', ' TO ', ':', '*', '?', '\\', '+', '-', ' AND ', ' OR ', ' NOT ', 'title', 'tags', '^', '~', ' ', "'", ';', '😀', '\u0000')
    fc.assert(fc.property(fc.array(signs, { maxLength: 40 }).map((parts) => parts.join('')), (text) => {
      try {
        parseSolr(text)
        conditionOf(text, CONTEXT)
      } catch (error) {
        expect(error).toBeInstanceOf(CkanError)
      }
    }), { numRuns: 2_000 })
  })

  it('reckons with dates', () => {
    expect(solrDate('NOW-7DAYS', NOW)).toEqual(new Date('2026-11-15T10:20:30Z'))
    expect(solrDate('NOW/DAY', NOW)).toEqual(new Date('2026-11-22T00:00:00Z'))
    expect(solrDate('NOW/MONTH-1YEAR', NOW)).toEqual(new Date('2025-11-01T00:00:00Z'))
    expect(solrDate('2026-01-02T03:04:05.123456Z', NOW)).toEqual(new Date('2026-01-02T03:04:05.123Z'))
    expect(() => solrDate('yesterday', NOW)).toThrow(CkanError)
  })
})
