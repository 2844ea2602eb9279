import fc from 'fast-check'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRowsDigest } from '../connectors/rows-digest.ts'
import type { RejectedRow, RejectWriter } from './reject-writer.ts'
import { openRowSheet } from './row-sheet.ts'

let folder: string
let count = 0
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'datong-sheet-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))
const path = (): string => join(folder, `${++count}.csv`)

describe('a sheet of rows', () => {
  it('is exact CSV with a line number, and sums its rows up as the source does', async () => {
    const file = path()
    const sheet = await openRowSheet(file, ['a', 'b'])
    const rows = [['甲', null], ['"x", y\n', '']]
    await sheet.write(rows)
    const { table, hash } = await sheet.end()
    expect(await readFile(file, 'utf8')).toBe('1,甲,\n2,"""x"", y\n",\n')
    expect(table).toMatchObject({ path: file, names: ['a', 'b'], rows: 2, innerLineBreaks: true, firstLine: 1 })
    const digest = createRowsDigest()
    rows.forEach((row) => digest.add(row))
    expect(hash).toBe(digest.sum().hash)
  })

  it('goes on behind a mark as if it had never been interrupted, whatever was written after the mark', async () => {
    const rowsOf = fc.array(fc.tuple(fc.option(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '中', '') })), fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 30 })
    await fc.assert(fc.asyncProperty(rowsOf, rowsOf, rowsOf, async (first, lost, second) => {
      const clean = (rows: [string | null, string][]) => rows.map(([a, b]) => [a, b.replaceAll('\0', '')])
      const whole = await openRowSheet(path(), ['a', 'b'])
      await whole.write([...clean(first), ...clean(second)])
      const expected = await whole.end()

      const file = path()
      const begun = await openRowSheet(file, ['a', 'b'])
      await begun.write(clean(first))
      const mark = await begun.mark()
      await begun.write(clean(lost))
      await begun.mark()
      await begun.close()
      const again = await openRowSheet(file, ['a', 'b'], { from: mark })
      await again.write(clean(second))
      const found = await again.end()
      expect({ ...found, table: { ...found.table, path: '' } }).toEqual({ ...expected, table: { ...expected.table, path: '' } })
      expect(await readFile(file, 'utf8')).toBe(await readFile(expected.table.path, 'utf8'))
    }), { numRuns: 40 })
  })

  it('sets aside what no text may hold, and what is too long', async () => {
    const seen: RejectedRow[] = []
    const rejects: Pick<RejectWriter, 'add'> = { add: async (batch) => void seen.push(...batch) }
    const sheet = await openRowSheet(path(), ['a'], { rejects: rejects as RejectWriter }) // only `add` is called
    await sheet.write([['x'], ['a\0b'], ['y'.repeat(2 ** 24 + 1)], ['z']])
    expect(await sheet.end()).toMatchObject({ rows: 2, rowsRejected: 2, table: { firstLine: null } })
    expect(seen.map(({ line, reasonCode }) => [line, reasonCode])).toEqual([[2, 'nul-byte'], [3, 'record-too-large']])
  })
})
