import { type Trx, withTables } from '@datong/metadata-store'
import type { Updateable } from 'kysely'
import type { SharingContext } from '../context.ts'
import type { OpinionRow } from '../opinions/opinion-store.ts'
import type { OpinionTable, SharingTables } from '../tables.ts'
import type { Merger } from './parties.ts'

/**
 * The predecessor's opinion on an application becomes the successor's; where that has one of its own the two become one. The
 * caller records it.
 */
export async function passOpinion(trx: Trx, { store }: SharingContext, applicationId: string, { predecessor, successor }: Merger): Promise<void> {
  const opinions = (await store.opinions.ofMany([applicationId], trx)).get(applicationId) ?? []
  const passing = opinions.find(({ organisation }) => organisation === predecessor)
  if (passing === undefined) return
  const own = opinions.find(({ organisation }) => organisation === successor)
  const rows = withTables<SharingTables>(trx)
  const of = (organisation: string) => rows.updateTable('sharing.opinion').where('application_id', '=', applicationId).where('organisation', '=', organisation)
  if (own === undefined) return void (await of(predecessor).set({ organisation: successor }).execute())
  await rows.deleteFrom('sharing.opinion').where('application_id', '=', applicationId).where('organisation', '=', predecessor).execute()
  await of(successor).set(joined(own, passing)).execute()
}

/** Two opinions as one department's: asked while either is, for who has not spoken has not consented; else what each consented to. */
function joined(own: OpinionRow, passing: OpinionRow): Updateable<OpinionTable> {
  const fields = [...new Set([...own.fields, ...passing.fields])]
  if (own.state === 'asked' || passing.state === 'asked') {
    return { fields, state: 'asked', consented: [], masking: '{}', quota: null, until: null, reason: '', legal_basis: '', decided_at: null, decided_by: null }
  }
  const consented = [...new Set([...own.consented, ...passing.consented])]
  const quotas = [own.quota, passing.quota].filter((quota) => quota !== null)
  const smallest = quotas.length === 2 ? (quotas[0]!.perDay <= quotas[1]!.perDay ? quotas[0]! : quotas[1]!) : (quotas[0] ?? null) // two of two
  const untils = [own.until, passing.until].filter((until) => until !== null).sort()
  return {
    fields, consented, state: consented.length > 0 ? 'consented' : 'refused', masking: JSON.stringify({ ...own.masking, ...passing.masking }),
    quota: smallest === null ? null : JSON.stringify(smallest), until: untils[0] ?? null,
    reason: [own.reason, passing.reason].filter(Boolean).join('；'), legal_basis: [own.legal_basis, passing.legal_basis].filter(Boolean).join('；'),
  }
}
