import type { DataEngine, FieldProfile, InferredField, TypeHints, ValueReject, WrittenVersion } from '@datong/data-engine'
import { detectImport, HEAD_BYTES, normalise, type Detection, type ImportOptions, type NormaliseResult, type Reject } from '@datong/tabular'
import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'

/** Everything a load finds out, with the seconds of each stage. */
export interface LoadedFile {
  readonly detection: Detection
  readonly normalised: NormaliseResult
  readonly fields: readonly InferredField[]
  readonly version: WrittenVersion
  readonly profile: readonly FieldProfile[]
  readonly rejects: readonly (Reject | ValueReject)[]
  readonly seconds: Readonly<Record<string, number>>
}

/** The whole way of a file, as tests and the benchmark walk it: detect, normalise, infer, write, profile. */
export async function loadFile(
  engine: DataEngine,
  path: string,
  directory: string,
  given: Partial<ImportOptions> = {},
  hints: TypeHints = {},
): Promise<LoadedFile> {
  const seconds: Record<string, number> = {}
  const timed = async <T>(stage: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now()
    const result = await work()
    seconds[stage] = (performance.now() - start) / 1000
    return result
  }
  await mkdir(directory, { recursive: true })
  const rejects: (Reject | ValueReject)[] = []
  const reject = (some: readonly (Reject | ValueReject)[]): void => void rejects.push(...some)
  const bytes = (): AsyncIterable<Uint8Array> => createReadStream(path, { highWaterMark: 1 << 20 })
  const detection = await timed('detect', () => detectFile(path, bytes, given))
  const csv = join(directory, 'normalised.csv')
  const normalised = await timed('normalise', async () => {
    const file = await open(csv, 'w')
    try {
      const write = async (block: Uint8Array): Promise<void> => void (await file.writeFile(block))
      return await normalise(bytes, detection.options, { write, reject }, { isUtf8 })
    } finally {
      await file.close()
    }
  })
  const staged = await engine.stage({
    path: csv,
    names: normalised.names,
    rows: normalised.rowsWritten,
    maxRecordBytes: normalised.maxRecordBytes,
    innerLineBreaks: normalised.innerLineBreaks,
    firstLine: normalised.firstLine,
  })
  const fields = await timed('infer', () => engine.inferTypes(staged, hints))
  const version = await timed('write', () => engine.writeVersion(staged, fields, { directory: join(directory, 'version'), reject }))
  await engine.discard(staged)
  const ref = { files: version.files.map((file) => file.path), schema: version.schema }
  const profile = await timed('profile', () => engine.profile(ref))
  return { detection, normalised, fields, version, profile, rejects, seconds }
}

async function detectFile(path: string, bytes: () => AsyncIterable<Uint8Array>, given: Partial<ImportOptions>): Promise<Detection> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const head = new Uint8Array(Math.min(size, HEAD_BYTES))
    await file.read(head, 0, head.length, 0)
    const tail = new Uint8Array(Math.min(size, 65_536))
    await file.read(tail, 0, tail.length, size - tail.length)
    return await detectImport({ head, tail, sizeBytes: size, open: bytes }, given)
  } finally {
    await file.close()
  }
}
