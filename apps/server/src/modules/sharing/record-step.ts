import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { SharingContext } from './context.ts'
import type { ApplicationRow, GrantRow } from './sharing-store.ts'
import { quotaOf } from './granting/quota.ts'

type Row = Pick<ApplicationRow, 'provider_organisation' | 'co_owners' | 'consumer_organisation'>

/** Codes of all departments that an application or grant concerns. */
const partiesOf = (row: Row): string[] =>
  [...new Set([row.provider_organisation, ...row.co_owners, row.consumer_organisation])].filter((code) => code !== null)

/** The two sides, as domain events name them. */
export const sidesOf = (row: Row) => ({ providers: [row.provider_organisation, ...row.co_owners], consumer: row.consumer_organisation })

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
      number: application.number, entryCode: application.entry_code, state: application.state, fields: application.fields, delivery: application.delivery,
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
      number: grant.number, applicationId: grant.application_id, entryCode: grant.entry_code, gives: grant.gives, fields: grant.fields, masking: grant.masking,
      filter: grant.filter, versionRule: grant.version_rule, quota: quotaOf(grant), until: grant.until, state: grant.state,
      ...(grant.replaced_by === null ? {} : { replacedBy: grant.replaced_by }), ...(reason === '' ? {} : { reason }),
    },
  })
}

/** Tells the house that a grant is not what it was. */
export async function publishGrantChange(trx: Trx, context: SharingContext, grant: GrantRow): Promise<void> {
  const about = { grantId: grant.id, applicationId: grant.application_id, entryCode: grant.entry_code, ...sidesOf(grant) }
  await context.events.publish(trx, 'sharing.grant-changed', { ...about, state: grant.state, at: context.clock.now().toISOString() })
  if (grant.state === 'expired') await context.events.publish(trx, 'sharing.grant-expired', { ...about, until: grant.until })
}
