import type { DataEngine } from '@datong/data-engine'
import { createHash, type Hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { allFields, type DeliveryPlan, type PlanField } from '../plan/plan.ts'
import { csvCell } from '../rows/csv.ts'
import { followFile } from './follow-file.ts'
import { hashFile, PIECE_BYTES } from './hash-file.ts'
import { maskSheet } from './mask-sheet.ts'
import { sheetToJson } from './sheet-to-json.ts'
import { markSheet } from '../watermark/mark-sheet.ts'

export const SHEET_TYPE = 'text/csv; charset=utf-8; header=present'

interface Sheet {
  readonly rows: number
  /** Of the file's bytes, base64url. */
  readonly sha256: string
}

type Change = (source: AsyncIterable<Buffer>, fields: readonly PlanField[], onRows: (rows: number) => void) => AsyncIterable<Buffer>

/**
 * Writes everything that a plan delivers as CSV. The engine writes the lines, several times as fast as JavaScript could;
 * masks are JavaScript, so masked cells are put in place in one pass over the bytes, while the engine writes on.
 */
export async function writeSheet(engine: DataEngine, plan: DeliveryPlan, path: string, onRows: (rows: number) => void): Promise<Sheet> {
  const masked = allFields(plan).filter(({ mask }) => mask !== null)
  if (masked.length > 0 || isMarked(plan)) return writeChanged(engine, plan, path, masked, maskSheet, onRows)
  const rows = await exportTo(engine, plan, path, masked)
  onRows(rows)
  return { rows, sha256: await hashFile(path) }
}

/** The same as one JSON array of objects; numbers have all their digits, as in CSV. */
export function writeJson(engine: DataEngine, plan: DeliveryPlan, path: string, onRows: (rows: number) => void): Promise<Sheet> {
  const texts = allFields(plan).filter(({ schema }) => schema.type === 'text')
  return writeChanged(engine, plan, path, texts, sheetToJson, onRows)
}

const exportTo = (engine: DataEngine, plan: DeliveryPlan, path: string, apart: readonly PlanField[]): Promise<number> => {
  const columns = allFields(plan).map(({ name }) => name)
  return engine.exportSheet(
    { files: plan.files, schema: plan.schema }, { columns, filters: plan.rowFilter }, { header: sheetHeader(columns), apart: new Set(apart.map(({ name }) => name)) }, path,
  )
}

async function writeChanged(engine: DataEngine, plan: DeliveryPlan, path: string, apart: readonly PlanField[], change: Change, onRows: (rows: number) => void): Promise<Sheet> {
  const between = `${path}.apart`
  const writing = exportTo(engine, plan, between, apart)
  try {
    const hash = createHash('sha256')
    await pipeline(hashed(change(marked(followFile(between, writing), plan), allFields(plan), onRows), hash), createWriteStream(path, { highWaterMark: PIECE_BYTES }))
    return { rows: await writing, sha256: hash.digest('base64url') }
  } finally {
    // The engine may still be writing when the other end failed.
    await writing.catch(() => undefined)
    await rm(between, { force: true })
  }
}

/** The byte order mark tells Excel that Chinese text is UTF-8. */
const sheetHeader = (names: readonly string[]): string => `\uFEFF${names.map(csvCell).join(',')}`

const isMarked = ({ watermark }: DeliveryPlan): boolean => watermark !== null && watermark.fields.length > 0

/** The engine's sheet in the order of the plan's mark. Marked fields are delivered as they are, so the mark goes on before the masks. */
function marked(sheet: AsyncIterable<Buffer>, plan: DeliveryPlan): AsyncIterable<Buffer> {
  const { watermark } = plan
  if (watermark === null || !isMarked(plan)) return sheet
  return markSheet(sheet, { key: watermark.key, marked: allFields(plan).map(({ name }) => watermark.fields.includes(name)) })
}

async function* hashed(pieces: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    hash.update(piece)
    yield piece
  }
}
