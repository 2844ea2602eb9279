import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { Selectable } from 'kysely'
import type { ClockTable, SharingTables } from '../tables.ts'
import type { ClockKind, ClockRecord } from './clock.ts'

/** The clocks of one application, by kind. */
export type Clocks = ReadonlyMap<ClockKind, ClockRecord>

export const recordOf = (row: Selectable<ClockTable>): ClockRecord => ({
  kind: row.kind, workingDays: row.working_days, extendedBy: row.extended_by, startedAt: row.started_at, pausedAt: row.paused_at, dueAt: row.due_at,
  countsFrom: row.counts_from, countsDays: row.counts_days,
  stoppedAt: row.stopped_at, source: row.source,
})

export function createClockStore(db: Db) {
  return {
    /** Starts a clock, or keeps what became of it. */
    async put(trx: Trx, applicationId: string, clock: ClockRecord): Promise<void> {
      const values = {
        working_days: clock.workingDays, extended_by: clock.extendedBy, started_at: clock.startedAt, paused_at: clock.pausedAt, due_at: clock.dueAt,
        counts_from: clock.countsFrom, counts_days: clock.countsDays,
        stopped_at: clock.stoppedAt, source: clock.source,
      }
      await withTables<SharingTables>(trx).insertInto('sharing.clock').values({ application_id: applicationId, kind: clock.kind, ...values })
        .onConflict((conflict) => conflict.columns(['application_id', 'kind']).doUpdateSet(values)).execute()
    },

    async ofMany(applicationIds: readonly string[], trx?: Trx): Promise<Map<string, Map<ClockKind, ClockRecord>>> {
      const clocks = new Map<string, Map<ClockKind, ClockRecord>>(applicationIds.map((id) => [id, new Map()]))
      if (applicationIds.length === 0) return clocks
      const rows = await withTables<SharingTables>(trx ?? db).selectFrom('sharing.clock').selectAll()
        .where('application_id', 'in', [...applicationIds]).orderBy('started_at').orderBy('due_at').execute()
      for (const row of rows) clocks.get(row.application_id)?.set(row.kind, recordOf(row))
      return clocks
    },
  }
}
