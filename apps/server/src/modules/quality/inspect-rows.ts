import type { DataEngine, Value } from '@datong/data-engine'
import { isGarbled, isPlaceholder, type Verdict } from '@datong/quality-rules'
import { RECOGNIZERS, type RecognizerId } from '@datong/recognizers'
import { createHash } from 'node:crypto'
import type { LakeVersion } from '../collection/index.ts'

/** Versions up to this size are looked at row by row; of larger ones only recognised columns, then only a sample. */
const ALL_CELLS = 4_000_000
const ALL_ROWS = 200_000

/** What was counted of a column, over `checked` values that are filled. */
export interface ColumnCounts {
  checked: number
  valid: number
  doubtful: number
  /** Set when every row was looked at. */
  placeholders?: number
  garbled?: number
}

export interface RowFindings {
  readonly columns: ReadonlyMap<string, ColumnCounts>
  /** Rows that equal an earlier one; undefined when not counted. */
  readonly duplicateRows: number | undefined
}

/** Looks at the values of a version as far as its size allows, in one pass. @param distinct whether rows are known to differ */
export async function inspectRows(
  engine: DataEngine, version: LakeVersion, recognised: ReadonlyMap<string, RecognizerId>, samples: ReadonlyMap<string, readonly Value[]>, distinct: boolean,
): Promise<RowFindings> {
  const everything = version.rowCount * version.fields.length <= ALL_CELLS
  const columns = everything ? version.fields.map(({ name }) => name) : [...recognised.keys()]
  const inspectors = columns.map((name) => {
    const text = version.fields.some((field) => field.name === name && field.type === 'text')
    return new ColumnInspector(recognised.get(name), everything && text)
  })
  let duplicateRows: number | undefined
  if (everything || (version.rowCount <= ALL_ROWS && columns.length > 0)) {
    const seen = everything && !distinct ? new SeenRows() : undefined
    for await (const batch of engine.query({ files: version.files, schema: version.fields }, { columns })) {
      for (const row of batch) {
        row.forEach((value, index) => inspectors[index]?.look(value))
        seen?.look(row)
      }
    }
    duplicateRows = distinct ? 0 : seen?.duplicates
  } else {
    columns.forEach((name, index) => samples.get(name)?.forEach((value) => inspectors[index]?.look(value)))
  }
  return { columns: new Map(columns.map((name, index) => [name, inspectors[index]!.counts])), duplicateRows }
}

class ColumnInspector {
  readonly counts: ColumnCounts
  readonly #validate: ((value: string) => Verdict) | undefined
  readonly #text: boolean

  constructor(recognizer: RecognizerId | undefined, text: boolean) {
    this.#validate = recognizer === undefined ? undefined : RECOGNIZERS[recognizer].validate
    this.#text = text
    this.counts = { checked: 0, valid: 0, doubtful: 0, ...(text ? { placeholders: 0, garbled: 0 } : {}) }
  }

  look(value: Value): void {
    if (value === null || value === '') return
    const text = String(value)
    const { counts } = this
    if (this.#validate !== undefined) {
      counts.checked++
      const verdict = this.#validate(text)
      if (verdict === 'valid') counts.valid++
      else if (verdict === 'doubtful') counts.doubtful++
    }
    if (!this.#text) return
    if (isPlaceholder(text)) counts.placeholders = (counts.placeholders ?? 0) + 1
    if (isGarbled(text)) counts.garbled = (counts.garbled ?? 0) + 1
  }
}

/** Remembers rows by their digests, so that wide rows take no more memory than narrow ones. */
class SeenRows {
  duplicates = 0
  readonly #digests = new Set<string>()

  look(row: readonly Value[]): void {
    const digest = createHash('sha1').update(JSON.stringify(row)).digest('base64')
    if (this.#digests.has(digest)) this.duplicates++
    else this.#digests.add(digest)
  }
}
