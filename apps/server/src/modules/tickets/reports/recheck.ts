import { masksNothing } from '@datong/anonymisation'
import type { ReportedCell } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import type { EntryRecord } from '../../catalog/index.ts'
import type { LakeVersion } from '../../collection/index.ts'
import { filterOf } from '../cell-filter.ts'
import type { TicketsContext } from '../context.ts'
import { clockAbout, PLATFORM, recordStep } from '../record-step.ts'
import { isGoing, type TicketRow } from '../ticket-store.ts'
import { openCell } from './cell.ts'

/** A cell of which a version can be asked whether it still stands so. */
export interface CheckableCell {
  readonly field: string
  readonly row: { readonly field: string; readonly value: string }
  readonly seen: string
}

/**
 * The cell of a report, when it can be looked for: row and value are named, and both fields are delivered as they are. What
 * is masked is not looked for: nobody outside shall find out by reports what stands behind a mask.
 */
export function checkable(entry: Pick<EntryRecord, 'fields'>, field: string | null | undefined, { row, seen }: ReportedCell): CheckableCell | undefined {
  if (field === null || field === undefined || row === null || seen === null) return undefined
  const plain = (name: string): boolean => entry.fields.some((one) => one.name === name && masksNothing(one.masking))
  return plain(field) && plain(row.field) ? { field, row, seen } : undefined
}

/** Whether a version has a row as the report says; undefined when its fields cannot hold such values. */
export async function stands({ engine }: Pick<TicketsContext, 'engine'>, version: LakeVersion, cell: CheckableCell): Promise<boolean | undefined> {
  const filters = [filterOf(version.fields, cell.row.field, cell.row.value), filterOf(version.fields, cell.field, cell.seen)]
  const known = filters.filter((one) => one !== undefined)
  if (known.length < filters.length) return undefined
  return (await engine.count({ files: version.files, schema: version.fields }, known)) > 0
}

/** Another version is delivered now: reports of cells that no longer stand so are closed, those said to be mended that do are opened again. */
export async function recheckReports(context: TicketsContext, entryCode: string, number: number): Promise<void> {
  const waiting = (await context.tickets.goingOf(entryCode)).filter((row) => row.kind === 'report' && row.recheck === 'by-value' && row.reported_version !== number)
  if (waiting.length === 0) return
  const [entry, version] = await Promise.all([context.catalog.find(entryCode), context.collection.lake.version(entryCode, number)])
  if (entry === undefined || version === undefined) return
  for (const row of waiting) {
    const said = openCell(context.sealer, row)
    const cell = said === null ? undefined : checkable(entry, row.field, said)
    const found = cell === undefined ? undefined : await stands(context, version, cell)
    if (found !== undefined) await settle(context, row, number, found)
  }
}

async function settle(context: TicketsContext, { id }: TicketRow, number: number, found: boolean): Promise<void> {
  const { tickets, catalog, clock } = context
  await inTransaction(context.db, async (trx) => {
    const before = await tickets.lock(trx, id)
    if (before === undefined || !isGoing(before)) return
    const now = clock.now()
    if (!found) {
      const row = await tickets.update(trx, id, { state: 'closed', closed_version: number, changed_at: now, closed_at: now })
      await catalog.clocks.stop(trx, 'correction', clockAbout(row).subject)
      return recordStep(trx, context, row, 'passed', PLATFORM)
    }
    if (before.state !== 'mended' || number <= (before.mended_version ?? 0)) return
    const row = await tickets.update(trx, id, { state: 'open', reopened: before.reopened + 1, mended_version: null, changed_at: now })
    await catalog.clocks.begin(trx, 'correction', clockAbout(row))
    await recordStep(trx, context, row, 'failed', PLATFORM)
  })
}
