import { AppError } from '@datong/kernel'
import { makeTranscoder } from '../encoding/transcoder.ts'
import type { EncodingId } from '../encoding/encodings.ts'
import type { ImportOptions } from '../import-options.ts'
import { EXCERPT_CHARACTERS } from '../normalise/reject.ts'
import type { NormaliseTools } from '../normalise/result.ts'
import { collectBytes, type SourceRow } from '../row-source.ts'
import { findRecords, isJsonObject, jsonCell, parseJson } from './json-value.ts'
import { jsonElements } from './json-elements.ts'

const MAX_ELEMENT_BYTES = 16 * 1024 * 1024
/** A document whose rows lie inside an object is parsed whole. */
const MAX_WRAPPED_BYTES = 128 * 1024 * 1024

/** An object of the source, or what stood in its place. */
export type JsonRecord =
  | { readonly line: number; readonly value: Record<string, unknown> }
  | { readonly line: number; readonly problem: 'not-an-object' | 'invalid-json'; readonly excerpt: string }

/**
 * Objects of a JSON array, of NDJSON, or of the list inside a wrapping object. The line is the physical line for the
 * first two, the place in the list from 1 for the last.
 */
export async function* jsonRecords(
  source: AsyncIterable<Uint8Array>,
  format: 'json' | 'ndjson',
  encoding: EncodingId,
  maxElementBytes = MAX_ELEMENT_BYTES,
): AsyncGenerator<JsonRecord> {
  const { first, rest } = await peek(transcoded(source, encoding))
  if (format === 'json' && first !== '[') {
    yield* wrappedRecords(rest)
    return
  }
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const tooLarge = (): AppError => new AppError('tabular/too-large', { limitBytes: maxElementBytes })
  for await (const { line, bytes } of jsonElements(rest, format === 'json' ? 'array' : 'lines', maxElementBytes, tooLarge)) {
    let value: unknown
    try {
      value = parseJson(decoder.decode(bytes))
    } catch {
      const excerpt = new TextDecoder().decode(bytes.subarray(0, EXCERPT_CHARACTERS * 3))
      yield { line, problem: 'invalid-json', excerpt }
      continue
    }
    if (isJsonObject(value)) yield { line, value }
    else yield { line, problem: 'not-an-object', excerpt: jsonCell(value) }
  }
}

async function* wrappedRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRecord> {
  const tooLarge = (): AppError => new AppError('tabular/too-large', { limitBytes: MAX_WRAPPED_BYTES })
  const bytes = await collectBytes(source, MAX_WRAPPED_BYTES, tooLarge)
  let root: unknown
  try {
    root = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new AppError('tabular/unreadable-json', {}, [], { cause })
  }
  const records = findRecords(root) ?? (isJsonObject(root) ? [root] : [])
  for (const [index, value] of records.entries()) {
    if (isJsonObject(value)) yield { line: index + 1, value }
    else yield { line: index + 1, problem: 'not-an-object', excerpt: jsonCell(value) }
  }
}

/** Rows by the keys that detection found; an object with a key that was not found is rejected, not cut. */
export async function* readJson(
  source: AsyncIterable<Uint8Array>,
  options: ImportOptions,
  tools: NormaliseTools,
): AsyncGenerator<SourceRow> {
  const keys = options.keys ?? options.names
  const known = new Set(keys)
  const format = options.format === 'ndjson' ? 'ndjson' : 'json'
  for await (const record of jsonRecords(source, format, options.encoding, tools.maxRecordBytes)) {
    if ('problem' in record) {
      const detail = record.problem === 'invalid-json' ? 'not valid JSON' : 'not an object with fields'
      yield { kind: 'reject', line: record.line, reasonCode: record.problem, detail, excerpt: record.excerpt }
      continue
    }
    const unknown = Object.keys(record.value).filter((key) => !known.has(key))
    if (unknown.length > 0) {
      const detail = `unknown fields: ${unknown.slice(0, 5).join(', ')}`
      const excerpt = JSON.stringify(record.value)
      yield { kind: 'reject', line: record.line, reasonCode: 'too-many-fields', detail, excerpt }
    } else {
      yield { kind: 'row', line: record.line, fields: keys.map((key) => jsonCell(record.value[key])) }
    }
  }
}

async function* transcoded(source: AsyncIterable<Uint8Array>, encoding: EncodingId): AsyncGenerator<Uint8Array> {
  const transcoder = makeTranscoder(encoding)
  for await (const chunk of source) yield transcoder.push(chunk)
  yield transcoder.end()
}

/** The first character that is not white space, without losing what was read to find it. */
async function peek(source: AsyncGenerator<Uint8Array>): Promise<{ first: string; rest: AsyncIterable<Uint8Array> }> {
  const held: Uint8Array[] = []
  let first = ''
  while (first === '') {
    const { done, value } = await source.next()
    if (done) break
    held.push(value.slice())
    const byte = value.find((each) => each > 0x20)
    if (byte !== undefined) first = String.fromCharCode(byte)
  }
  async function* rest(): AsyncGenerator<Uint8Array> {
    yield* held
    yield* source
  }
  return { first, rest: rest() }
}
