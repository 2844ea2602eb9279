import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import { behindMask } from './applying/behind-mask.ts'
import { changeApplication } from './change-application.ts'
import { type ClockRecord, startClock, stopClock } from './clocks/clock.ts'
import type { SharingContext } from './context.ts'
import { DEFAULT_QUOTA, type GrantTerms, isForbidden, isShareable, makeGrant } from './granting/make-grant.ts'
import { answerClock, type Matter } from './matter.ts'
import { departmentsFor } from './opinions/departments.ts'
import { recordStep, sidesOf } from './record-step.ts'
import { keepRulingOf, routed, type Ruling, ruleActor, rulingOf } from './ruling.ts'
import type { ApplicationRow } from './sharing-store.ts'
import { readLimit } from './settings/settings.ts'

/** Who decided what on what ground, as it is kept with the application. */
interface Verdict {
  readonly by: 'rule' | 'department' | 'bureau'
  readonly actor: Actor
  /** The step's name in history and evidence. */
  readonly action: string
  readonly reason: string
  readonly legalBasis: string
  readonly detail?: Record<string, unknown>
}

/** Clocks that end with the answer. */
const answered = (context: SharingContext, matter: Matter): ClockRecord[] =>
  [matter.clocks.get('notice'), answerClock(matter)].filter((clock) => clock !== undefined).map((clock) => stopClock(clock, context.clock.now()))

const kept = ({ by, reason, legalBasis }: Verdict) => ({ decided_by: by, decision_reason: reason, decision_legal_basis: legalBasis })

/** Grants the application on the terms given; the time to deliver begins. */
export async function grantApplication(trx: Trx, context: SharingContext, matter: Matter, terms: GrantTerms, verdict: Verdict): Promise<ApplicationRow> {
  const { application } = matter
  const now = context.clock.now()
  const grant = await makeGrant(trx, context, matter, terms, verdict.actor)
  const delivery = startClock('delivery', await readLimit(trx, 'delivery'), now, context.calendar)
  const after = await changeApplication(trx, context, application, {
    state: 'approved', decided_at: application.decided_at ?? now, grant_id: grant.id, ...kept(verdict),
  }, [...answered(context, matter), delivery])
  await recordStep(trx, context, {
    application: after, actor: verdict.actor, action: verdict.action, reason: verdict.reason,
    detail: {
      grant: grant.number, fields: terms.fields, masking: terms.masking, quota: terms.quota, until: terms.until,
      ...(verdict.legalBasis === '' ? {} : { legalBasis: verdict.legalBasis }), ...verdict.detail,
    },
  })
  await publishDecision(trx, context, after, verdict)
  return after
}

/** Refuses the application whole. */
export async function refuseApplication(trx: Trx, context: SharingContext, matter: Matter, verdict: Verdict): Promise<ApplicationRow> {
  const after = await changeApplication(
    trx, context, matter.application, { state: 'refused', decided_at: context.clock.now(), ...kept(verdict) }, answered(context, matter),
  )
  await recordStep(trx, context, {
    application: after, actor: verdict.actor, action: verdict.action, reason: `${verdict.reason}（依据：${verdict.legalBasis}）`,
    detail: { legalBasis: verdict.legalBasis, ...verdict.detail },
  })
  await publishDecision(trx, context, after, verdict)
  return after
}

export async function publishDecision(trx: Trx, context: SharingContext, application: ApplicationRow, { by }: Pick<Verdict, 'by'>): Promise<void> {
  await context.events.publish(trx, 'sharing.application-decided', {
    applicationId: application.id, entryCode: application.entry_code, state: application.state, by, grantId: application.grant_id, ...sidesOf(application),
  })
}

const exceeds = ({ quota }: ApplicationRow): boolean =>
  quota !== null && (quota.perSecond > DEFAULT_QUOTA.perSecond || quota.perDay > DEFAULT_QUOTA.perDay)

/** The rules' word, within what no rule can do: share what is not shared, give more calls than is usual, or choose rows by what a mask hides. */
export async function permittedRuling(trx: Trx, context: SharingContext, matter: Matter & { entry: NonNullable<Matter['entry']> }, caller: Caller): Promise<Ruling> {
  const ruling = await rulingOf(context, trx, { application: matter.application, entry: matter.entry, caller })
  const { entry_code: code, fields } = matter.application
  const beyond = ruling.kind === 'grant' && (exceeds(matter.application) || behindMask(matter.application, matter.entry).length > 0 || !isShareable(matter) || await isForbidden(context, code, fields))
  return beyond ? routed(ruling) : ruling
}

/** Lets the rules decide a complete application, or asks the departments for their opinions. */
export async function settle(trx: Trx, context: SharingContext, matter: Matter & { entry: NonNullable<Matter['entry']> }, caller: Caller): Promise<ApplicationRow> {
  const { entry } = matter
  const ruling = await permittedRuling(trx, context, matter, caller)
  await keepRulingOf(context, trx, matter.application, ruling)
  const rule = ruling.rule === null ? null : JSON.stringify(ruling.rule)
  const application = rule === null ? matter.application : await changeApplication(trx, context, matter.application, { rule })
  const ruled = { ...matter, application }
  const detail = { rule: ruling.rule, conditions: ruling.decided.conditions }
  if (ruling.kind === 'grant') {
    const terms = { fields: application.fields, masking: {}, quota: application.quota ?? DEFAULT_QUOTA, until: application.until }
    return grantApplication(trx, context, ruled, terms, {
      by: 'rule', actor: ruleActor(ruling.rule), action: 'approved', reason: `规则“${ruling.rule.name}”即时授权`, legalBasis: '', detail,
    })
  }
  if (ruling.kind === 'refuse') {
    return refuseApplication(trx, context, ruled, {
      by: 'rule', actor: ruleActor(ruling.rule), action: 'refused', reason: ruling.reason, legalBasis: ruling.legalBasis, detail,
    })
  }
  const departments = departmentsFor(entry, application.fields, application.consumer_organisation)
  await context.store.opinions.ask(trx, application.id, departments)
  if (ruling.rule === null) return application
  await recordStep(trx, context, { application, actor: ruleActor(ruling.rule), action: 'routed', detail })
  return application
}
