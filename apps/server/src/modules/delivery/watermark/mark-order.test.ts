import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spliceRecords } from '../files/splice-records.ts'
import { csvCell } from '../rows/csv.ts'
import { ContentHash, markKeyOf, type MarkKey, WINDOW_ROWS } from './mark-order.ts'
import { markRows } from './mark-rows.ts'
import { agreementOf, logChance, type Pairs, tellingPairs } from './read-mark.ts'

const keyFrom = (seed: number): MarkKey => markKeyOf(Uint8Array.from({ length: 16 }, (_, index) => Math.imul(seed + 1, 2_654_435_761 + index * 40_503) >>> (index % 24)))
const header = '\uFEFF名称,号码\r\n'
const line = (row: readonly string[]): string => `${row.map(csvCell).join(',')}\r\n`
/** As the engine writes it, with the second cell apart. */
const lineApart = ([name = '', number = '']: readonly string[]): string =>
  `${Buffer.byteLength(csvCell(name)) + 1},${Buffer.byteLength(csvCell(number))},1:${line([name, number])}`

async function marked(rows: readonly (readonly string[])[], key: MarkKey, pieceBytes = 1_000): Promise<string[]> {
  const bytes = Buffer.from(header + rows.map(lineApart).join(''))
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
  }
  const out: Buffer[] = []
  for await (const piece of spliceRecords(pieces(), { columns: [{ reads: 'csv' }], mark: key, hasHeader: true }, () => undefined)) out.push(Buffer.from(piece))
  const text = Buffer.concat(out).toString()
  expect(text.startsWith(header)).toBe(true)
  expect(Buffer.byteLength(text)).toBe(Buffer.byteLength(header + rows.map(line).join('')))
  return recordsOf(text.slice(header.length))
}

/** Records of a sheet, quotes and all. */
const recordsOf = (text: string): string[] => text.match(/(?:"(?:[^"]|"")*"|[^"\r])*\r\n/g) ?? []

const people = (count: number, from = 0): string[][] => Array.from({ length: count }, (_, row) => [['张伟', '王芳', '李娜'][row % 3]!, `B${String(from + row).padStart(8, '0')}`])
const numberOf = (record: string): string => record.replace(/\r\n$/, '').split(',').at(-1)!

function pairsOf(numbers: readonly string[]): Pairs {
  const hash = new ContentHash()
  const [low, high] = [new Uint32Array(numbers.length), new Uint32Array(numbers.length)]
  numbers.forEach((number, row) => {
    const { low: one, high: other } = hash.of([number])
    low[row] = one
    high[row] = other
  })
  return tellingPairs({ low, high })
}
const chanceOf = (numbers: readonly string[], key: MarkKey): number => {
  const pairs = pairsOf(numbers)
  return logChance(pairs.first.length, agreementOf(pairs, key))
}

describe('a marked sheet', () => {
  it('has exactly the rows it had, whatever they hold and however they lie across pieces', async () => {
    const cell = fc.oneof(fc.constantFrom('', '"', 'a,b', 'a\r\nb', "'x", '=1', '张', '""'), fc.string({ maxLength: 12 })).map((text) => text.replaceAll('\u0000', '').toWellFormed())
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 150 }), fc.integer({ min: 7, max: 900 }), fc.nat(), async (rows, pieceBytes, seed) => {
      const before = rows.map(line)
      const after = await marked(rows, keyFrom(seed), pieceBytes)
      expect([...after].sort()).toEqual([...before].sort())
      // No row leaves its window.
      for (let at = 0; at < before.length; at += WINDOW_ROWS) expect(after.slice(at, at + WINDOW_ROWS).sort()).toEqual(before.slice(at, at + WINDOW_ROWS).sort())
    }), { numRuns: 120 })
  })

  it('is in the same order as rows that are marked one by one', async () => {
    const rows = people(1_000)
    const key = keyFrom(3)
    const batches = async function* () {
      for (let at = 0; at < rows.length; at += 70) yield rows.slice(at, at + 70)
    }
    const ordered: string[] = []
    for await (const batch of markRows(batches(), [1], key)) ordered.push(...batch.map((cells) => String(cells[1])))
    expect(ordered).toEqual((await marked(rows, key)).map(numberOf))
  })

  it('tells its key from a fifth of it: a stretch, or rows picked at random, and from its rows amid those of another file', async () => {
    const key = keyFrom(11)
    const numbers = (await marked(people(2_000), key)).map(numberOf)
    const stretch = numbers.slice(613, 1_013)
    const picked = numbers.filter((_, index) => Math.imul(index + 7, 2_654_435_761) >>> 0 < 2 ** 32 / 5)
    expect(Math.abs(picked.length - 400)).toBeLessThan(60)
    expect(chanceOf(stretch, key)).toBeLessThan(-40)
    expect(chanceOf(picked, key)).toBeLessThan(-20)
    const others = (await marked(people(2_000, 50_000), keyFrom(12))).map(numberOf)
    const mixed = [...stretch, ...others.slice(0, 400)]
    expect(chanceOf(mixed, key)).toBeLessThan(-12)
    expect(chanceOf(mixed, keyFrom(12))).toBeLessThan(-12)
  })

  it('tells nothing when it was sorted', async () => {
    const key = keyFrom(11)
    const numbers = (await marked(people(5_000), key)).map(numberOf).sort()
    expect(chanceOf(numbers, key)).toBeGreaterThan(-6)
  })
})

describe('a key that has nothing to do with a file', () => {
  it('is as likely to fit as chance says: of 4,000 keys none at one in a million, and about a hundredth at one in a hundred', async () => {
    const pairs = pairsOf((await marked(people(3_000), keyFrom(0))).map(numberOf))
    const chances = Array.from({ length: 4_000 }, (_, seed) => logChance(pairs.first.length, agreementOf(pairs, keyFrom(seed + 1))))
    expect(chances.filter((chance) => chance <= -6)).toEqual([])
    const hundredth = chances.filter((chance) => chance <= -2).length
    expect(hundredth).toBeGreaterThan(10)
    expect(hundredth).toBeLessThan(90)
  })

  it('is not helped by values that repeat: each content counts once', () => {
    const numbers = Array.from({ length: 1_000 }, (_, row) => ['东区', '西区', '南区'][row % 3]!)
    expect(pairsOf(numbers).first.length).toBe(1)
  })
})

it('the chance is the binomial tail', () => {
  expect(10 ** logChance(10, 10)).toBeCloseTo(1 / 1024, 9)
  expect(10 ** logChance(10, 8)).toBeCloseTo(56 / 1024, 9)
  expect(logChance(10, 5)).toBe(0)
  expect(logChance(0, 0)).toBe(0)
  expect(logChance(1_000, 1_000)).toBeCloseTo(-1_000 * Math.log10(2), 6)
})
