import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { SharingContext } from './context.ts'
import type { ApplicationRow, GrantRow } from './sharing-store.ts'

const partiesOf = (row: { provider_organisation: string; consumer_organisation: string | null }): string[] =>
  [row.provider_organisation, row.consumer_organisation].filter((code) => code !== null)

/** Writes the evidence of one step of an application and its line in the history, in the step's own transaction. */
export async function recordStep(
  trx: Trx,
  context: SharingContext,
  step: { application: ApplicationRow; actor: Actor; action: string; reason?: string | undefined; detail?: Record<string, unknown> },
): Promise<void> {
  const { application, actor, action, reason = '', detail = {} } = step
  const receiptId = await context.evidence.record(trx, {
    chain: 'decision',
    action: `sharing.application.${action}`,
    actor,
    parties: partiesOf(application),
    subject: { type: 'application', id: application.id, title: `${application.number} ${application.entry_title}` },
    detail: {
      number: application.number, entryCode: application.entry_code, state: application.state, fields: application.fields,
      purpose: application.purpose, dueAt: application.due_at.toISOString(), ...(reason === '' ? {} : { reason }), ...detail,
    },
  })
  await context.store.addEvent(trx, { applicationId: application.id, at: context.clock.now(), actor, action, reason, receiptId })
}

/** Writes the evidence of a change of a grant. */
export async function recordGrant(trx: Trx, context: SharingContext, grant: GrantRow, actor: Actor, action: string, reason = ''): Promise<void> {
  await context.evidence.record(trx, {
    chain: 'decision',
    action: `sharing.grant.${action}`,
    actor,
    parties: partiesOf(grant),
    subject: { type: 'grant', id: grant.id, title: `${grant.number} ${grant.entry_title}` },
    detail: {
      number: grant.number, applicationId: grant.application_id, entryCode: grant.entry_code, fields: grant.fields, masking: grant.masking,
      filter: grant.filter, quota: { perSecond: grant.quota_per_second, perDay: grant.quota_per_day }, until: grant.until, state: grant.state,
      ...(reason === '' ? {} : { reason }),
    },
  })
}
