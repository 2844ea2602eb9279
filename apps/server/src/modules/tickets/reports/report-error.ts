import type { BodyOf, operations, ReportedCell } from '@datong/contracts'
import { AppError, type Issue, uuidv7 } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { TicketsContext } from '../context.ts'
import { clockAbout, recordStep } from '../record-step.ts'
import type { TicketRow } from '../ticket-store.ts'
import { fingerprintOf, sealCell } from './cell.ts'
import { filerOf, MOST_OF_ENTRY } from './filer.ts'
import { checkable, stands } from './recheck.ts'

type Body = BodyOf<typeof operations.reportError>

const DAY_MS = 86_400_000
const TITLE_CHARACTERS = 60

/**
 * Reports an error in data that the caller sees. The same error reported again joins the ticket that is there; it counts
 * for the limits all the same.
 * @param address of the connection: who has no account is counted by it
 * @throws AppError `request/not-found`, `request/invalid` for a field that the entry does not have, `tickets/wrong-state` without
 * published data, `tickets/too-many-reports`
 */
export async function reportError(context: TicketsContext, code: string, body: Body, caller: Caller, address: string): Promise<TicketRow> {
  const entry = await context.catalog.requireVisible(code, caller)
  const version = await context.collection.lake.current(code)
  if (entry.state !== 'published' || version === undefined) throw new AppError('tickets/wrong-state', { action: 'report', state: entry.state })
  const issues = unknownFields(entry, body)
  if (issues.length > 0) throw new AppError('request/invalid', {}, issues)

  const cell: ReportedCell = { row: body.row ?? null, seen: body.seen ?? null, proposed: body.proposed ?? null }
  const hasCell = cell.row !== null || cell.seen !== null || cell.proposed !== null
  const lookedFor = checkable(entry, body.field, cell)
  const recheck = lookedFor !== undefined && (await stands(context, version, lookedFor)) === true ? 'by-value' : 'by-reporter'
  const fingerprint = fingerprintOf(context.sealer, code, body.field, cell)
  const { clock, filings, tickets } = context
  const now = clock.now()
  const filer = filerOf(caller, address, now, context.sealer)
  const dayAgo = new Date(now.getTime() - DAY_MS)

  return inTransaction(context.db, async (trx) => {
    if ((await filings.lockFiler(trx, filer.key, dayAgo)) >= filer.most) throw new AppError('tickets/too-many-reports', { most: filer.most })
    if (filer.public && (await filings.publicSince(trx, code, dayAgo)) >= MOST_OF_ENTRY) throw new AppError('tickets/too-many-reports', { most: MOST_OF_ENTRY })
    const filing = { entryCode: code, filer: filer.key, accountId: filer.accountId, public: filer.public, at: now }
    const same = fingerprint === null ? undefined : await filings.lockSame(trx, fingerprint)
    if (same !== undefined) {
      await filings.insert(trx, { ...filing, ticketId: same.id })
      await recordStep(trx, context, same, 'joined', caller.actor)
      return same
    }
    const id = uuidv7(clock, context.random)
    const duty = await context.duties.of(entry.organisation, trx)
    const description = body.description.trim()
    const row = await tickets.insert(trx, {
      id, number: await tickets.nextNumber(trx, now.getUTCFullYear()), kind: 'report', entry_code: code, entry_title: entry.title, organisation: entry.organisation,
      title: titleOf(description), title_typed: true, field: body.field ?? null, state: 'open',
      rule_id: null, rule: null, severity: null, checked: null, failed: null, tolerance_share: null, first_version: null, last_version: null, checked_at: null, silenced: false, pause: null, turned_at: null, mended_version: null,
      filed_by: filer.accountId, from_organisation: caller.organisation, description, cell: hasCell ? sealCell(context.sealer, id, cell) : null, fingerprint, recheck, reported_version: version.number,
      handler_id: duty?.account_id ?? null, handler_name: duty?.name ?? null, answer: '', reopened: 0, closed_version: null, opened_at: now, changed_at: now, closed_at: null,
    })
    await filings.insert(trx, { ...filing, ticketId: id })
    await context.catalog.clocks.begin(trx, 'correction', clockAbout(row))
    await recordStep(trx, context, row, 'filed', caller.actor)
    return row
  })
}

function unknownFields({ fields }: EntryRecord, { field, row }: Body): Issue[] {
  const known = new Set(fields.map(({ name }) => name))
  return [['/field', field] as const, ['/row/field', row?.field] as const].flatMap(([pointer, name]) =>
    name === undefined || known.has(name) ? [] : [{ pointer, code: 'unknown', message: '数据没有这个信息项' }])
}

/** The first line, as long as a title is. */
function titleOf(description: string): string {
  const line = [...(description.split('\n', 1)[0] ?? '').trim()]
  return line.length > TITLE_CHARACTERS ? `${line.slice(0, TITLE_CHARACTERS).join('')}…` : line.join('')
}
