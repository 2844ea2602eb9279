import type { TextRow } from '@datong/cleansing'
import type { NormalisedTable } from '@datong/data-engine'
import { createReadStream } from 'node:fs'

const READ_AT_ONCE = 1 << 20

/** Reads normalised CSV row by row, in batches; stops when the signal does. */
export async function* readRows({ path, names }: NormalisedTable, signal: AbortSignal): AsyncGenerator<TextRow[]> {
  let carried = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: READ_AT_ONCE })) {
    signal.throwIfAborted()
    const { rows, rest } = takeRows(carried + String(chunk), names.length)
    carried = rest
    if (rows.length > 0) yield rows
  }
  if (carried !== '') throw new Error('the normalised table ends inside a record')
}

/** Whole records at the beginning of a text, and what is left of it. */
function takeRows(text: string, fields: number): { rows: TextRow[]; rest: string } {
  const rows: TextRow[] = []
  let from = 0
  for (;;) {
    let end = text.indexOf('\n', from)
    if (end < 0) break
    let record = text.slice(from, end)
    let cells: string[] | undefined
    if (record.includes('"')) {
      // A line break inside quotes is part of the record: go on to the line at which all quotes are closed.
      while (cells === undefined) {
        cells = quotedCells(record)
        if (cells !== undefined) break
        end = text.indexOf('\n', end + 1)
        if (end < 0) return { rows, rest: text.slice(from) }
        record = text.slice(from, end)
      }
    } else cells = record.split(',')
    const line = Number(cells.shift())
    if (cells.length !== fields || !Number.isSafeInteger(line)) throw new Error(`a normalised record has ${cells.length} fields for ${fields} names`)
    rows.push({ line, cells })
    from = end + 1
  }
  return { rows, rest: text.slice(from) }
}

/** Fields of a record, RFC 4180; undefined while a quote is open. */
function quotedCells(record: string): string[] | undefined {
  const cells: string[] = []
  let at = 0
  for (;;) {
    if (record[at] === '"') {
      let close = record.indexOf('"', at + 1)
      while (close >= 0 && record[close + 1] === '"') close = record.indexOf('"', close + 2)
      if (close < 0) return undefined
      cells.push(record.slice(at + 1, close).replaceAll('""', '"'))
      at = close + 1
    } else {
      const comma = record.indexOf(',', at)
      const end = comma < 0 ? record.length : comma
      cells.push(record.slice(at, end))
      at = end
    }
    if (at >= record.length) return cells
    at++
    if (at === record.length) return [...cells, '']
  }
}
