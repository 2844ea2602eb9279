import type { HarvestSource } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type SelectQueryBuilder, sql, type Updateable } from 'kysely'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { Counts, HarvestTables, ProblemRow, RunRow, SourceRow } from './tables.ts'

interface PageQuery {
  readonly limit?: number
  readonly cursor?: string
}

interface Page<T> {
  readonly items: T[]
  readonly nextCursor: string | null
}

/** A source with what its list shows. */
export interface SourceWithUse {
  readonly source: SourceRow
  readonly entries: HarvestSource['entries']
  readonly lastRun: RunRow | undefined
}

/** SQL of sources, runs, records and problems. */
export function createHarvestStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<HarvestTables>(db)
  const within = (trx: Trx | null) => (trx === null ? tables : withTables<HarvestTables>(trx))

  const pageOf = <T>(rows: T[], limit: number, fingerprint: unknown, keyOf: (row: T) => (string | number)[]): Page<T> => {
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return { items: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, keyOf(last)) }
  }

  async function withUse(sources: readonly SourceRow[]): Promise<SourceWithUse[]> {
    const ids = sources.map(({ id }) => id)
    if (ids.length === 0) return []
    const [entries, runs] = await Promise.all([
      tables.selectFrom('harvest.record').select(['source_id', sql<number>`count(*)::int`.as('count')]).where('source_id', 'in', ids).groupBy('source_id').execute(),
      tables.selectFrom('harvest.run').selectAll().distinctOn('source_id').where('source_id', 'in', ids).orderBy('source_id').orderBy('queued_at', 'desc').orderBy('id', 'desc').execute(),
    ])
    return sources.map((source) => ({
      source, entries: entries.find((row) => row.source_id === source.id)?.count ?? 0, lastRun: runs.find((run) => run.source_id === source.id),
    }))
  }

  const known = (query: SelectQueryBuilder<HarvestTables, 'harvest.source', object>) => query.selectAll().where('state', '<>', 'removed')

  return {
    insertSource: (trx: Trx, row: Insertable<HarvestTables['harvest.source']>): Promise<SourceRow> =>
      within(trx).insertInto('harvest.source').values(row).returningAll().executeTakeFirstOrThrow(),

    findSource: (id: string): Promise<SourceRow | undefined> => known(tables.selectFrom('harvest.source')).where('id', '=', id).executeTakeFirst(),

    lockSource: (trx: Trx, id: string): Promise<SourceRow | undefined> =>
      known(within(trx).selectFrom('harvest.source')).where('id', '=', id).forUpdate().executeTakeFirst(),

    updateSource: (trx: Trx, id: string, change: Updateable<HarvestTables['harvest.source']>): Promise<SourceRow> =>
      within(trx).updateTable('harvest.source').set({ ...change, revision: sql`revision + 1` }).where('id', '=', id).returningAll().executeTakeFirstOrThrow(),

    async sourcesOf(organisation: string): Promise<string[]> {
      const rows = await known(tables.selectFrom('harvest.source')).where('organisation', '=', organisation).orderBy('id').execute()
      return rows.map(({ id }) => id)
    },

    async hasUrl(trx: Trx, url: string): Promise<boolean> {
      return (await known(within(trx).selectFrom('harvest.source')).where('url', '=', url).executeTakeFirst()) !== undefined
    },

    async listSources({ limit = 20, cursor }: PageQuery): Promise<Page<SourceWithUse>> {
      let query = known(tables.selectFrom('harvest.source'))
      if (cursor !== undefined) {
        const [name, id] = cursors.decode('harvest-sources', cursor)
        query = query.where(sql<boolean>`(name, id) > (${name}, ${id}::uuid)`)
      }
      const page = pageOf(await query.orderBy('name').orderBy('id').limit(limit + 1).execute(), limit, 'harvest-sources', ({ name, id }) => [name, id])
      return { ...page, items: await withUse(page.items) }
    },

    async useOf(source: SourceRow): Promise<SourceWithUse> {
      return (await withUse([source]))[0]! // one in, one out
    },

    /** Active sources whose time has come, locked so that one process asks for their runs. */
    dueSources: (trx: Trx, now: Date): Promise<SourceRow[]> =>
      within(trx).selectFrom('harvest.source').selectAll().where('state', '=', 'active').where('next_run_at', '<=', now)
        .orderBy('next_run_at').limit(100).forUpdate().skipLocked().execute(),

    insertRun: (trx: Trx, row: Insertable<HarvestTables['harvest.run']>): Promise<RunRow> =>
      within(trx).insertInto('harvest.run').values(row).returningAll().executeTakeFirstOrThrow(),

    findRun: (id: string): Promise<RunRow | undefined> => tables.selectFrom('harvest.run').selectAll().where('id', '=', id).executeTakeFirst(),

    lockRun: (trx: Trx, id: string): Promise<RunRow | undefined> =>
      within(trx).selectFrom('harvest.run').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),

    updateRun: (trx: Trx | null, id: string, change: Updateable<HarvestTables['harvest.run']>): Promise<RunRow> =>
      within(trx).updateTable('harvest.run').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow(),

    latestRun: (trx: Trx, sourceId: string): Promise<RunRow | undefined> =>
      within(trx).selectFrom('harvest.run').selectAll().where('source_id', '=', sourceId).orderBy('queued_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst(),

    async listRuns(sourceId: string, { limit = 20, cursor }: PageQuery): Promise<Page<RunRow>> {
      const fingerprint = ['harvest-runs', sourceId]
      let query = tables.selectFrom('harvest.run').selectAll().where('source_id', '=', sourceId)
      if (cursor !== undefined) {
        const [at, id] = cursors.decode(fingerprint, cursor)
        query = query.where(sql<boolean>`(queued_at, id) < (${at}::timestamptz, ${id}::uuid)`)
      }
      const rows = await query.orderBy('queued_at', 'desc').orderBy('id', 'desc').limit(limit + 1).execute()
      return pageOf(rows, limit, fingerprint, ({ queued_at, id }) => [queued_at.toISOString(), id])
    },

    async count(trx: Trx, runId: string, more: Counts): Promise<void> {
      const sums = Object.fromEntries(Object.entries(more).map(([name, count]) => [name, sql`${sql.ref(name)} + ${count}`]))
      await within(trx).updateTable('harvest.run').set(sums).where('id', '=', runId).execute()
    },

    async fingerprints(trx: Trx, sourceId: string, identifiers: readonly string[]): Promise<Map<string, string>> {
      if (identifiers.length === 0) return new Map()
      const rows = await within(trx).selectFrom('harvest.record').select(['identifier', 'fingerprint']).where('source_id', '=', sourceId).where('identifier', 'in', [...identifiers]).execute()
      return new Map(rows.map(({ identifier, fingerprint }) => [identifier, fingerprint]))
    },

    async markSeen(trx: Trx, sourceId: string, runId: string, identifiers: readonly string[]): Promise<void> {
      if (identifiers.length === 0) return
      await within(trx).updateTable('harvest.record').set({ seen_in: runId }).where('source_id', '=', sourceId).where('identifier', 'in', [...identifiers]).execute()
    },

    async putRecord(trx: Trx, row: Insertable<HarvestTables['harvest.record']>): Promise<void> {
      await within(trx).insertInto('harvest.record').values(row)
        .onConflict((conflict) => conflict.columns(['source_id', 'identifier']).doUpdateSet({ entry_code: row.entry_code, fingerprint: row.fingerprint, seen_in: row.seen_in }))
        .execute()
    },

    /** Records that a full run did not see, in the order of their identifiers. */
    unseen: (trx: Trx | null, sourceId: string, runId: string, limit: number) =>
      within(trx).selectFrom('harvest.record').select(['identifier', 'entry_code']).where('source_id', '=', sourceId).where('seen_in', '<>', runId).orderBy('identifier').limit(limit).execute(),

    async countRecords(trx: Trx, sourceId: string, runId: string): Promise<{ all: number; unseen: number }> {
      return within(trx).selectFrom('harvest.record').where('source_id', '=', sourceId)
        .select([sql<number>`count(*)::int`.as('all'), sql<number>`(count(*) filter (where seen_in <> ${runId}))::int`.as('unseen')]).executeTakeFirstOrThrow()
    },

    async forget(trx: Trx, sourceId: string, identifiers: readonly string[]): Promise<void> {
      if (identifiers.length === 0) return
      await within(trx).deleteFrom('harvest.record').where('source_id', '=', sourceId).where('identifier', 'in', [...identifiers]).execute()
    },

    async addProblems(trx: Trx, runId: string, problems: readonly ProblemRow[]): Promise<void> {
      if (problems.length === 0) return
      await within(trx).insertInto('harvest.problem').values(problems.map((problem) => ({ ...problem, run_id: runId }))).execute()
    },

    async listProblems(runId: string, { limit = 20, cursor }: PageQuery): Promise<Page<ProblemRow>> {
      const fingerprint = ['harvest-problems', runId]
      let query = tables.selectFrom('harvest.problem').selectAll().where('run_id', '=', runId)
      if (cursor !== undefined) query = query.where('id', '>', Number(cursors.decode(fingerprint, cursor)[0]))
      const page = pageOf(await query.orderBy('id').limit(limit + 1).execute(), limit, fingerprint, ({ id }) => [id])
      return { ...page, items: page.items.map(({ identifier, title, code, detail }) => ({ identifier, title, code, detail })) }
    },
  }
}

export type HarvestStore = ReturnType<typeof createHarvestStore>
