import { APPLICATION_ACTIONS, type Application } from '@datong/contracts'
import { type Caller, holds } from '../../../platform/caller.ts'
import { isAllowed } from '../actions/action.ts'
import { ACTIONS } from '../actions/index.ts'
import { behindMask } from '../applying/behind-mask.ts'
import { COMMITMENT } from '../applying/commitment.ts'
import { viewClock } from '../clocks/clock.ts'
import type { SharingContext } from '../context.ts'
import { evaluationDueAt } from '../evaluating/evaluation-due.ts'
import { answerClock, type Matter, readMatters } from '../matter.ts'
import { readLimit } from '../settings/settings.ts'
import type { ApplicationRow } from '../sharing-store.ts'
import { fieldsOf, isoOf, organisationOf } from './parts.ts'

type Evaluations = Awaited<ReturnType<SharingContext['store']['evaluations']['ofMany']>>

/** Applications as the caller sees them, with what he may do now. */
export async function viewApplications(context: SharingContext, rows: readonly ApplicationRow[], caller: Caller): Promise<Application[]> {
  const ids = rows.map((row) => row.id)
  const [matters, histories, evaluations, { workingDays: months }, credits] = await Promise.all([
    readMatters(context, rows), context.store.histories(ids), context.store.evaluations.ofMany(ids), readLimit(context.db, 'evaluation-interval'),
    creditsOf(context, rows, caller),
  ])
  return matters.map((matter) => ({
    ...asked(context, matter),
    ...answered(context, matter, evaluations, months),
    consumerCredit: credits.get(matter.application.id) ?? null,
    history: histories.get(matter.application.id) ?? [],
    allowedActions: APPLICATION_ACTIONS.filter((action) => isAllowed(ACTIONS[action], matter, caller, context.clock.now())),
  }))
}

/** Scores of the consumers, by application, for those who decide about them or watch over all. */
async function creditsOf(context: SharingContext, rows: readonly ApplicationRow[], caller: Caller): Promise<Map<string, number>> {
  const watches = (['steward', 'auditor', 'leader'] as const).some((role) => holds(caller, role))
  const shown = rows.filter((row) => watches || (caller.organisation !== null && [row.provider_organisation, ...row.co_owners].includes(caller.organisation)))
  const consumers = [...new Set(shown.flatMap((row) => (row.consumer_organisation === null ? [] : [row.consumer_organisation])))]
  const scores = new Map(await Promise.all(consumers.map(async (code) => [code, await context.creditOf(code)] as const)))
  return new Map(shown.flatMap((row) => {
    const score = scores.get(row.consumer_organisation ?? '')
    return score === undefined ? [] : [[row.id, score] as const]
  }))
}

function asked(context: SharingContext, { application: row, entry, grant, linked }: Matter) {
  return {
    id: row.id,
    number: row.number,
    entryCode: row.entry_code,
    entryTitle: row.entry_title,
    consumer: organisationOf(context, row.consumer_organisation),
    provider: organisationOf(context, row.provider_organisation),
    applicant: row.applicant_name,
    fields: fieldsOf(row.fields, entry, grant?.masking ?? row.masking),
    filter: row.filter,
    filterBehindMask: entry === undefined ? [] : behindMask(row, entry),
    versionRule: row.version_rule,
    purpose: row.purpose,
    purposeCode: row.purpose_code,
    use: row.use_text,
    legalBasis: row.legal_basis,
    delivery: row.delivery,
    until: row.until,
    quota: row.quota,
    appId: row.app_id,
    link: row.link_kind === null || linked === undefined ? null : { kind: row.link_kind, grantId: linked.id, grantNumber: linked.number },
    commitment: { text: COMMITMENT, explicit: row.commitment === 'explicit' },
    submittedAt: row.submitted_at.toISOString(),
  }
}

function answered(context: SharingContext, matter: Matter, evaluations: Evaluations, months: number) {
  const { application: row, opinions, clocks, grant } = matter
  const now = context.clock.now()
  const clock = viewClock(answerClock(matter), now, context.calendar)
  return {
    state: row.state,
    clock,
    clocks: [...clocks.values()].map((one) => viewClock(one, now, context.calendar)),
    dueAt: clock.dueAt,
    decidedAt: isoOf(row.decided_at),
    decision: row.decided_by === null ? null : { by: row.decided_by, reason: row.decision_reason, legalBasis: row.decision_legal_basis },
    rule: row.rule,
    opinions: opinions.map((opinion) => ({
      department: organisationOf(context, opinion.organisation), fields: opinion.fields, state: opinion.state, reason: opinion.reason,
      legalBasis: opinion.legal_basis, decidedAt: isoOf(opinion.decided_at), by: opinion.decided_by,
    })),
    material: row.material.map(({ suppliedAt, ...item }) => ({ ...item, supplied: suppliedAt !== null, suppliedAt })),
    escalatedAt: isoOf(row.escalated_at),
    deliveryEscalatedAt: isoOf(row.delivery_escalated_at),
    urgedAt: isoOf(row.urged_at),
    mediation: row.mediation,
    evaluations: (evaluations.get(row.id) ?? []).map(({ at, actor, quality, timeliness, effect, comment }) => ({
      at: at.toISOString(), by: actor.name, scores: { quality, timeliness, effect }, comment,
    })),
    evaluationDueAt: grant === undefined ? null : isoOf(evaluationDueAt(grant, months)),
    grantId: row.grant_id,
    revision: row.revision,
  }
}
