import { AppError } from '@datong/kernel'
import type { Decision, Reason } from '../decision.ts'
import type { ImportOptions, SourceFormat } from '../import-options.ts'
import { detectDelimited } from './detect-delimited.ts'
import { detectJson } from './detect-json.ts'
import { detectSheet } from './detect-sheet.ts'
import type { Detection, ImportSource } from './detection.ts'
import { sniffFormat, type ContentKind } from './sniff-format.ts'

/** The kinds that are told apart in order to refuse them with the right sentence. */
const REFUSALS: Readonly<Record<Exclude<ContentKind, SourceFormat>, string>> = {
  empty: 'tabular/empty-file',
  parquet: 'tabular/parquet-file',
  zip: 'tabular/archive-file',
  gzip: 'tabular/archive-file',
  archive: 'tabular/archive-file',
  pdf: 'tabular/not-a-table',
  image: 'tabular/not-a-table',
  html: 'tabular/not-a-table',
  xml: 'tabular/not-a-table',
  binary: 'tabular/not-a-table',
}

const isSourceFormat = (kind: ContentKind): kind is SourceFormat => !(kind in REFUSALS)

/**
 * Decides how a file is to be read, from its content; its name is never asked. Part of the decisions can be given:
 * the rest then follows from them.
 * @throws AppError `tabular/empty-file`, `tabular/archive-file`, `tabular/parquet-file`, `tabular/not-a-table`,
 *   `tabular/unreadable-sheet`, `tabular/unreadable-json`, `tabular/too-large`, `tabular/no-table`
 */
export async function detectImport(source: ImportSource, given: Partial<ImportOptions> = {}): Promise<Detection> {
  const sniffed = sniffFormat(source.head)
  if (!isSourceFormat(sniffed.value)) throw new AppError(REFUSALS[sniffed.value], { kind: sniffed.value })
  const asked: Reason = { code: 'import/given' }
  const format: Decision<SourceFormat> = given.format
    ? { value: given.format, confidence: 1, reasons: [asked] }
    : { ...sniffed, value: sniffed.value }
  const detection = await DETECTORS[format.value](source, given, format)
  if (detection.options.names.length === 0) throw new AppError('tabular/no-table', {})
  return detection
}

const DETECTORS: Readonly<
  Record<
    SourceFormat,
    (source: ImportSource, given: Partial<ImportOptions>, format: Decision<SourceFormat>) => Detection | Promise<Detection>
  >
> = { delimited: detectDelimited, json: detectJson, ndjson: detectJson, sheet: detectSheet }
