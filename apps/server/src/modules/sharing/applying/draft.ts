import type { VersionRule } from '@datong/contracts'
import type { Insertable } from 'kysely'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { ClockRecord } from '../clocks/clock.ts'
import { departmentsFor } from '../opinions/departments.ts'
import type { ApplicationRow } from '../sharing-store.ts'
import type { ApplicationTable } from '../tables.ts'
import type { ApplyBody } from './check-application.ts'

type AnswerKind = ApplicationTable['clock_kind']

/** Which time to answer holds: that of what is free for this kind of applicant, or that of what has conditions. */
export const answerKind = (entry: EntryRecord, caller: Caller): AnswerKind =>
  (holds(caller, 'consumer') ? entry.sharingType === 'unconditional' : entry.openingType === 'open') ? 'answer-unconditional' : 'answer-conditional'

/** Every new version is delivered unless one is asked for. */
const versionRuleOf = ({ versionRule }: Pick<ApplyBody, 'versionRule'>): VersionRule => versionRule ?? { kind: 'current' }

interface Drafted {
  readonly id: string
  readonly number: string
  readonly entry: EntryRecord
  readonly purposeCode: string | null
  readonly clock: ClockRecord & { readonly kind: AnswerKind }
  readonly now: Date
}

/** An application as it is filed, before anybody looked at it. */
export function draftApplication(body: ApplyBody, caller: Caller, { id, number, entry, purposeCode, clock, now }: Drafted): Insertable<ApplicationTable> {
  const linkId = body.renews ?? body.changes ?? null
  return {
    id,
    number,
    entry_code: entry.code,
    entry_title: entry.title,
    provider_organisation: entry.organisation,
    co_owners: departmentsFor(entry, body.fields, caller.organisation).map(({ organisation }) => organisation).filter((code) => code !== entry.organisation),
    consumer_organisation: caller.organisation,
    applicant_id: caller.actor.id,
    applicant_name: caller.actor.name,
    fields: body.fields,
    filter: JSON.stringify(body.filter ?? []),
    masking: JSON.stringify(body.masking ?? {}),
    version_rule: JSON.stringify(versionRuleOf(body)),
    purpose: body.purpose,
    purpose_code: purposeCode,
    use_text: body.use,
    legal_basis: body.legalBasis ?? '',
    delivery: body.delivery,
    until: body.until,
    quota: body.quota === undefined ? null : JSON.stringify(body.quota),
    app_id: body.appId ?? null,
    link_kind: linkId === null ? null : body.renews === undefined ? 'change' : 'renewal',
    link_grant_id: linkId,
    commitment: body.commitment === true ? 'explicit' : 'by-applying',
    state: 'submitted',
    clock_kind: clock.kind,
    due_at: clock.dueAt,
    submitted_at: now,
    missing_notified: false,
    revision: 0,
  }
}

/** The same as a row that is not stored, for the rules to look at. */
export function unstoredApplication(body: ApplyBody, caller: Caller, drafted: Drafted): ApplicationRow {
  const row = draftApplication(body, caller, drafted)
  return {
    ...row, co_owners: row.co_owners ?? [], filter: body.filter ?? [], masking: body.masking ?? {}, version_rule: versionRuleOf(body), quota: body.quota ?? null, app_id: row.app_id ?? null, link_kind: row.link_kind ?? null,
    link_grant_id: row.link_grant_id ?? null, consumer_organisation: caller.organisation, due_at: drafted.clock.dueAt, submitted_at: drafted.now, decided_at: null,
    decided_by: null, decision_reason: '', decision_legal_basis: '', rule: null, material: [], escalated_at: null, delivery_escalated_at: null, urged_at: null, mediation: null,
    evaluation_score: null, grant_id: null, purpose_code: row.purpose_code ?? null,
  }
}
