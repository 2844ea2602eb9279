import type { Actor } from '@datong/contracts'
import { uuidv7 } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import type { SharingContext } from './context.ts'
import { recordGrant } from './record-step.ts'
import type { ApplicationRow, GrantRow } from './sharing-store.ts'

/** What an approval may narrow; what it leaves out stays as asked. */
export interface GrantTerms {
  readonly fields: readonly string[]
  /** Masks stricter than the entry's own, by field. */
  readonly masking: Readonly<Record<string, string>>
  readonly quota: { readonly perSecond: number; readonly perDay: number }
  readonly until: string
}

/** Quota of a grant when the decision sets none. */
export const DEFAULT_QUOTA = { perSecond: 50, perDay: 100_000 } as const

/** Makes the grant of an approved application, with an app for its key when the applicant named none. */
export async function makeGrant(trx: Trx, context: SharingContext, application: ApplicationRow, terms: GrantTerms, actor: Actor): Promise<GrantRow> {
  const now = context.clock.now()
  const appId = application.app_id ?? (await context.apps.create(trx, {
    name: `${application.entry_title} ${application.number}`, organisation: application.consumer_organisation, ownerId: application.applicant_id, actor,
  })).id
  const id = uuidv7(context.clock, context.random)
  await context.store.insertGrant(trx, {
    id,
    number: await context.store.nextNumber(trx, 'grant', now.getUTCFullYear()),
    application_id: application.id,
    entry_code: application.entry_code,
    entry_title: application.entry_title,
    provider_organisation: application.provider_organisation,
    consumer_organisation: application.consumer_organisation,
    applicant_id: application.applicant_id,
    app_id: appId,
    purpose: application.purpose,
    fields: [...terms.fields],
    masking: JSON.stringify(terms.masking),
    filter: JSON.stringify(application.filter),
    quota_per_second: terms.quota.perSecond,
    quota_per_day: terms.quota.perDay,
    until: terms.until,
    state: 'active',
    created_at: now,
  })
  const grant = (await context.store.findGrant(id, trx))! // inserted just now
  await recordGrant(trx, context, grant, actor, 'made')
  await context.events.publish(trx, 'sharing.grant-made', { grantId: id, entryCode: application.entry_code })
  return grant
}
