import type { ImportOptions } from '../import-options.ts'
import { makeTranscoder } from '../encoding/transcoder.ts'
import { readJson } from '../json/read-json.ts'
import { readSheet } from '../sheet/read-sheet.ts'
import { DelimitedNormaliser } from './delimited.ts'
import type { NormaliseResult, NormaliseSink, NormaliseTools } from './result.ts'
import { RowWriter } from './row-writer.ts'

const FLUSH_AT = 1 << 19

/**
 * Reads a source and writes it as clean CSV: UTF-8, commas, LF, RFC 4180 quoting, exactly `names.length` fields after
 * the line number. Records that cannot be rows go to the sink's `reject`. Memory stays flat for delimited text and
 * NDJSON; sheets and JSON arrays inside an object are read whole, under a limit.
 * @param open gives the bytes from their beginning; called once
 * @throws AppError `tabular/too-large`, `tabular/unreadable-sheet`, `tabular/unreadable-json`
 */
export async function normalise(
  open: () => AsyncIterable<Uint8Array>,
  options: ImportOptions,
  sink: NormaliseSink,
  tools: NormaliseTools = {},
): Promise<NormaliseResult> {
  if (options.format === 'delimited') return normaliseDelimited(open(), options, sink, tools)
  const writer = new RowWriter()
  const counted = countingBytes(open())
  const source = options.format === 'sheet' ? readSheet(counted.bytes, options) : readJson(counted.bytes, options, tools)
  let bytesWritten = 0
  const flush = async (): Promise<void> => {
    bytesWritten += await handOver(writer, sink)
    sink.progress?.(counted.read(), writer.rowsRead)
  }
  for await (const row of source) {
    if (row.kind === 'blank') writer.blankLines++
    else if (row.kind === 'reject') writer.reject(row.line, row.reasonCode, row.detail, row.excerpt)
    else writer.write(row.line, row.fields)
    if (writer.out.length > FLUSH_AT || writer.rejects.length > 1000) await flush()
  }
  await flush()
  return resultOf(writer, options, counted.read(), bytesWritten)
}

async function normaliseDelimited(
  source: AsyncIterable<Uint8Array>,
  options: ImportOptions,
  sink: NormaliseSink,
  tools: NormaliseTools,
): Promise<NormaliseResult> {
  const transcoder = makeTranscoder(options.encoding)
  const engine = new DelimitedNormaliser(options, tools)
  let bytesRead = 0
  let bytesWritten = 0
  // two blocks take turns: one is being written while the next is filled
  let writing: Promise<number> | undefined
  let spare: Uint8Array = new Uint8Array(0)
  const flush = async (): Promise<void> => {
    if (writing) bytesWritten += await writing
    const full = engine.out.bytes
    const length = engine.out.length
    const { rejects } = engine
    engine.out.bytes = spare.length < full.length ? new Uint8Array(full.length) : spare
    engine.out.length = 0
    engine.rejects = []
    spare = full
    writing = deliver(full.subarray(0, length), rejects, sink)
    writing.catch(() => undefined) // awaited at the next flush; until then it must not count as unhandled
    sink.progress?.(bytesRead, engine.rowsRead)
  }
  for await (const chunk of source) {
    bytesRead += chunk.length
    engine.push(transcoder.push(chunk))
    if (engine.out.length > FLUSH_AT || engine.rejects.length > 1000) await flush()
  }
  engine.push(transcoder.end())
  engine.finish()
  await flush()
  bytesWritten += (await writing) ?? 0
  return resultOf(engine, options, bytesRead, bytesWritten)
}

async function deliver(bytes: Uint8Array, rejects: DelimitedNormaliser['rejects'], sink: NormaliseSink): Promise<number> {
  if (rejects.length > 0) await sink.reject(rejects)
  if (bytes.length > 0) await sink.write(bytes)
  return bytes.length
}

async function handOver(writer: RowWriter, sink: NormaliseSink): Promise<number> {
  const { out, rejects } = writer
  const written = await deliver(out.bytes.subarray(0, out.length), rejects, sink)
  out.length = 0
  writer.rejects = []
  return written
}

function countingBytes(source: AsyncIterable<Uint8Array>): { bytes: AsyncIterable<Uint8Array>; read: () => number } {
  let total = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      total += chunk.length
      yield chunk
    }
  }
  return { bytes: counted(), read: () => total }
}

function resultOf(
  from: DelimitedNormaliser | RowWriter,
  options: ImportOptions,
  bytesRead: number,
  bytesWritten: number,
): NormaliseResult {
  return {
    names: options.names,
    rowsRead: from.rowsRead,
    rowsWritten: from.rowsWritten,
    rowsRejected: from.rowsRejected,
    blankLines: from.blankLines,
    bytesRead,
    bytesWritten,
    maxRecordBytes: from.maxWritten,
    innerLineBreaks: from.innerLineBreaks,
    firstLine: from.consecutive && from.rowsWritten > 0 ? from.firstLine : null,
  }
}
