import { AppError } from '@datong/kernel'
import { mysqlConfig } from '../connectors/databases/mysql-config.ts'
import { postgresqlConfig, refuseOwnDatabase } from '../connectors/databases/postgresql-config.ts'
import type { DatabaseSecrets, DatabaseSettings } from '../connectors/databases/reach.ts'
import type { ConnectorTools } from '../connectors/connector.ts'
import { requireFit } from '../connectors/define-connector.ts'
import { explainMysql } from '../connectors/mysql.ts'
import { explainPostgresql } from '../connectors/postgresql.ts'
import { connectorOf, ownDatabase, type Reach, reachOfSource } from '../sources/open-source.ts'
import type { SourceRow } from '../sources/source-tables.ts'
import type { CapturedSource, CapturedTable } from './captured-source.ts'
import type { CaptureContext } from './context.ts'
import { mariadbCapture } from './mariadb/mariadb-source.ts'
import { postgresqlCapture } from './postgresql/postgresql-source.ts'
import type { CaptureRow } from './tables.ts'
import pg from 'pg'

type Open = (settings: DatabaseSettings, secrets: DatabaseSecrets, tools: ConnectorTools) => CapturedSource

/** A new kind of source whose changes are taken is a file of its own and a line here. */
const CAPTURED: Readonly<Record<string, Open>> = {
  postgresql: (settings, secrets, tools) => postgresqlCapture({
    utcOffset: settings.utcOffset, explain: explainPostgresql(settings.host),
    config: () => postgresqlConfig(settings, secrets, tools),
  }),
  mysql: (settings, secrets, tools) => mariadbCapture({
    database: settings.database, utcOffset: settings.utcOffset, explain: explainMysql(settings.host), config: () => mysqlConfig(settings, secrets, tools),
  }),
}

/**
 * A registered source as one that tells its changes.
 * @throws AppError `collection/capture-impossible` for kinds that tell none, `collection/source-settings`
 */
export async function openCapture(context: CaptureContext, source: SourceRow, signal: AbortSignal): Promise<CapturedSource> {
  const { kind, settings, secrets, organisation }: Reach = reachOfSource(context, source)
  const open = CAPTURED[kind]
  if (open === undefined) throw new AppError('collection/capture-impossible', { object: source.name, reason: 'kind' })
  requireFit(connectorOf(kind), settings, secrets)
  // No file comes of a database.
  const tools: ConnectorTools = {
    outbound: context.outbound, clock: context.clock, signal, scratch: '', dropFolder: organisation, maxFileBytes: 0, ownDatabase: () => ownDatabase(context),
  }
  const [known, hidden] = [settings as DatabaseSettings, secrets as DatabaseSecrets] // both were just checked against schemas of databases
  if (kind === 'postgresql') await refuseOwn(known, hidden, tools)
  return open(known, hidden, tools)
}

async function refuseOwn(settings: DatabaseSettings, secrets: DatabaseSecrets, tools: ConnectorTools): Promise<void> {
  const client = new pg.Client(await postgresqlConfig(settings, secrets, tools))
  client.on('error', () => undefined) // the query hears of it
  try {
    await client.connect()
    await refuseOwnDatabase(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows, settings.host, tools)
  } catch (error) {
    throw explainPostgresql(settings.host)(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** What the source keeps for a capture is called so. */
const markOf = (captureId: string): string => `datong_${captureId.replaceAll('-', '')}`

/** The table of a capture as it was when all rows were taken. */
export const tableOf = ({ id, object, shape }: Pick<CaptureRow, 'id' | 'object' | 'shape'>): CapturedTable => ({ mark: markOf(id), object, ...shape })
