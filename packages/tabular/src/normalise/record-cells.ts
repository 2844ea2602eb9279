const QUOTE = 34

/** Cells of one record of clean CSV (RFC 4180), without its line end; undefined when a quote stays open. */
export function recordCells(record: string): string[] | undefined {
  if (!record.includes('"')) return record.split(',')
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

/** Where the record that begins at `from` ends: its line break, those within quotes passed over; -1 when the text ends before it. */
export function recordEnd(text: string, from: number): number {
  let isQuoted = false
  for (let at = from; ; ) {
    const end = text.indexOf('\n', at)
    if (end < 0) return -1
    for (; at < end; at++) if (text.charCodeAt(at) === QUOTE) isQuoted = !isQuoted
    if (!isQuoted) return end
    at++
  }
}
