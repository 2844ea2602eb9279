import { neutraliseFormula } from '@datong/anonymisation'
import type { DataEngine, Reading, TypedField, Value } from '@datong/data-engine'
import type { FieldType } from '@datong/kernel'
import exceljs from 'exceljs'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { PlanField } from '../plan/plan.ts'

/** Masked rows in the order of the fields. */
export type MaskedBatches = AsyncIterable<readonly (readonly Value[])[]>

interface FileTools {
  readonly engine: DataEngine
  readonly title: string
  /** Number of the delivery, to stand openly in the file. */
  readonly delivery: string | null
}

interface FileFormat {
  readonly contentType: string
  /** Writes the whole file; memory is one batch. */
  write(path: string, fields: readonly PlanField[], batches: MaskedBatches, tools: FileTools): Promise<void>
}

/** Excel's sheets end here; longer data go on in a next sheet. */
const SHEET_ROWS = 1_048_575

const xlsx: FileFormat = {
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  async write(path, fields, batches, { title, delivery }) {
    const workbook = new exceljs.stream.xlsx.WorkbookWriter({ filename: path })
    if (delivery !== null) Object.assign(workbook, { title, keywords: delivery, description: deliveryWords(delivery) })
    const name = title.replace(/[\\/?*[\]:']/g, ' ').slice(0, 25).trim() || 'data'
    const header = fields.map((field) => neutraliseFormula(field.name))
    let sheet = workbook.addWorksheet(name)
    sheet.addRow(header).commit()
    let rowsInSheet = 0
    let sheets = 1
    for await (const rows of batches) {
      for (const cells of rows) {
        if (rowsInSheet === SHEET_ROWS) {
          sheet.commit()
          sheet = workbook.addWorksheet(`${name} ${++sheets}`)
          sheet.addRow(header).commit()
          rowsInSheet = 0
        }
        sheet.addRow(cells.map(neutraliseFormula)).commit()
        rowsInSheet++
      }
    }
    sheet.commit()
    await workbook.commit()
  },
}

/** What a file says of its delivery in its properties. */
const deliveryWords = (delivery: string): string => `达通交付编号 ${delivery}。仅限授权用途使用，不得向第三方提供。 / Delivery ${delivery} of Datong. For the granted purpose only; not to be passed on.`

/** How the plain text of each type is read back. */
const READING_OF: Readonly<Record<FieldType, Reading>> = {
  text: 'text', integer: 'integer', decimal: 'decimal', boolean: 'boolean-true-false', date: 'date-ymd', datetime: 'datetime-ymd',
}

/** Masked values are text, whatever the field was. */
const deliveredField = ({ schema, mask, name }: PlanField): TypedField =>
  mask === null ? { ...schema, reading: READING_OF[schema.type] } : { name, type: 'text', nullable: true, reading: 'text' }

/** The masked rows go through the engine as a little version of their own, which is then exported without row numbers. */
const parquet: FileFormat = {
  contentType: 'application/vnd.apache.parquet',
  async write(path, fields, batches, { engine, delivery }) {
    const folder = `${path}.version`
    const csvPath = `${path}.csv`
    try {
      let rows = 0
      let maxRecordBytes = 0
      const line = (cells: readonly Value[]): string => {
        const text = `${[++rows, ...cells.map((cell) => (cell === null ? '' : `"${String(cell).replaceAll('"', '""')}"`))].join(',')}\n`
        maxRecordBytes = Math.max(maxRecordBytes, Buffer.byteLength(text))
        return text
      }
      await writeText(csvPath, batches, '', (batch) => batch.map(line).join(''), '')
      const names = fields.map((field) => field.name)
      const staged = await engine.stage({ path: csvPath, names, rows, maxRecordBytes, innerLineBreaks: true, firstLine: null })
      try {
        const version = await engine.writeVersion(staged, fields.map(deliveredField), {
          directory: folder,
          reject: ([first]) => {
            throw new Error(`line ${first?.line} does not fit its own type: ${first?.detail}`)
          },
        })
        await engine.export({ files: version.files.map((file) => file.path), schema: version.schema }, { columns: names }, 'parquet', path, delivery === null ? {} : { 'datong.delivery': delivery })
      } finally {
        await engine.discard(staged)
      }
    } finally {
      await rm(csvPath, { force: true })
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** Forms whose rows go through JavaScript; CSV and JSON go their own, faster way (`write-sheet.ts`). */
export const FILE_FORMATS = { xlsx, parquet } as const satisfies Record<string, FileFormat>

async function writeText(
  path: string, batches: MaskedBatches, head: string, body: (rows: readonly (readonly Value[])[]) => string, tail: string,
): Promise<void> {
  const stream = createWriteStream(path)
  const failed = once(stream, 'error').then(([error]) => Promise.reject(error as Error)) // 'error' carries one
  failed.catch(() => undefined)
  await Promise.race([failed, writeAll(stream, batches, head, body, tail)])
}

async function writeAll(
  stream: WriteStream, batches: MaskedBatches, head: string, body: (rows: readonly (readonly Value[])[]) => string, tail: string,
): Promise<void> {
  stream.write(head)
  for await (const rows of batches) if (!stream.write(body(rows))) await once(stream, 'drain')
  stream.end(tail)
  await once(stream, 'finish')
}
