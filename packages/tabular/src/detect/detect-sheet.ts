import { decide, type Decision } from '../decision.ts'
import type { ImportOptions, SourceFormat } from '../import-options.ts'
import { collectSheet } from '../sheet/read-sheet.ts'
import { openWorkbook, sheetRows } from '../sheet/workbook.ts'
import { PREVIEW_ROWS, type Detection, type ImportSource } from './detection.ts'
import { cleanFieldNames } from './field-names.ts'
import { headerFrom } from './header-from.ts'

/** Decides sheet and header of a workbook. The sheet with the most filled rows is the table. */
export async function detectSheet(
  source: ImportSource,
  given: Partial<ImportOptions>,
  format: Decision<SourceFormat>,
): Promise<Detection> {
  const workbook = await openWorkbook(await collectSheet(source.open()))
  const sizes = workbook.SheetNames.map((name) => {
    let filled = 0
    let width = 0
    for (const { cells } of sheetRows(workbook, name)) {
      if (cells.length === 0) continue
      filled++
      width = Math.max(width, cells.length)
    }
    return { name, filled, width }
  }).sort((a, b) => b.filled - a.filled)
  const best = sizes.find(({ name }) => name === given.sheet) ?? sizes[0] ?? { name: '', filled: 0, width: 0 }
  const params = { sheet: best.name, rows: best.filled, sheets: sizes.length }
  const others = sizes.filter(({ name, filled }) => name !== best.name && filled > 0).length
  const sheet = given.sheet
    ? decide(best.name, 1, { code: 'import/given' })
    : decide(best.name, others === 0 ? 1 : 0.6, { code: others === 0 ? 'sheet/only-one' : 'sheet/most-rows', params })

  const sample: string[][] = []
  for (const { cells } of sheetRows(workbook, best.name)) {
    if (cells.length > 0) sample.push([...cells, ...Array.from({ length: best.width - cells.length }, () => '')])
    if (sample.length >= 500) break
  }
  const header = headerFrom(sample, given)
  const { skipRows, headerRows, cells } = header.value
  const names = given.names ?? cleanFieldNames(Array.from({ length: best.width }, (_, i) => cells[i] ?? ''))
  return {
    options: {
      format: format.value,
      names,
      encoding: 'utf-8',
      delimiter: ',',
      quote: '"',
      skipRows,
      headerRows,
      recordFields: names.length,
      sheet: best.name,
    },
    ...(header.value.alternates ? { alternateNames: header.value.alternates.map((name) => name.trim()) } : {}),
    decisions: {
      format,
      encoding: decide('utf-8', 1, { code: 'encoding/workbook' }),
      sheet,
      header: { ...header, value: headerRows },
      fields: decide(names.length, 1, { code: 'fields/widest-row' }),
    },
    preview: sample.slice(skipRows + headerRows, skipRows + headerRows + PREVIEW_ROWS),
  }
}
