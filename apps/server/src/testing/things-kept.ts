import { sql } from 'kysely'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestServer } from './a-server.ts'

const TABLES = [
  'identity.account', 'identity.app', 'identity.app_key', 'catalog.entry', 'catalog.entry_event', 'collection.load', 'collection.version', 'collection.current_version',
  'protection.policy', 'sharing.application', 'sharing.application_event', 'sharing.grant', 'sharing.clock', 'sharing.opinion', 'sharing.evaluation', 'sharing.setting', 'sharing.rule',
  'sharing.rule_version', 'sharing.duty_list', 'sharing.purpose_need', 'delivery.derived', 'delivery.link', 'delivery.push_target', 'delivery.webhook',
] as const

/**
 * What the server keeps, counted: a request that is refused must leave all of it as it was. What came before is in the log
 * then; usage is left out, for it follows the log by itself.
 */
export async function thingsKept({ store, home, evidence: log }: Pick<TestServer, 'store' | 'home' | 'evidence'>): Promise<Record<string, unknown>> {
  await log.sequenceNow()
  const counts = await Promise.all(TABLES.map(async (table) => [table, (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(store.db)).rows[0]?.n]))
  const evidence = await sql<{ n: number }>`select count(*)::int as n from evidence.record`.execute(store.db)
  const revisions = await sql<{ n: number }>`select coalesce(sum(revision), 0)::int as n from catalog.entry`.execute(store.db)
  return {
    ...Object.fromEntries(counts), evidence: evidence.rows[0]?.n, revisions: revisions.rows[0]?.n,
    incoming: (await readdir(join(home, 'incoming'))).sort(), scratch: await readdir(join(home, 'scratch')), staging: await readdir(join(home, 'lake', '.staging')),
  }
}
