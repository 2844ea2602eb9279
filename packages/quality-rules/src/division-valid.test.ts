import type { VersionRef } from '@datong/data-engine'
import type { EngineHarness } from '@datong/data-engine/contract-suite'
import { versionOf } from '@datong/data-engine/measure-suite'
import { type CodeListVersion, codeAt, fatesOf, versionAt } from '@datong/standards'
import fc from 'fast-check'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { duckDbHarness } from '../../adapters/data-engine-duckdb/src/testing/harness.ts'
import { evaluateRules } from './evaluate-rules.ts'
import type { Rule, RuleOutcome } from './rule.ts'
import { aSubject } from './testing/a-subject.ts'

// Real files that are no part of the project: beside it, or where DATONG_SHARED says.
const FOLDER = join(process.env['DATONG_SHARED'] ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared'), 'data', 'reference', 'gb2260')
const A_YEAR_MS = 366 * 86_400_000

let harness: EngineHarness
let made = 0
beforeAll(async () => {
  harness = await duckDbHarness()
})
afterAll(async () => {
  await harness.engine.close()
  await harness.dispose()
})

type Row = readonly [code: string, day: string]
type Verdict = 'right' | 'wrong' | 'doubtful'

const versionWith = (rows: readonly Row[]): Promise<VersionRef> => versionOf(harness, `records-${++made}`, ['区划', '日期'], rows)
const held = async (version: VersionRef, lists: readonly CodeListVersion[], ...parameters: Rule['parameters'][]): Promise<RuleOutcome[]> =>
  evaluateRules(parameters.map((given) => ({ rule: 'division-valid', field: '区划', parameters: given })), aSubject(version, { codeLists: new Map([['divisions', lists]]) }), harness.engine, { sample: 999_999 })

/** What is so, worked out from the lists row by row. */
function verdictOn(lists: readonly CodeListVersion[], [code, day]: Row): Verdict {
  const sorted = lists.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const [first] = sorted
  if (first === undefined || day < first.from) return first?.codes.some((one) => one.code === code) === true ? 'right' : 'doubtful'
  if (codeAt(lists, code, day) !== undefined) return 'right'
  const now = versionAt(lists, day)!
  const next = sorted[sorted.findIndex(({ from }) => from === now.from) + 1]
  if (now.partial === true) return 'doubtful'
  return next !== undefined && Date.parse(next.from) - Date.parse(now.from) > A_YEAR_MS && next.codes.some((one) => one.code === code) ? 'doubtful' : 'wrong'
}

const countsOf = (lists: readonly CodeListVersion[], rows: readonly Row[]) => {
  const verdicts = rows.map((row) => verdictOn(lists, row))
  return { checked: rows.length, failed: verdicts.filter((one) => one === 'wrong').length, doubtful: verdicts.filter((one) => one === 'doubtful').length, wrong: verdicts.flatMap((one, i) => (one === 'wrong' ? [i] : [])) }
}

describe('division codes on their day', () => {
  it('are judged row by row as the lists say, whatever lists and days there are', async () => {
    const code = fc.constantFrom('330100', '330102', '330103', '330104', '330105')
    const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2010-12-31'), noInvalidDate: true }).map((one) => one.toISOString().slice(0, 10))
    const list = fc.record({ from: day, codes: fc.uniqueArray(code, { minLength: 1 }), partial: fc.boolean() })
    const lists = fc.uniqueArray(list, { minLength: 1, maxLength: 4, selector: ({ from }) => from })
    await fc.assert(fc.asyncProperty(lists, fc.array(fc.tuple(code, day), { minLength: 1, maxLength: 40 }), async (given, rows) => {
      const versions = given.map(({ from, codes, partial }) => ({ label: from, from, codes: codes.map((one) => ({ code: one, name: one })), ...(partial ? { partial } : {}) }))
      const [first] = rows
      const [byRow, onDay] = await held(await versionWith(rows), versions, { dateField: '日期' }, { day: first![1] })
      const { wrong, ...counts } = countsOf(versions, rows)
      expect(byRow).toMatchObject(counts)
      if (wrong.length > 0) expect(byRow!.sample).toEqual(wrong)
      const { wrong: _, ...sameDay } = countsOf(versions, rows.map(([one]) => [one, first![1]]))
      expect(onDay).toMatchObject(sameDay)
    }), { numRuns: 25 })
  })
})

describe.skipIf(!existsSync(FOLDER))('division codes of nine years (DATONG_SHARED)', () => {
  const lists = (): CodeListVersion[] => readdirSync(FOLDER).map((file) => {
    const month = /(\d{6})\.tsv$/.exec(file)?.[1] ?? ''
    const codes = readFileSync(join(FOLDER, file), 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split('\t').slice(2, 4)).map(([code = '', name = '']) => ({ code, name }))
    return { label: month, from: `${month.slice(0, 4)}-${month.slice(4)}-01`, codes }
  }).toSorted((a, b) => (a.from < b.from ? -1 : 1))

  it('hold where counties were merged, became cities or districts, or took another name', async () => {
    const rows: Row[] = [
      ['110103', '2009-06-01'], ['110103', '2011-01-01'], // 崇文区, merged in 2010
      ['420600', '2009-06-01'], ['420600', '2016-06-01'], // 襄樊市, 襄阳市 since
      ['110221', '1998-01-01'], ['110221', '2003-01-01'], ['110114', '2003-01-01'], // 昌平县, a district since 1999
      ['110114', '1997-01-01'], // came into being at some time between two lists
      ['110114', '1990-01-01'], ['110114001002', '2003-01-01'], ['999999', '2003-01-01'], ['110221', '1979-01-01'], ['110114', '1979-01-01'],
    ]
    const [outcome] = await held(await versionWith(rows), lists(), { dateField: '日期' })
    expect(outcome).toMatchObject({ checked: 13, failed: 4, doubtful: 2, sample: [1, 5, 8, 10] })
  })

  it('are judged alike for every code of every list, on the day of each list and between', async () => {
    const all = lists()
    expect(all).toHaveLength(9)
    const every = [...new Set(all.flatMap(({ codes }) => codes.map(({ code }) => code)))]
    expect(every.length).toBeGreaterThan(5_000)
    const days = all.flatMap(({ from }) => [from, `${Number(from.slice(0, 4)) + 2}-07-15`])
    const rows = every.flatMap((code, i): Row[] => [0, 5, 11].map((step) => [code, days[(i * 7 + step) % days.length]!]))
    const [outcome] = await held(await versionWith(rows), all, { dateField: '日期' })
    const { wrong, ...counts } = countsOf(all, rows)
    expect(outcome).toMatchObject(counts)
    expect(outcome!.sample).toEqual(wrong)
    expect(counts.failed).toBeGreaterThan(1_000)
    expect(counts.doubtful).toBeGreaterThan(100)
  })

  it('that were only renamed stay valid, and those that are gone are wrong from the next list on', async () => {
    const all = lists()
    const [rows, wrong]: [Row[], number[]] = [[], []]
    for (const [i, after] of all.entries()) {
      const before = all[i - 1]
      if (before === undefined) continue
      for (const [code, { kind }] of fatesOf(before, after, true)) {
        if (kind === 'same') continue
        if (kind !== 'renamed') wrong.push(rows.length)
        rows.push([code, after.from])
      }
    }
    const [outcome] = await held(await versionWith(rows), all, { dateField: '日期' })
    // A code that is gone may come back with a later list: then it is in doubt.
    expect(outcome!.failed + outcome!.doubtful).toBe(wrong.length)
    expect(wrong.length - outcome!.failed).toBeLessThan(wrong.length / 50)
  })
})
