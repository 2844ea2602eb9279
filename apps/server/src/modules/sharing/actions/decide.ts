import { AppError } from '@datong/kernel'
import { type Caller, holds } from '../../../platform/caller.ts'
import { changeApplication } from '../change-application.ts'
import { extendClock } from '../clocks/clock.ts'
import { answerClock, type Matter } from '../matter.ts'
import type { OpinionRow } from '../opinions/opinion-store.ts'
import { recordStep } from '../record-step.ts'
import { grantApplication, refuseApplication } from '../settle.ts'
import { readLimit } from '../settings/settings.ts'
import type { ApplicationRow } from '../sharing-store.ts'
import type { ActionDefinition, Step } from './action.ts'
import { combine, consentOf } from './terms.ts'

/**
 * The opinions that the caller may speak now: an officer that of his department, the steward all that are missing once
 * the time to answer is over and the application was passed to the bureau.
 */
function spokenBy({ application, opinions }: Matter, caller: Caller): OpinionRow[] {
  const asked = opinions.filter(({ state }) => state === 'asked')
  const own = holds(caller, 'provider') ? asked.filter(({ organisation }) => organisation === caller.organisation) : []
  if (own.length > 0) return own
  return holds(caller, 'steward') && application.escalated_at !== null ? asked : []
}

/** Whether the caller's own department has still to say its opinion. */
export const isAsked = ({ opinions }: Matter, caller: Caller): boolean =>
  opinions.some(({ state, organisation }) => state === 'asked' && organisation === caller.organisation)

const maySpeak = (matter: Matter, caller: Caller): boolean => spokenBy(matter, caller).length > 0

const inPlaceOfDepartment = (spoken: readonly OpinionRow[], caller: Caller): boolean => spoken.some(({ organisation }) => organisation !== caller.organisation)

/** Consent, whole or in part: the department may leave fields out, mask more, and set quota and time; never more than asked. */
export const approve: ActionDefinition = {
  by: ['provider', 'steward'],
  from: ['submitted'],
  when: maySpeak,
  needs: [],
  run: async (step) => {
    const { trx, context, body, caller } = step
    const mine = spokenBy(step, caller)
    const consent = consentOf(step, mine.flatMap(({ fields }) => fields))
    const said: OpinionRow[] = []
    for (const opinion of mine) {
      const consented = opinion.fields.filter((name) => consent.fields.includes(name))
      const masking = Object.fromEntries(Object.entries(consent.masking).filter(([name]) => consented.includes(name)))
      const left = consented.length === 0
      said.push(await context.store.opinions.say(trx, opinion, {
        state: left ? 'refused' : 'consented', consented, masking: JSON.stringify(masking), quota: consent.quota === null ? null : JSON.stringify(consent.quota),
        until: consent.until, reason: body.reason ?? '', legal_basis: body.legalBasis ?? '', decided_at: context.clock.now(), actor: caller.actor,
      }))
    }
    return conclude(step, said, 'opinion-consented')
  },
}

/** Refusal carries a reason and its legal basis, always. */
export const refuse: ActionDefinition = {
  by: ['provider', 'steward'],
  from: ['submitted'],
  when: maySpeak,
  needs: ['reason', 'legalBasis'],
  run: async (step) => {
    const { trx, context, body, caller } = step
    const said: OpinionRow[] = []
    for (const opinion of spokenBy(step, caller)) {
      said.push(await context.store.opinions.say(trx, opinion, {
        state: 'refused', reason: body.reason ?? '', legal_basis: body.legalBasis ?? '', decided_at: context.clock.now(), actor: caller.actor,
      }))
    }
    return conclude(step, said, 'opinion-refused')
  },
}

/** With the last opinion comes the answer: consent to any field grants those, none refuses the application. */
async function conclude(step: Step, said: readonly OpinionRow[], action: string): Promise<ApplicationRow> {
  const { trx, context, application, body, caller } = step
  const opinions = step.opinions.map((opinion) => said.find(({ organisation }) => organisation === opinion.organisation) ?? opinion)
  if (opinions.some(({ state }) => state === 'asked')) {
    const after = await changeApplication(trx, context, application, {})
    await recordStep(trx, context, {
      application: after, actor: caller.actor, action, reason: body.reason,
      detail: { opinions: said.map(({ organisation, state, consented }) => ({ organisation, state, fields: consented })), ...(body.legalBasis === undefined ? {} : { legalBasis: body.legalBasis }) },
    })
    return after
  }
  const texts = (pick: (opinion: OpinionRow) => string) => [...new Set(opinions.map(pick))].filter((text) => text !== '').join('；')
  const verdict = {
    by: inPlaceOfDepartment(said, caller) ? 'bureau' as const : 'department' as const, actor: caller.actor,
    reason: texts(({ reason }) => reason), legalBasis: texts(({ legal_basis }) => legal_basis),
    ...(opinions.length === 1 ? {} : { detail: { opinions: opinions.map(({ organisation, state, consented }) => ({ organisation, state, fields: consented })) } }),
  }
  const terms = combine(application, opinions)
  if (terms.fields.length === 0) return refuseApplication(trx, context, step, { ...verdict, action: 'refused' })
  return grantApplication(trx, context, step, terms, { ...verdict, action: terms.fields.length < application.fields.length ? 'approved-in-part' : 'approved' })
}

/** More time to answer, once, with its reason, asked for in time. */
export const extend: ActionDefinition = {
  by: ['provider'],
  from: ['submitted'],
  when: (matter, caller, now) => {
    const clock = answerClock(matter)
    return isAsked(matter, caller) && clock.kind === 'answer-conditional' && clock.extendedBy === 0 && now <= clock.dueAt
  },
  needs: ['reason'],
  run: async (step) => {
    const { trx, context, application, body, caller } = step
    const { workingDays, source } = await readLimit(trx, 'answer-extension')
    if (workingDays === 0) throw new AppError('sharing/wrong-state', { action: 'extend', state: application.state })
    const after = await changeApplication(trx, context, application, {}, [extendClock(answerClock(step), workingDays, context.calendar)])
    await recordStep(trx, context, { application: after, actor: caller.actor, action: 'extended', reason: body.reason, detail: { workingDays, source } })
    return after
  },
}

/** The bureau reminds the departments; it decides nothing. */
export const urge: ActionDefinition = {
  by: ['steward'],
  from: ['submitted', 'approved'],
  when: ({ application, clocks }) => application.state === 'submitted' || (application.delivery_escalated_at !== null && clocks.get('delivery')?.stoppedAt === null),
  needs: [],
  run: async ({ trx, context, application, body, caller }) => {
    const after = await changeApplication(trx, context, application, { urged_at: context.clock.now() })
    await recordStep(trx, context, { application: after, actor: caller.actor, action: 'urged', reason: body.reason })
    return after
  },
}
