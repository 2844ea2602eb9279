import type { Value } from '@datong/data-engine'
import { ContentHash, type MarkKey, rankOf, sortWindow, WINDOW_ROWS } from './mark-order.ts'

type Cells = readonly Value[]

/** Puts rows in the order of a mark, window by window across batches. @param marked places of the cells that make a row's content */
export async function* markRows(batches: AsyncIterable<readonly Cells[]>, marked: readonly number[], key: MarkKey): AsyncGenerator<readonly Cells[]> {
  const hash = new ContentHash()
  const ranks = new Uint32Array(WINDOW_ROWS)
  const order = new Uint8Array(WINDOW_ROWS)
  let rest: readonly Cells[] = []
  const windowFrom = (rows: readonly Cells[], begin: number, count: number): Cells[] => {
    for (let index = 0; index < count; index++) {
      const cells = rows[begin + index]! // within the rows
      const { low, high } = hash.of(marked.map((place) => markText(cells[place] ?? null)))
      ranks[index] = rankOf(low, high, key)
    }
    sortWindow(ranks, count, order)
    return Array.from({ length: count }, (_, index) => rows[begin + order[index]!]!) // filled up to the count
  }
  for await (const batch of batches) {
    const rows = rest.length === 0 ? batch : [...rest, ...batch]
    const ordered: Cells[] = []
    let used = 0
    for (; used + WINDOW_ROWS <= rows.length; used += WINDOW_ROWS) ordered.push(...windowFrom(rows, used, WINDOW_ROWS))
    rest = rows.slice(used)
    if (ordered.length > 0) yield ordered
  }
  if (rest.length > 0) yield windowFrom(rest, 0, rest.length)
}

/** A cell as the mark reads it in whatever form: nothing is an empty text. */
const markText = (cell: unknown): string => (cell === null || cell === undefined ? '' : String(cell))
