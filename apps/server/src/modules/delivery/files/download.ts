import type { DOWNLOAD_FORMATS } from '@datong/contracts'
import type { DataEngine } from '@datong/data-engine'
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FILE_FORMATS, type MaskedBatches } from './file-formats.ts'
import { hashFile } from './hash-file.ts'
import { allFields, type DeliveryPlan, type PlanField } from '../plan/plan.ts'
import { maskCell } from '../rows/read-rows.ts'
import { deliveryNumber } from '../watermark/delivery-number.ts'
import { markRows } from '../watermark/mark-rows.ts'
import { SHEET_TYPE, writeJson, writeSheet } from './write-sheet.ts'

export type DownloadFormat = (typeof DOWNLOAD_FORMATS)[number]

/** A file that is complete on disk, ready to leave. */
export interface PreparedFile {
  readonly path: string
  readonly fileName: string
  readonly contentType: string
  readonly bytes: number
  readonly sha256: string
  readonly rows: number
  /** Number of this delivery where the plan has a watermark; it stands in the file's name and, where there is room, in its properties. */
  readonly delivery: string | null
  /** Files of restricted data are for one caller and go when they are sent. */
  dispose(): Promise<void>
}

const TYPES: Readonly<Record<DownloadFormat, string>> = {
  csv: SHEET_TYPE, json: 'application/json; charset=utf-8', xlsx: FILE_FORMATS.xlsx.contentType, parquet: FILE_FORMATS.parquet.contentType,
}

export interface Making {
  /** Told after each batch how many rows were read so far. */
  readonly onRows?: (rows: number) => void
  /** The way to work that is still to be done: a line to stand in. */
  readonly through?: <T>(work: () => Promise<T>) => Promise<T>
}

interface Kept {
  readonly sha256: string
  readonly rows: number
}

/**
 * Makes downloads. The file of open data is made once for each version and form and kept; all others are made for their
 * caller.
 */
export function createDownloads({ engine, folder }: { engine: DataEngine; folder: string }) {
  const open = join(folder, 'open')
  const kept = new Map<string, Promise<Kept>>()

  async function make(plan: DeliveryPlan, format: DownloadFormat, path: string, delivery: string | null, onRows: (rows: number) => void): Promise<Kept> {
    const partial = `${path}.${randomUUID()}.partial`
    try {
      const made = format === 'csv' ? await writeSheet(engine, plan, partial, onRows)
        : format === 'json' ? await writeJson(engine, plan, partial, onRows) : await writeRows(plan, format, partial, delivery, onRows)
      await rename(partial, path)
      return made
    } finally {
      await rm(partial, { force: true })
    }
  }

  async function writeRows(plan: DeliveryPlan, format: keyof typeof FILE_FORMATS, path: string, delivery: string | null, onRows: (rows: number) => void): Promise<Kept> {
    const fields = allFields(plan)
    let rows = 0
    const counted = async function* (): MaskedBatches {
      for await (const batch of ordered(maskedRows(engine, plan, fields), plan, fields)) {
        rows += batch.length
        onRows(rows)
        yield batch
      }
    }
    await FILE_FORMATS[format].write(path, fields, counted(), { engine, title: plan.title, delivery })
    return { rows, sha256: await hashFile(path) }
  }

  return {
    /** Removes what an earlier process left. */
    async start(): Promise<void> {
      await rm(folder, { recursive: true, force: true })
      await mkdir(open, { recursive: true })
    },

    /** @throws what `through` throws */
    async prepare(plan: DeliveryPlan, format: DownloadFormat, { onRows = () => undefined, through = (work) => work() }: Making = {}): Promise<PreparedFile> {
      const isOpen = plan.basis.kind === 'open'
      const path = isOpen ? join(open, `${fingerprint(plan)}.${format}`) : join(folder, `${randomUUID()}.${format}`)
      const delivery = plan.watermark === null ? null : deliveryNumber(plan)
      let making = isOpen ? kept.get(path) : undefined
      if (making === undefined) {
        making = through(() => make(plan, format, path, delivery, onRows))
        if (isOpen) {
          kept.set(path, making)
          making.catch(() => kept.delete(path))
        }
      }
      const { sha256, rows } = await making
      const { size } = await stat(path)
      return {
        path, sha256, rows, delivery, bytes: size,
        fileName: `${plan.title}-v${plan.version}${delivery === null ? '' : `-${delivery}`}.${format}`,
        contentType: TYPES[format],
        dispose: async () => {
          if (!isOpen) await rm(path, { force: true })
        },
      }
    },
  }
}

async function* maskedRows(engine: DataEngine, plan: DeliveryPlan, fields: readonly PlanField[]): MaskedBatches {
  const read = { columns: fields.map((field) => field.name), filters: plan.rowFilter }
  for await (const rows of engine.query({ files: plan.files, schema: plan.schema }, read)) {
    yield rows.map((cells) => fields.map((field, index) => maskCell(field, cells[index]!))) // cells stand in the order of fields
  }
}

/** Rows in the order of the plan's mark; marked fields leave as they are. */
function ordered(batches: MaskedBatches, { watermark }: DeliveryPlan, fields: readonly PlanField[]): MaskedBatches {
  if (watermark === null || watermark.fields.length === 0) return batches
  return markRows(batches, fields.flatMap(({ name }, place) => (watermark.fields.includes(name) ? [place] : [])), watermark.key)
}

/** Everything that decides the bytes of an open file. */
const fingerprint = (plan: DeliveryPlan): string =>
  createHash('sha256')
    .update(JSON.stringify([plan.entryCode, plan.title, plan.version, [...plan.fields.values()].map(({ name, masking }) => [name, masking])]))
    .digest('hex').slice(0, 32)

export type Downloads = ReturnType<typeof createDownloads>
