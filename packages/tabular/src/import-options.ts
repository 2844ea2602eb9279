import type { EncodingId } from './encoding/encodings.ts'

/** Shapes of source that this package can turn into rows. */
export const SOURCE_FORMATS = ['delimited', 'json', 'ndjson', 'sheet'] as const
export type SourceFormat = (typeof SOURCE_FORMATS)[number]

export const DELIMITERS = [',', '\t', ';', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** How a source is to be read. `detectImport` proposes it, a person may change it, `normalise` follows it: replayable. */
export interface ImportOptions {
  readonly format: SourceFormat
  /** Final names of the fields, in order, unique without regard to case. */
  readonly names: readonly string[]
  readonly encoding: EncodingId
  readonly delimiter: Delimiter
  /** `null`: quotes have no meaning. */
  readonly quote: '"' | "'" | null
  /** Non-blank records before the header (titles, notes). */
  readonly skipRows: number
  /** Records that make up the header, after `skipRows`. */
  readonly headerRows: number
  /**
   * Fields that every record must have. Usually `names.length`; smaller when all records of the file alike leave out
   * trailing fields, which are then filled with blanks.
   */
  readonly recordFields: number
  /** Keys of the objects in the order of `names`, for JSON; `names` when not set. */
  readonly keys?: readonly string[]
  /** Name of the sheet, for `sheet`. */
  readonly sheet?: string
}
