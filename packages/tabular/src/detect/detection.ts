import type { Decision } from '../decision.ts'
import type { EncodingId } from '../encoding/encodings.ts'
import type { ImportOptions, SourceFormat } from '../import-options.ts'

/** How many bytes of the beginning are looked at. */
export const HEAD_BYTES = 256 * 1024

/** A file to look at. */
export interface ImportSource {
  /** Its first `HEAD_BYTES`, or all of it when shorter. */
  readonly head: Uint8Array
  /** Its last bytes, if at hand: they tell encodings apart when the beginning is ASCII only. */
  readonly tail?: Uint8Array
  readonly sizeBytes: number
  /** Gives all bytes; sheets and JSON are read through to find their fields. */
  readonly open: () => AsyncIterable<Uint8Array>
}

/** What was found, decision by decision, and the options that follow from it. */
export interface Detection {
  readonly options: ImportOptions
  /** Second names of the fields, from a second header row (usually English). */
  readonly alternateNames?: readonly string[]
  readonly decisions: {
    readonly format: Decision<SourceFormat>
    readonly encoding: Decision<EncodingId>
    readonly delimiter?: Decision<ImportOptions['delimiter']>
    readonly sheet?: Decision<string>
    readonly header: Decision<number>
    readonly fields: Decision<number>
  }
  /** The first rows as they would be loaded, for a person to look at. */
  readonly preview: readonly (readonly string[])[]
}

/** How many rows a preview shows. */
export const PREVIEW_ROWS = 20
