import type { BodyOf, operations, SourceColumnView } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { isDeepStrictEqual } from 'node:util'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Caller } from '../../../platform/caller.ts'
import type { SourceBatch, SourceObject } from '../connectors/connector.ts'
import type { CollectionContext } from '../context.ts'
import { detectSource } from '../loads/read-source.ts'
import { type Reach, reachOfSource, withSource } from './open-source.ts'
import { viewColumn } from './view-source.ts'

const MOST_OBJECTS = 5_000
const PREVIEW_ROWS = 20
const PREVIEW_CHARACTERS = 500
/** A test by a person who waits. */
const LONGEST_MS = 60_000

type Tried = Pick<BodyOf<typeof operations.testSource>, 'kind' | 'settings' | 'secrets' | 'sourceId'>

/** Reaches a source and tells what it offers. @throws AppError `collection/source-…`, `delivery/address-refused` */
export async function testSource(context: CollectionContext, tried: Tried, caller: Caller, signal: AbortSignal): Promise<readonly SourceObject[]> {
  return within(context, await reachOf(context, tried, caller), signal, async (source) => {
    await source.check()
    return (await source.objects()).slice(0, MOST_OBJECTS)
  })
}

export interface Preview {
  readonly columns: SourceColumnView[]
  readonly key: string[]
  readonly rows: (string | null)[][]
}

/** Columns and first rows of an object; of files the columns that are found in them. */
export async function previewSource(context: CollectionContext, { from, ...tried }: BodyOf<typeof operations.previewSource>, caller: Caller, signal: AbortSignal): Promise<Preview> {
  return within(context, await reachOf(context, tried, caller), signal, async (source) => {
    const preview: Preview = { columns: [], key: [], rows: [] }
    for await (const batch of source.read({ from, limit: PREVIEW_ROWS })) {
      await add(preview, batch)
      if (batch.kind === 'file' || preview.rows.length >= PREVIEW_ROWS) break
    }
    return preview
  })
}

async function add(preview: Preview, batch: SourceBatch): Promise<void> {
  if (batch.kind === 'columns') {
    preview.columns.push(...batch.columns.map(viewColumn))
    preview.key.push(...batch.key)
  } else if (batch.kind === 'rows') {
    preview.rows.push(...batch.rows.slice(0, PREVIEW_ROWS - preview.rows.length).map((row) => row.map((text) => text?.slice(0, PREVIEW_CHARACTERS) ?? null)))
  } else if (batch.kind === 'file') {
    const { options } = await detectSource(batch.path, batch.bytes)
    preview.columns.push(...options.names.map((name) => ({ name, sourceType: options.format, type: null, nullable: true, canMark: false, comment: null })))
  }
}

/**
 * Secrets that are kept are used for the settings that they were given with, and no others: else somebody of the department could
 * have them sent to a place of his own.
 */
async function reachOf(context: CollectionContext, { kind, settings, secrets, sourceId }: Tried, caller: Caller): Promise<Reach> {
  if (caller.organisation === null) throw new AppError('request/not-found')
  const given = { kind, organisation: caller.organisation, settings, secrets: secrets ?? {} }
  if (sourceId === undefined || secrets !== undefined) return given
  const source = await context.sources.find(sourceId)
  if (source === undefined || source.organisation !== caller.organisation) throw new AppError('request/not-found')
  return source.kind === kind && isDeepStrictEqual(source.settings, settings) ? reachOfSource(context, source) : given
}

async function within<T>(context: CollectionContext, reach: Reach, signal: AbortSignal, work: Parameters<typeof withSource<T>>[3]): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'datong-source-'))
  try {
    return await withSource(context, reach, { scratch, signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]) }, work)
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') throw new AppError('collection/source-too-slow', { seconds: LONGEST_MS / 1000 })
    throw error
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
