import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvOptions, normaliseBytes, utf8 } from '../testing/run-normalise.ts'
import { sampleRecords } from '../detect/sample-records.ts'

const AB = csvOptions(['a', 'b'])

/** Cells as people write them: quotes, delimiters, line breaks, Han, nothing. */
const cell = fc.string({ unit: fc.constantFrom('a', '1', ' ', '"', ',', ';', '\t', '|', '\n', '\r', '汉', '😀', '') , maxLength: 8 })
const table = fc.integer({ min: 1, max: 5 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }))
const delimiters = fc.constantFrom(',' as const, '\t' as const, ';' as const, '|' as const)

const quoteAll = (rows: readonly (readonly string[])[], delimiter: string): string =>
  rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter) + '\n').join('')

const parse = (csv: string): string[][] => sampleRecords(utf8(csv), ',', '"', true, 1e6).map((row) => row.slice(1))

describe('normalising delimited text', () => {
  it('gives back any table that was written with quotes, whatever the delimiter and however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(table, delimiters, fc.integer({ min: 1, max: 40 }), async (rows, delimiter, piece) => {
        const width = rows[0]!.length
        const names = rows[0]!.map((_, i) => `c${i}`)
        const options = csvOptions(names, { headerRows: 0, delimiter, recordFields: width })
        const text = quoteAll(rows, delimiter)
        const { csv, result, rejects } = await normaliseBytes(utf8(text), options, piece)
        expect(rejects).toEqual([])
        const kept = rows.filter((row) => row.length > 1 || text.length > 0)
        expect(result.rowsRead).toBe(kept.length)
        expect(parse(csv)).toEqual(kept)
      }),
    )
  })

  it('gives the same answer for any bytes however they are cut, and the counts add up', async () => {
    const bytes = fc.array(fc.constantFrom(0x61, 0x22, 0x2c, 0x0a, 0x0d, 0x00, 0xff, 0xe6, 0xb1, 0x89), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 7 }), async (codes, piece) => {
        const input = Uint8Array.from(codes)
        const whole = await normaliseBytes(input, AB, 1000)
        const cut = await normaliseBytes(input, AB, piece)
        expect(cut).toEqual({ ...whole, result: { ...whole.result } })
        expect(whole.result.rowsRead).toBe(whole.result.rowsWritten + whole.result.rowsRejected)
        expect(whole.rejects.length).toBe(whole.result.rowsRejected)
      }),
      { numRuns: 500 },
    )
  })

  it('numbers rows by physical line, over blank lines, CRLF, CR and line breaks inside quotes', async () => {
    const text = 'a,b\r\n1,2\r\n\r\n"x\ny",3\r4,5\n   \n,\n6,7'
    const { csv, result } = await normaliseBytes(utf8(text), AB)
    expect(csv).toBe('2,1,2\n4,"x\ny",3\n6,4,5\n9,6,7\n')
    expect(result).toMatchObject({ rowsRead: 4, rowsRejected: 0, blankLines: 3, innerLineBreaks: true, firstLine: null })
  })

  it('says the first line when rows stand on consecutive lines', async () => {
    const { result } = await normaliseBytes(utf8('a,b\n1,2\n3,4\n'), AB)
    expect(result.firstLine).toBe(2)
  })

  it('rejects records with a wrong number of fields, by line and reason', async () => {
    const { rejects, result } = await normaliseBytes(utf8('a,b\n1\n1,2\n1,2,3\n'), AB)
    expect(rejects).toEqual([
      { line: 2, reasonCode: 'too-few-fields', detail: '1 fields instead of 2, the last ones are missing', excerpt: '1' },
      { line: 4, reasonCode: 'too-many-fields', detail: '3 fields instead of 2', excerpt: '1,2,3' },
    ])
    expect(result).toMatchObject({ rowsRead: 3, rowsWritten: 1, rowsRejected: 2 })
  })

  it('fills trailing fields that every record leaves out', async () => {
    const { csv } = await normaliseBytes(utf8('a,b,c\n1\n2\n'), csvOptions(['a', 'b', 'c'], { recordFields: 1 }))
    expect(csv).toBe('2,1,,\n3,2,,\n')
  })

  it('rejects only the broken record of a file with broken GB18030 in the middle', async () => {
    const gb = [0x61, 0x2c, 0x62, 0x0a, 0xba, 0xba, 0x2c, 0x31, 0x0a, 0xba, 0x0a, 0xd7, 0x2c, 0x32, 0x0a, 0xd7, 0xd6, 0x2c, 0x33]
    const { csv, rejects } = await normaliseBytes(Uint8Array.from(gb), csvOptions(['a', 'b'], { encoding: 'gb18030' }), 3)
    expect(csv).toBe('2,汉,1\n5,字,3\n')
    expect(rejects.map(({ line, reasonCode }) => [line, reasonCode])).toEqual([
      [3, 'too-few-fields'],
      [4, 'undecodable'],
    ])
  })

  it('rejects NUL bytes and keeps the rest', async () => {
    const { csv, rejects } = await normaliseBytes(utf8('a,b\n1,\0\n2,3\n'), AB)
    expect(csv).toBe('3,2,3\n')
    expect(rejects[0]).toMatchObject({ line: 2, reasonCode: 'nul-byte' })
  })

  it('reads quotes inside plain fields and after quoted text literally', async () => {
    const { csv } = await normaliseBytes(utf8('a,b\n6" pipe,x\n"Big" Co, "y"\n'), AB)
    expect(parse(csv)).toEqual([
      ['6" pipe', 'x'],
      ['"Big" Co', ' "y"'],
    ])
  })

  it('leaves out only the line of a quote that never closes', async () => {
    const lines = Array.from({ length: 200 }, (_, i) => `${i},z`).join('\n')
    const { rejects, result } = await normaliseBytes(utf8(`a,b\n1,"oops\n${lines}\n`), AB)
    expect(rejects).toMatchObject([{ line: 2, reasonCode: 'unterminated-quote', excerpt: '1,"oops' }])
    expect(result.rowsWritten).toBe(200)
  })

  it('stays linear and adds up when every line opens a quote', async () => {
    const { result } = await normaliseBytes(utf8('a,b\n' + '"x,1\n'.repeat(50_001)), AB)
    expect(result.rowsRead).toBe(result.rowsWritten + result.rowsRejected)
    expect(result.rowsRejected).toBeGreaterThan(0)
  })

  it('rejects a huge line without keeping it, and goes on after it', async () => {
    const huge = 'x'.repeat(300_000)
    const { rejects, csv } = await normaliseBytes(utf8(`a,b\n${huge}\r\n1,2\n`), AB, 1000, { maxRecordBytes: 50_000 })
    expect(rejects).toMatchObject([{ line: 2, reasonCode: 'record-too-large' }])
    expect(rejects[0]!.excerpt.length).toBe(500)
    expect(csv).toBe('3,1,2\n')
  })

  it('reads 2,000 columns', async () => {
    const names = Array.from({ length: 2000 }, (_, i) => `c${i}`)
    const { result, csv } = await normaliseBytes(utf8(`${names.join()}\n${names.join()}\n`), csvOptions(names))
    expect(result.rowsWritten).toBe(1)
    expect(csv.split(',').length).toBe(2001)
  })
})
