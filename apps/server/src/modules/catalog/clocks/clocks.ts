import type { CatalogClockKind, CatalogLimitKey, ClockSubject } from '@datong/contracts'
import { chinaDay, type Clock, endOfChinaDay, type Random, uuidv7, type WorkingCalendar } from '@datong/kernel'
import { type Trx, withTables } from '@datong/metadata-store'
import type { Selectable } from 'kysely'
import {
  type ClockRecord, extendClock, pauseClock, resumeClock, soonAt, startClock, startClockUntil, stopClock,
} from '../../../platform/working-clock.ts'
import { catalogLimits } from './limits.ts'
import type { ClockTable, ClockTables } from './tables.ts'

export type ClockRow = Selectable<ClockTable>

/** What a clock is about, and whose it is. */
export interface ClockAbout {
  readonly subject: { readonly type: ClockSubject; readonly id: string }
  readonly title: string
  /** The department that it is counted for. */
  readonly organisation: string
}

export const clockOf = (row: ClockRow): ClockRecord<CatalogClockKind> => ({
  kind: row.kind, workingDays: row.working_days, extendedBy: row.extended_by, startedAt: row.started_at, pausedAt: row.paused_at, dueAt: row.due_at,
  countsFrom: row.counts_from, countsDays: row.counts_days, stoppedAt: row.stopped_at, source: row.source,
})

const LIMIT_OF: Readonly<Record<CatalogClockKind, CatalogLimitKey>> = {
  review: 'entry-review', change: 'entry-update', cycle: 'update-grace', 'negative-review': 'negative-review', demand: 'demand-answer',
  ticket: 'ticket', correction: 'correction',
}
/** What an extension is taken from; a clock of another kind has none. */
const EXTENSION_OF: Readonly<Partial<Record<CatalogClockKind, CatalogLimitKey>>> = { change: 'entry-update-extension', ticket: 'correction-extension', correction: 'correction-extension' }
const WAITS_FOR: Readonly<Record<CatalogClockKind, ClockTable['waits_for']>> = {
  review: 'bureau', change: 'department', cycle: 'department', 'negative-review': 'department', demand: 'department', ticket: 'department', correction: 'department',
}

const inMonths = (from: Date, months: number): Date => {
  const [year, month, day] = chinaDay(from).split('-').map(Number) as [number, number, number] // an ISO date has three parts
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return endOfChinaDay(new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10))
}

/**
 * The clocks of the catalogue. Each works in the transaction of the step that moves it, whose evidence about the subject
 * is the clock's too; of one kind a subject has one clock that goes.
 */
export function createClocks({ calendar, clock, random }: { readonly calendar: WorkingCalendar; readonly clock: Clock; readonly random: Random }) {
  const tables = (trx: Trx) => withTables<ClockTables>(trx)

  const columnsOf = (record: ClockRecord) => ({
    working_days: record.workingDays, extended_by: record.extendedBy, started_at: record.startedAt, paused_at: record.pausedAt, due_at: record.dueAt,
    counts_from: record.countsFrom, counts_days: record.countsDays, soon_at: soonAt(record, calendar), stopped_at: record.stoppedAt, source: record.source,
  })

  /** Writes what became of a clock; one that has more time again will be told of anew. */
  async function keep(trx: Trx, row: ClockRow, record: ClockRecord, more: Partial<ClockTable> = {}): Promise<ClockRow> {
    const columns = columnsOf(record)
    const now = clock.now()
    const again = {
      ...(columns.soon_at > now ? { soon_told_at: null } : {}), ...(columns.due_at > now ? { late_told_at: null } : {}),
    }
    return tables(trx).updateTable('catalog.clock').set({ ...columns, ...again, ...more }).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
  }

  async function going(trx: Trx, kind: CatalogClockKind, subject: ClockAbout['subject']): Promise<ClockRow | undefined> {
    return tables(trx).selectFrom('catalog.clock').selectAll().where('subject_type', '=', subject.type).where('subject_id', '=', subject.id)
      .where('kind', '=', kind).where('stopped_at', 'is', null).forUpdate().executeTakeFirst()
  }

  return {
    keep, going,

    /** Begins a clock with the limit as it is set now, or lets the one that stands still go on. */
    async begin(trx: Trx, kind: CatalogClockKind, about: ClockAbout, options: { readonly from?: Date; readonly note?: string } = {}): Promise<ClockRow> {
      const now = clock.now()
      const there = await going(trx, kind, about.subject)
      if (there !== undefined) return keep(trx, there, resumeClock(clockOf(there), now, calendar))
      const from = options.from ?? now
      const limit = await catalogLimits.one(trx, LIMIT_OF[kind])
      const record = kind === 'negative-review'
        ? startClockUntil(kind, inMonths(from, limit.workingDays), limit.source, from, calendar)
        : startClock(kind, limit, from, calendar)
      return tables(trx).insertInto('catalog.clock').values({
        id: uuidv7(clock, random), kind, subject_type: about.subject.type, subject_id: about.subject.id, title: about.title, organisation: about.organisation,
        waits_for: WAITS_FOR[kind], note: options.note ?? '', begun_at: now, ...columnsOf(record), outcome: null, soon_told_at: null, late_told_at: null, urged_at: null,
      }).returningAll().executeTakeFirstOrThrow()
    },

    async pause(trx: Trx, kind: CatalogClockKind, subject: ClockAbout['subject']): Promise<void> {
      const row = await going(trx, kind, subject)
      if (row !== undefined) await keep(trx, row, pauseClock(clockOf(row), clock.now()))
    },

    /** Ends a clock: in time or late by its reading at `at`; `dropped` when there is nothing left to be done. */
    async stop(trx: Trx, kind: CatalogClockKind, subject: ClockAbout['subject'], options: { readonly at?: Date; readonly dropped?: boolean } = {}): Promise<void> {
      const row = await going(trx, kind, subject)
      if (row === undefined) return
      const stopped = stopClock(clockOf(row), options.at ?? clock.now())
      const late = stopped.stoppedAt !== null && stopped.stoppedAt > stopped.dueAt
      await keep(trx, row, stopped, { outcome: options.dropped === true ? 'dropped' : late ? 'missed' : 'kept' })
    },

    /** Once; whether it was before is the caller's to look at. */
    async extend(trx: Trx, row: ClockRow): Promise<ClockRow> {
      const limit = EXTENSION_OF[row.kind]
      if (limit === undefined) throw new Error(`a clock of kind ${row.kind} is not extended`)
      const { workingDays } = await catalogLimits.one(trx, limit)
      return keep(trx, row, extendClock(clockOf(row), workingDays, calendar))
    },
  }
}

export type Clocks = ReturnType<typeof createClocks>
