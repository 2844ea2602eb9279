import type { ImportOptions } from '../import-options.ts'
import { detectImport } from '../detect/detect-import.ts'
import type { Detection, ImportSource } from '../detect/detection.ts'
import { normalise } from '../normalise/normalise.ts'
import type { Reject } from '../normalise/reject.ts'
import type { NormaliseResult, NormaliseTools } from '../normalise/result.ts'

/** What a test sees of a load: the written text, its records, the rejects. */
export interface Normalised {
  readonly result: NormaliseResult
  readonly csv: string
  readonly rejects: readonly Reject[]
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}

const sourceOf = (bytes: Uint8Array): ImportSource => ({
  head: bytes.subarray(0, 262_144),
  sizeBytes: bytes.length,
  open: () => inPieces(bytes, 65_536),
})

export const detectBytes = (bytes: Uint8Array, given?: Partial<ImportOptions>): Promise<Detection> =>
  detectImport(sourceOf(bytes), given)

export async function normaliseBytes(
  bytes: Uint8Array,
  options: ImportOptions,
  pieceBytes = 65_536,
  tools: NormaliseTools = {},
): Promise<Normalised> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const rejects: Reject[] = []
  let csv = ''
  const sink = {
    write: (block: Uint8Array) => {
      csv += decoder.decode(block)
    },
    reject: (some: readonly Reject[]) => {
      rejects.push(...some)
    },
  }
  const result = await normalise(() => inPieces(bytes, pieceBytes), options, sink, tools)
  return { result, csv, rejects }
}

/** Detects and reads in one go. */
export async function loadBytes(bytes: Uint8Array, given?: Partial<ImportOptions>): Promise<Normalised & { detection: Detection }> {
  const detection = await detectBytes(bytes, given)
  return { detection, ...(await normaliseBytes(bytes, detection.options)) }
}

/** Options for comma-separated UTF-8 with one header row. */
export const csvOptions = (names: readonly string[], changes: Partial<ImportOptions> = {}): ImportOptions => ({
  format: 'delimited',
  names,
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  skipRows: 0,
  headerRows: 1,
  recordFields: names.length,
  ...changes,
})
