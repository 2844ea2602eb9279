import type { TextRow } from '@datong/cleansing'
import type { NormalisedTable } from '@datong/data-engine'
import { recordCells, recordEnd } from '@datong/tabular'
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
  for (let end = recordEnd(text, 0); end >= 0; end = recordEnd(text, from)) {
    const cells = recordCells(text.slice(from, end))
    const line = Number(cells?.shift())
    if (cells?.length !== fields || !Number.isSafeInteger(line)) throw new Error(`a normalised record has ${cells?.length} fields for ${fields} names`)
    rows.push({ line, cells })
    from = end + 1
  }
  return { rows, rest: text.slice(from) }
}
