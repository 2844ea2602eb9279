import { type Actor, isLesserForm } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import { mayBeGrantedTo } from '../../catalog/index.ts'
import { mayReplace } from '../applying/coarser-masks.ts'
import type { SharingContext } from '../context.ts'
import type { Matter } from '../matter.ts'
import { recordGrant, sidesOf } from '../record-step.ts'
import type { GrantRow } from '../sharing-store.ts'
import type { Quota } from '../tables.ts'
import { replaceGrant } from './end-grant.ts'

/** What an approval may narrow; what it leaves out stays as asked. */
export interface GrantTerms {
  readonly fields: readonly string[]
  /** Masks stricter than the entry's own, by field. */
  readonly masking: Readonly<Record<string, string>>
  readonly quota: Quota
  readonly until: string
}

/** Quota of a grant when neither the application nor the decision sets one, and the most that a rule gives. */
export const DEFAULT_QUOTA: Quota = { perSecond: 50, perDay: 100_000 }

/** Whether the entry is shared, or opened, with this kind of applicant at all. */
export const isShareable = ({ application, entry }: Pick<Matter, 'application' | 'entry'>): boolean =>
  entry !== undefined && mayBeGrantedTo(application.consumer_organisation, entry)

/** Whether the negative list keeps any of the fields from being shared. */
export async function isForbidden(context: Pick<SharingContext, 'forbidden'>, entryCode: string, fields: readonly string[]): Promise<boolean> {
  const forbidden = await context.forbidden(entryCode)
  return forbidden.whole || fields.some((field) => forbidden.fields.includes(field))
}

/** The coarser forms that were asked for, where the entry still delivers the value, or a form that tells more: a mask of its own is never replaced by a finer one. */
function askedMasking({ application, entry }: Pick<Matter, 'application' | 'entry'>, fields: readonly string[]): Record<string, string> {
  const delivered = new Map(entry?.fields.map((field) => [field.name, field.masking]))
  return Object.fromEntries(Object.entries(application.masking).filter(([name, method]) => fields.includes(name) && delivered.has(name) && mayReplace(delivered.get(name) ?? null, method)))
}

/**
 * Makes the grant of a consented application, with an app for its key when the applicant named none. The grant that the
 * application renews or changes is replaced.
 * @throws AppError `sharing/not-shared` for what may not be shared, whoever decided; `sharing/wrong-state` when the grant to
 *   be renewed was suspended or revoked meanwhile
 */
export async function makeGrant(trx: Trx, context: SharingContext, matter: Matter, terms: GrantTerms, actor: Actor): Promise<GrantRow> {
  const { application, entry } = matter
  if (!isShareable(matter) || await isForbidden(context, application.entry_code, terms.fields)) throw new AppError('sharing/not-shared', { code: application.entry_code, legalBasis: entry?.legalBasis ?? '' })
  const now = context.clock.now()
  const appId = application.app_id ?? matter.linked?.app_id ?? (await context.apps.create(trx, {
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
    co_owners: application.co_owners,
    consumer_organisation: application.consumer_organisation,
    applicant_id: application.applicant_id,
    app_id: appId,
    purpose: application.purpose,
    fields: [...terms.fields],
    masking: JSON.stringify({ ...askedMasking(matter, terms.fields), ...terms.masking }),
    filter: JSON.stringify(application.filter),
    version_rule: JSON.stringify(application.version_rule),
    gives: isLesserForm(application.delivery) ? application.delivery : 'rows',
    quota_per_second: terms.quota.perSecond,
    quota_per_day: terms.quota.perDay,
    quota_total: terms.quota.total ?? null,
    until: terms.until,
    state: 'active',
    created_at: now,
  })
  const grant = (await context.store.findGrant(id, trx))! // inserted just now
  await recordGrant(trx, context, grant, actor, 'made')
  await context.events.publish(trx, 'sharing.grant-made', { grantId: id, applicationId: application.id, entryCode: application.entry_code, ...sidesOf(application) })
  if (application.link_grant_id !== null) await replaceGrant(trx, context, application.link_grant_id, grant, actor)
  return grant
}
