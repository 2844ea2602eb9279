import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { read, utils } from '@e965/xlsx'

const repository = join(dirname(fileURLToPath(import.meta.url)), '../../../..')
const folder = join(process.env['DATONG_SHARED'] ?? join(repository, '../shared'), 'data/open')

/** Where the open files lie, or null when this machine does not have them. */
export const openFolder: string | null = existsSync(folder) ? folder : null

/** Reads delimited text with RFC 4180 quotes, well enough for the tests of this package. */
function readDelimited(text: string, delimiter: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[i + 1] === '"') cell += text[++i]
      else quoted = false
    } else if (char === '"') quoted = true
    else if (char === delimiter || char === '\n') {
      row.push(cell.replace(/\r$/, ''))
      cell = ''
      if (char === '\n') {
        rows.push(row)
        row = []
      }
    } else cell += char
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  return rows
}

/** An open file as columns. */
export function readColumns(name: string, encoding: string, delimiter: string): { name: string; values: (string | null)[] }[] {
  const text = new TextDecoder(encoding).decode(readFileSync(join(folder, name)))
  const [head = [], ...rows] = readDelimited(text, delimiter)
  return head.map((title, index) => ({ name: title, values: rows.map((row) => row[index] ?? null) }))
}

/** The first sheet of a workbook as columns. */
export function readWorkbookColumns(name: string): { name: string; values: (string | null)[] }[] {
  const workbook = read(readFileSync(join(folder, name)))
  const sheet = workbook.Sheets[workbook.SheetNames[0]!]!
  const [head = [], ...rows] = utils.sheet_to_json<(string | null)[]>(sheet, { header: 1, raw: false, defval: null })
  return head.map((title, index) => ({ name: title ?? '', values: rows.map((row) => row[index] ?? null) }))
}
