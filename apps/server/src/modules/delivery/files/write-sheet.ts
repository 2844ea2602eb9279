import type { DataEngine } from '@datong/data-engine'
import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { allFields, type DeliveryPlan } from '../plan/plan.ts'
import { csvCell } from '../rows/csv.ts'
import { hashFile, PIECE_BYTES } from './hash-file.ts'
import { maskSheet } from './mask-sheet.ts'

export const SHEET_TYPE = 'text/csv; charset=utf-8; header=present'

interface Sheet {
  readonly rows: number
  /** Of the file's bytes, base64url. */
  readonly sha256: string
}

/**
 * Writes everything that a plan delivers as CSV. The engine writes the lines, several times as fast as JavaScript could;
 * masks are JavaScript, so masked cells are put in place afterwards, in one pass over the bytes.
 */
export async function writeSheet(engine: DataEngine, plan: DeliveryPlan, path: string, onRows: (rows: number) => void): Promise<Sheet> {
  const fields = allFields(plan)
  const masked = fields.filter(({ mask }) => mask !== null).map(({ name }) => name)
  const read = { columns: fields.map(({ name }) => name), filters: plan.rowFilter }
  const version = { files: plan.files, schema: plan.schema }
  const form = { header: sheetHeader(read.columns), apart: new Set(masked) }
  if (masked.length === 0) {
    const rows = await engine.exportSheet(version, read, form, path)
    onRows(rows)
    return { rows, sha256: await hashFile(path) }
  }
  const apart = `${path}.apart`
  try {
    const rows = await engine.exportSheet(version, read, form, apart)
    const pieces: AsyncIterable<Buffer> = createReadStream(apart, { highWaterMark: PIECE_BYTES })
    const hash = createHash('sha256')
    await pipeline(hashed(maskSheet(pieces, fields, onRows), hash), createWriteStream(path, { highWaterMark: PIECE_BYTES }))
    return { rows, sha256: hash.digest('base64url') }
  } finally {
    await rm(apart, { force: true })
  }
}

/** The byte order mark tells Excel that Chinese text is UTF-8. */
const sheetHeader = (names: readonly string[]): string => `\uFEFF${names.map(csvCell).join(',')}`

async function* hashed(pieces: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    hash.update(piece)
    yield piece
  }
}
