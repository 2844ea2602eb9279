import type { ReportedCell } from '@datong/contracts'
import { createHmac } from 'node:crypto'
import type { Sealer } from '../../../platform/seal.ts'
import type { TicketRow } from '../ticket-store.ts'

const purposeOf = (id: string): string => `ticket ${id}`

/** What somebody wrote of a cell may be what the data hold of a person: it lies sealed. */
export const sealCell = (sealer: Sealer, id: string, cell: ReportedCell): Buffer => sealer.seal(JSON.stringify(cell), purposeOf(id))

export const openCell = (sealer: Sealer, { id, cell }: Pick<TicketRow, 'id' | 'cell'>): ReportedCell | null =>
  cell === null ? null : JSON.parse(sealer.open(cell, purposeOf(id))) as ReportedCell // as it was sealed

/** The same for two reports of the same error; tells nothing without the key. Null when a report names no cell. */
export function fingerprintOf(sealer: Sealer, entryCode: string, field: string | undefined, { row, seen }: ReportedCell): Buffer | null {
  if (row === null) return null
  return createHmac('sha256', sealer.derive('same report of an error')).update(JSON.stringify([entryCode, field ?? null, row.field, row.value, seen])).digest()
}
