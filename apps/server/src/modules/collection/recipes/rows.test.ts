import type { TextRow } from '@datong/cleansing'
import fc from 'fast-check'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readRows } from './read-rows.ts'
import { openRowFile } from './write-rows.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datong-rows-'))
})
afterAll(() => rm(folder, { recursive: true }))

const table = (path: string, names: readonly string[]) => ({ path, names, rows: 0, maxRecordBytes: 0, innerLineBreaks: false, firstLine: null })
const all = async (path: string, names: readonly string[]): Promise<TextRow[]> => {
  const rows: TextRow[] = []
  for await (const batch of readRows(table(path, names), new AbortController().signal)) rows.push(...batch)
  return rows
}

it('are read as they were written, whatever is in them', () => fc.assert(fc.asyncProperty(
  fc.array(fc.tuple(...Array.from({ length: 3 }, () => fc.oneof(fc.constantFrom('', '"', ',', '\n', 'a"b', '"\n,', '\r\n', '临海'), fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')))))),
  async (rows) => {
    const path = join(folder, crypto.randomUUID())
    const file = await openRowFile(path, ['a', 'b', 'c'])
    rows.forEach((cells, at) => file.write(at * 2 + 1, cells))
    const written = await file.end()
    expect(written).toMatchObject({ rows: rows.length, firstLine: rows.length === 1 ? 1 : null })
    expect(await all(path, ['a', 'b', 'c'])).toEqual(rows.map((cells, at) => ({ line: at * 2 + 1, cells })))
  },
), { numRuns: 60 }))

it('of a table that ends inside a record, or has other fields than names, are an error of ours', async () => {
  const path = join(folder, 'broken')
  await writeFile(path, '1,a,"b\n')
  await expect(all(path, ['a', 'b'])).rejects.toThrow('ends inside a record')
  await writeFile(path, '1,a\n')
  await expect(all(path, ['a', 'b'])).rejects.toThrow('1 fields for 2 names')
})

it('are read at once where a cell is a million quotes and line breaks', async () => {
  const path = join(folder, 'quotes')
  const cell = '"\n'.repeat(500_000)
  const file = await openRowFile(path, ['a', 'b'])
  file.write(1, [cell, 'x'])
  file.write(2, ['', cell])
  await file.end()
  const rows = await all(path, ['a', 'b'])
  expect(rows.map(({ line, cells }) => [line, cells.map((one) => (one === cell ? 'cell' : one))])).toEqual([[1, ['cell', 'x']], [2, ['', 'cell']]])
})
