import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { changeApplication } from '../change-application.ts'
import { pauseClock, resumeClock, stopClock } from '../clocks/clock.ts'
import { answerClock, type Matter } from '../matter.ts'
import { publishDecision, settle } from '../settle.ts'
import { recordStep, sidesOf } from '../record-step.ts'
import type { ApplicationRow } from '../sharing-store.ts'
import type { SharingContext } from '../context.ts'
import type { MaterialItem } from '../tables.ts'
import type { Trx } from '@datong/metadata-store'
import type { ActionBody, ActionDefinition } from './action.ts'
import { isAsked } from './decide.ts'

const isEvaluation = ({ id }: MaterialItem): boolean => id.startsWith('evaluation:')
const isOwed = ({ suppliedAt }: MaterialItem): boolean => suppliedAt === null

/** 一次性告知: a department may ask for missing material once, naming all of it; the clock stands still meanwhile. */
export const notifyMissing: ActionDefinition = {
  by: ['provider'],
  from: ['submitted'],
  when: (matter, caller) => !matter.application.missing_notified && isAsked(matter, caller),
  needs: ['missing'],
  run: async (step) => {
    const { trx, context, application, body, caller } = step
    const now = context.clock.now()
    const titles = (body.missing ?? [body.reason ?? '']).map((title) => title.trim()).filter((title) => title !== '')
    const asked = titles.map((title, index): MaterialItem => ({ id: String(index + 1), title, note: '', askedAt: now.toISOString(), suppliedAt: null }))
    const notice = step.clocks.get('notice')
    const after = await changeApplication(trx, context, application, {
      state: 'material-owed', missing_notified: true, material: JSON.stringify([...application.material, ...asked]),
    }, [pauseClock(answerClock(step), now), ...(notice === undefined ? [] : [stopClock(notice, now)])])
    await recordStep(trx, context, { application: after, actor: caller.actor, action: 'material-asked', reason: body.reason ?? titles.join('；'), detail: { missing: titles } })
    await context.events.publish(trx, 'sharing.material-asked', { applicationId: after.id, entryCode: after.entry_code, ...sidesOf(after) })
    return after
  },
}

/** The applicant hands in what was missing; when all is there the clock goes on with what was left. */
export const supplement: ActionDefinition = {
  by: ['applicant'],
  from: ['material-owed'],
  // What only an evaluation supplies is not handed in as words.
  when: ({ application }) => application.material.some((item) => isOwed(item) && !isEvaluation(item)),
  needs: ['reason'],
  run: async (step) => {
    const { trx, context, application, body, caller } = step
    const material = supplied(application, body, context.clock.now())
    const after = await completeMaterial(trx, context, step, material, {
      ...(body.purpose === undefined ? {} : { purpose: body.purpose }),
      ...(body.use === undefined ? {} : { use_text: body.use }),
      ...(body.legalBasis === undefined ? {} : { legal_basis: body.legalBasis }),
    })
    await recordStep(trx, context, {
      application: after, actor: caller.actor, action: 'supplemented', reason: body.reason,
      detail: { material: material.map(({ title, note, suppliedAt }) => ({ title, note, supplied: suppliedAt !== null })) },
    })
    return after.state === 'submitted' ? settleIfNew(trx, context, { ...step, application: after }, caller) : after
  },
}

/** @throws AppError `sharing/invalid-decision` for items that nobody asked for */
function supplied({ number, material }: ApplicationRow, { supplied: named, reason = '' }: ActionBody, now: Date): MaterialItem[] {
  const owed = material.filter((item) => isOwed(item) && !isEvaluation(item))
  const notes = new Map(named === undefined ? owed.map(({ id }) => [id, reason] as const) : named.map(({ id, note }) => [id, note] as const))
  const issues = (named ?? []).flatMap(({ id }, index) => (owed.some((item) => item.id === id) ? []
    : [{ pointer: `/supplied/${index}/id`, code: 'not-owed', message: '没有要求补充这一项' }]))
  if (issues.length > 0) throw new AppError('sharing/invalid-decision', { number }, issues)
  return material.map((item) => (notes.has(item.id) && isOwed(item) ? { ...item, note: notes.get(item.id) ?? '', suppliedAt: now.toISOString() } : item))
}

/** Keeps what was supplied; when nothing is owed any more the application is back and its clock runs on. */
export function completeMaterial(
  trx: Trx, context: SharingContext, matter: Matter, material: readonly MaterialItem[], change: Parameters<typeof changeApplication>[3] = {},
): Promise<ApplicationRow> {
  const kept = { ...change, material: JSON.stringify(material) }
  if (material.some(isOwed)) return changeApplication(trx, context, matter.application, kept)
  return changeApplication(trx, context, matter.application, { ...kept, state: 'submitted' }, [resumeClock(answerClock(matter), context.clock.now(), context.calendar)])
}

/** An application that waited before anybody looked at it goes to the rules now; the others go back to where they were. */
export async function settleIfNew(trx: Trx, context: SharingContext, before: Matter, caller: Caller): Promise<ApplicationRow> {
  if (before.opinions.length > 0 || before.entry === undefined) return before.application
  const clocks = (await context.store.clocks.ofMany([before.application.id], trx)).get(before.application.id) ?? before.clocks
  return settle(trx, context, { ...before, clocks, entry: before.entry }, caller)
}

export const withdraw: ActionDefinition = {
  by: ['applicant'],
  from: ['submitted', 'material-owed', 'in-mediation'],
  needs: [],
  run: async (step) => {
    const { trx, context, application, body, caller } = step
    const now = context.clock.now()
    const clocks = [...step.clocks.values()].map((clock) => stopClock(clock, now))
    const after = await changeApplication(trx, context, application, { state: 'withdrawn', decided_at: application.decided_at ?? now }, clocks)
    await recordStep(trx, context, { application: after, actor: caller.actor, action: 'withdrawn', reason: body.reason })
    await publishDecision(trx, context, after, { by: 'department' })
    return after
  },
}
