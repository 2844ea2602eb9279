import { AppError } from '@datong/kernel'
import { sql } from 'kysely'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CollectionContext } from '../context.ts'
import type { Connector, OpenSource } from '../connectors/connector.ts'
import { CONNECTORS, type SourceKind } from '../connectors/registry.ts'
import type { SourceRow } from './source-tables.ts'

/** How a source is reached. */
export interface Reach {
  readonly kind: string
  readonly organisation: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, unknown>>
}

/** @throws AppError `collection/source-settings` for a kind that there is not */
export function connectorOf(kind: string): Connector {
  if (!isKind(kind)) throw new AppError('collection/source-settings', {}, [{ pointer: '/kind', code: 'enum', message: '没有这种数据源' }])
  return CONNECTORS[kind]
}

const isKind = (kind: string): kind is SourceKind => Object.hasOwn(CONNECTORS, kind)

/** Purpose of the sealed secrets of a source. */
export const sealedFor = (id: string): string => `source ${id}`

/** How a registered source is reached, its secrets unsealed. */
export const reachOfSource = ({ sealer }: Pick<CollectionContext, 'sealer'>, source: SourceRow): Reach => ({
  kind: source.kind, organisation: source.organisation, settings: source.settings,
  secrets: JSON.parse(sealer.open(source.secrets, sealedFor(source.id))) as Reach['secrets'], // sealed here
})

/**
 * Works with a source and lets go of it, whatever comes.
 * @param scratch an existing folder for files that come, or where one may be made
 * @throws AppError `collection/source-…`, `delivery/address-refused`; what `work` throws
 */
export async function withSource<T>(context: CollectionContext, reach: Reach, { scratch, signal }: { scratch: string; signal: AbortSignal }, work: (source: OpenSource, connector: Connector) => Promise<T>): Promise<T> {
  const connector = connectorOf(reach.kind)
  const folder = join(scratch, 'source')
  await mkdir(folder, { recursive: true, mode: 0o750 })
  let source: OpenSource | undefined
  try {
    source = await connector.open(reach.settings, reach.secrets, {
      outbound: context.outbound, clock: context.clock, signal, scratch: folder, dropFolder: join(context.dropFolder, reach.organisation),
      maxFileBytes: context.maxUploadBytes, ownDatabase: () => ownDatabase(context),
    })
    return await work(source, connector)
  } finally {
    await source?.close().catch((error: unknown) => context.log.warn({ err: error }, 'a source was not closed cleanly'))
    await rm(folder, { recursive: true, force: true })
  }
}

/** Datong's own database, which nobody may read as a source. */
export async function ownDatabase({ store }: CollectionContext): Promise<{ cluster: string; database: string }> {
  const { rows } = await sql<{ cluster: string; database: string }>`select system_identifier::text as cluster, current_database()::text as database from pg_control_system()`.execute(store.db)
  return rows[0]! // one row always
}
