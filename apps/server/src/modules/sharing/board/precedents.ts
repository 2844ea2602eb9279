import type { operations, ResponseOf } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { withTables } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { isParty } from '../actions/action.ts'
import type { SharingContext } from '../context.ts'
import type { ApplicationRow } from '../sharing-store.ts'
import type { SharingTables } from '../tables.ts'
import { organisationOf } from '../viewing/parts.ts'
import { likeness } from './likeness.ts'

type Precedents = ResponseOf<typeof operations.applicationPrecedents>

/** So many of the last decisions are compared, and so many shown. */
const COMPARED = 300
const SHOWN = 10

/**
 * Earlier decisions on the same entry, the most alike in purpose first.
 * @throws AppError `request/not-found` for who does not decide this application: the decisions are others' business
 */
export async function precedentsOf(context: SharingContext, application: ApplicationRow, caller: Caller): Promise<Precedents> {
  if (!isParty(caller, application, 'provider') && !isParty(caller, application, 'steward')) throw new AppError('request/not-found')
  const rows = await withTables<SharingTables>(context.db).selectFrom('sharing.application as a').leftJoin('sharing.grant as g', 'g.id', 'a.grant_id')
    .selectAll('a').select('g.fields as granted')
    .where('a.entry_code', '=', application.entry_code).where('a.id', '<>', application.id).where('a.decided_at', 'is not', null).where('a.state', '<>', 'withdrawn')
    .orderBy('a.decided_at', 'desc').limit(COMPARED).execute()
  const compared = rows.map((row) => ({ row, likeness: likeness(application.purpose, row.purpose) }))
  // Sorting keeps the order of equals: the later decision comes first.
  return { items: compared.sort((a, b) => b.likeness - a.likeness).slice(0, SHOWN).map(({ row, likeness: alike }) => ({
    id: row.id, number: row.number, consumer: organisationOf(context, row.consumer_organisation), purpose: row.purpose,
    outcome: row.state !== 'approved' ? 'refused' as const : (row.granted ?? []).length < row.fields.length ? 'approved-in-part' as const : 'approved' as const,
    fieldsAsked: row.fields, fieldsGranted: row.granted ?? [], reason: row.decision_reason, legalBasis: row.decision_legal_basis,
    decidedAt: row.decided_at!.toISOString(), by: row.decided_by ?? 'department', likeness: alike, // decided, by the condition
  })) }
}
