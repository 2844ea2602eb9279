import type { WrittenVersion } from '@datong/data-engine'
import { inTransaction, type Trx } from '@datong/metadata-store'
import canonicalize from 'canonicalize'
import { createHash } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type CollectionContext, PLATFORM } from '../context.ts'
import { moveDurably, syncFolder } from '../durable-files.ts'
import type { LoadRow } from '../loads/load-store.ts'
import { overallProgress } from '../loads/progress.ts'
import { recordLoad, recordVersion } from '../record.ts'
import type { Manifest, OriginalPart, Reconciled } from '../tables.ts'
import { lineageOfFile, type VersionLineage } from './lineage.ts'

const MANIFEST = 'manifest.json'

/** What a load made, not yet a version. */
export interface TakenIn {
  readonly written: WrittenVersion
  readonly rowsRead: number
  readonly rowsRejected: number
  /** Left out: the file of the load, read as it stands. */
  readonly lineage?: VersionLineage
  /** Rows that went into the lake, where a version holds others besides; all of the version's rows when left out. */
  readonly rowsTaken?: number
  /** Bytes and SHA-256 of what came in, where the load did not know them at its beginning. */
  readonly received?: { readonly bytes: number; readonly sha256: string }
  readonly reconciliation?: Reconciled
  /** The rows as they came in, where a recipe went over them. */
  readonly original?: OriginalPart
  /** The version that this one was merged into: the newest one still, or the load begins anew. 0 for none. */
  readonly base?: number
  /** What is noted in the same transaction. */
  readonly settled?: (trx: Trx, load: LoadRow, version: number) => Promise<void>
}

/** Another version was made while this one was merged into its predecessor. */
export class BaseMoved extends Error {}

/**
 * Makes what a load wrote a version: gives it the entry's next number, moves its folder there, and commits row, evidence and
 * event together. Once for a load, however often its job runs.
 */
export async function makeVersion(context: CollectionContext, loadId: string, staging: string, made: TakenIn): Promise<void> {
  let folder = staging
  await inTransaction(context.store.db, async (trx) => {
    const known = await context.loads.lock(trx, loadId)
    if (known === undefined || known.outcome !== null || known.version !== null || known.hold !== null) return
    const load = { ...known, ...made.received }
    const manifest = manifestOf(load, made)
    const contentHash = folder === staging ? await writeManifest(staging, manifest) : hashOf(manifest)
    const number = await context.versions.lockNumbers(trx, load.entry_code)
    if (made.base !== undefined && made.base !== number - 1) throw new BaseMoved('another version was made meanwhile')
    const home = context.workspace.versionFolder(load.entry_code, number)
    // Moved before the commit, so that no version is ever without its files. The number is ours: what lies there without a
    // version was left by a process that died between the two.
    folder = await settle(context, folder, context.workspace.inLake(home))
    await commitVersion(trx, context, { load, manifest, contentHash, number, home, made })
  })
}

async function settle(context: CollectionContext, from: string, to: string): Promise<string> {
  if (from === to) return to
  await context.workspace.discard(to)
  const entryFolder = dirname(to)
  if ((await mkdir(entryFolder, { recursive: true, mode: 0o750 })) !== undefined) await syncFolder(dirname(entryFolder))
  await moveDurably(from, to)
  return to
}

interface Commit {
  readonly load: LoadRow
  readonly manifest: Manifest
  readonly contentHash: string
  readonly number: number
  readonly home: string
  readonly made: TakenIn
}

async function commitVersion(trx: Trx, context: CollectionContext, { load, manifest, contentHash, number, home, made }: Commit): Promise<void> {
  const now = context.clock.now()
  const { rowsRead, rowsRejected, written: { rowsStored, schema }, lineage = lineageOfFile(load.file_name, load.sha256) } = made
  await context.versions.insert(trx, {
    entry_code: load.entry_code, number, load_id: load.id, folder: home, manifest: JSON.stringify(manifest), content_hash: contentHash,
    row_count: rowsStored, rows_rejected: rowsRejected, bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
    source: load.file_name, created_at: now, created_by: load.started_by.name, lineage: JSON.stringify(lineage),
  })
  const stored = await context.loads.change(trx, load.id, {
    version: number, phase: 'profiling', progress: overallProgress('profiling', 0), rows_read: rowsRead, rows_stored: made.rowsTaken ?? rowsStored, rows_rejected: rowsRejected,
    rows_per_second: null, remaining_seconds: null, ...made.received, ...(made.reconciliation === undefined ? {} : { reconciliation: JSON.stringify(made.reconciliation) }),
  })
  await made.settled?.(trx, stored, number)
  const figures = { rows: rowsStored, rowsRejected, contentHash }
  await recordLoad(trx, context, { load: stored, actor: PLATFORM, action: 'stored', detail: { version: number, rowsRead, ...figures } })
  await recordVersion(trx, context, {
    entryCode: load.entry_code, number, title: load.entry_title, organisation: load.organisation, actor: PLATFORM, action: 'made',
    detail: { loadId: load.id, source: load.sha256, fields: schema.length, ...figures },
  })
  await publishMade(trx, context, stored, manifest, now)
}

/** Tells the others of a version: they take its fields, profile it and grade it. */
export async function publishMade(trx: Trx, context: CollectionContext, load: LoadRow, manifest: Manifest, at: Date): Promise<void> {
  if (load.version === null) throw new Error(`load ${load.id} has no version`)
  await context.events.publish(trx, 'collection.version-made', {
    entryCode: load.entry_code, version: load.version, loadId: load.id, fields: [...manifest.fields], rowCount: manifest.rowCount, at: at.toISOString(),
  })
}

const manifestOf = (load: LoadRow, { written, rowsRejected, original }: TakenIn): Manifest => ({
  format: 'datong-version/1',
  entryCode: load.entry_code,
  loadId: load.id,
  source: { fileName: load.file_name, bytes: load.bytes, sha256: load.sha256 },
  fields: written.schema,
  files: written.files.map(({ path, bytes, sha256, rows }) => ({ path: basename(path), bytes, sha256, rows })),
  rowCount: written.rowsStored,
  rowsRejected,
  ...(original === undefined ? {} : { original }),
})

const textOf = (manifest: Manifest): string => canonicalize(manifest) ?? ''
const hashOf = (manifest: Manifest): string => createHash('sha256').update(textOf(manifest)).digest('hex')

/** Writes the manifest beside the files, durably. @returns its SHA-256, hexadecimal */
async function writeManifest(folder: string, manifest: Manifest): Promise<string> {
  const handle = await open(join(folder, MANIFEST), 'w', 0o640)
  try {
    await handle.writeFile(textOf(manifest))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await syncFolder(folder)
  return hashOf(manifest)
}
