import type { ApartCell, DataEngine, SheetForm } from '@datong/data-engine'
import { createHash, type Hash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { allFields, type DeliveryPlan, type PlanField } from '../plan/plan.ts'
import { csvCell } from '../rows/csv.ts'
import { cellMask } from './cell-mask.ts'
import { followFile } from './follow-file.ts'
import { hashFile } from './hash-file.ts'
import { type ApartColumn, spliceRecords } from './splice-records.ts'
import { writePieces } from './write-pieces.ts'

export const SHEET_TYPE = 'text/csv; charset=utf-8; header=present'

interface Sheet {
  readonly rows: number
  /** Of the file's bytes, base64url. */
  readonly sha256: string
}

type OnRows = (rows: number) => void

/**
 * Writes everything that a plan delivers as CSV. The engine writes the lines, several times as fast as JavaScript could;
 * masks and marks are JavaScript, so masked cells are put in place, and rows in the order of the mark, in one pass over the
 * engine's lines, while it writes on.
 */
export async function writeSheet(engine: DataEngine, plan: DeliveryPlan, path: string, onRows: OnRows): Promise<Sheet> {
  const columns = allFields(plan).map(({ name }) => name)
  const form = formOf(plan, 'csv', sheetHeader(columns))
  if (form.apart.size > 0) return writeThrough(engine, plan, form, path, onRows, (pieces) => pieces)
  // Nothing is to be done with what the engine writes but to hash it.
  const writing = exportTo(engine, plan, form, path)
  const sha256 = await hashFile(path, writing)
  const rows = await writing
  onRows(rows)
  return { rows, sha256 }
}

/** The same as one JSON array of objects; numbers have all their digits, as in CSV. */
export const writeJson = (engine: DataEngine, plan: DeliveryPlan, path: string, onRows: OnRows): Promise<Sheet> =>
  writeThrough(engine, plan, formOf(plan, 'json', ''), path, onRows, asArray)

/** Cells that masks or marks work on stand apart. */
function formOf(plan: DeliveryPlan, kind: SheetForm['kind'], header: string): SheetForm {
  const apart = new Map<string, ApartCell>()
  for (const { name, mask } of allFields(plan)) {
    if (mask !== null) apart.set(name, 'raw')
    else if (plan.watermark?.fields.includes(name) === true) apart.set(name, 'written')
  }
  return { kind, header, apart }
}

const exportTo = (engine: DataEngine, plan: DeliveryPlan, form: SheetForm, path: string): Promise<number> =>
  engine.exportSheet({ files: plan.files, schema: plan.schema }, { columns: allFields(plan).map(({ name }) => name), filters: plan.rowFilter }, form, path)

async function writeThrough(
  engine: DataEngine, plan: DeliveryPlan, form: SheetForm, path: string, onRows: OnRows, frame: (pieces: AsyncIterable<Buffer>) => AsyncIterable<Buffer>,
): Promise<Sheet> {
  const between = `${path}.apart`
  const writing = exportTo(engine, plan, form, between)
  try {
    const hash = createHash('sha256')
    const pieces = frame(spliced(followFile(between, writing), plan, form, onRows))
    await writePieces(path, hashed(pieces, hash))
    const rows = await writing
    onRows(rows)
    return { rows, sha256: hash.digest('base64url') }
  } finally {
    // The engine may still be writing when the other end failed.
    await writing.catch(() => undefined)
    await rm(between, { force: true })
  }
}

async function* hashed(pieces: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    hash.update(piece)
    yield piece
  }
}

function spliced(source: AsyncIterable<Buffer>, plan: DeliveryPlan, { kind, apart }: SheetForm, onRows: OnRows): AsyncIterable<Buffer> {
  if (apart.size === 0) return source
  const write = kind === 'csv' ? csvCell : JSON.stringify
  const columns = allFields(plan).filter(({ name }) => apart.has(name)).map((field): ApartColumn => {
    const mask = cellMask(field, write)
    return mask === null ? { reads: kind === 'csv' ? 'csv' : isJsonText(field) ? 'json-text' : 'json-plain' } : { mask }
  })
  const mark = plan.watermark !== null && plan.watermark.fields.length > 0 ? plan.watermark.key : null
  return spliceRecords(source, { columns, mark, hasHeader: kind === 'csv' }, onRows)
}

const isJsonText = ({ schema: { type, precision = 38 } }: PlanField): boolean => type === 'text' || type === 'date' || type === 'datetime' || (type === 'decimal' && precision > 15)

const FIRST = Buffer.from('[\n')
/** Behind each record; it is held back until another comes. */
const BETWEEN = Buffer.from(',\n')
const LAST = Buffer.from('\n]\n')

/** Lines with a comma behind each as one JSON array. */
async function* asArray(lines: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield FIRST
  let held: Buffer = Buffer.alloc(0)
  for await (const piece of lines) {
    const going = Math.max(0, held.length + piece.length - BETWEEN.length)
    const goingOfHeld = Math.min(going, held.length)
    if (goingOfHeld > 0) yield held.subarray(0, goingOfHeld)
    if (going > goingOfHeld) yield piece.subarray(0, going - goingOfHeld)
    held = Buffer.concat([held.subarray(goingOfHeld), piece.subarray(going - goingOfHeld)])
  }
  yield held.length === 0 ? LAST.subarray(1) : LAST
}

/** The byte order mark tells Excel that Chinese text is UTF-8. */
const sheetHeader = (names: readonly string[]): string => `\uFEFF${names.map(csvCell).join(',')}`
