import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { changeApplication } from '../change-application.ts'
import { type ClockRecord, pauseClock, startClock } from '../clocks/clock.ts'
import type { SharingContext } from '../context.ts'
import { evaluationDueAt } from '../evaluating/evaluation-due.ts'
import { lockWithApplication } from '../granting/end-grant.ts'
import { readMatters } from '../matter.ts'
import { recordStep, sidesOf } from '../record-step.ts'
import { settle } from '../settle.ts'
import { readLimit } from '../settings/settings.ts'
import type { ApplicationRow, GrantRow } from '../sharing-store.ts'
import { evaluationItem } from '../store/application-store.ts'
import type { MaterialItem } from '../tables.ts'
import { type ApplyBody, checkApplication } from './check-application.ts'
import { COMMITMENT } from './commitment.ts'
import { answerKind, draftApplication } from './draft.ts'

/**
 * Files an application. The rules decide it in the same transaction or leave it to the departments, whose clock starts.
 * Who has an evaluation of the same data due owes it first: until then the clock stands still.
 * @throws AppError `request/not-found`, `sharing/not-shared`, `sharing/invalid-application` with all issues
 */
export async function apply(context: SharingContext, body: ApplyBody, caller: Caller): Promise<ApplicationRow> {
  const { entry, purposeCode, issues } = await checkApplication(context, body, caller)
  if (issues.length > 0) throw new AppError('sharing/invalid-application', { code: entry.code }, [...issues])
  return inTransaction(context.db, async (trx) => {
    const { store, calendar } = context
    const now = context.clock.now()
    const kind = answerKind(entry, caller)
    const clock = { ...startClock(kind, await readLimit(trx, kind), now, calendar), kind }
    const id = uuidv7(context.clock, context.random)
    const number = await store.nextNumber(trx, 'application', now.getUTCFullYear())
    await store.insertApplication(trx, draftApplication(body, caller, { id, number, entry, purposeCode, clock, now }))
    await store.clocks.put(trx, id, clock)
    await store.clocks.put(trx, id, startClock('notice', await readLimit(trx, 'notice'), now, calendar))
    const filed = (await store.lockApplication(trx, id))! // inserted just now
    await recordStep(trx, context, {
      application: filed, actor: caller.actor, action: 'submitted', detail: { commitment: COMMITMENT, commitmentGiven: filed.commitment, use: filed.use_text, until: filed.until },
    })
    await context.events.publish(trx, 'sharing.application-submitted', { applicationId: id, entryCode: entry.code, ...sidesOf(filed) })
    // An evaluation that is being made in this moment is waited for, so that nobody waits for it afterwards.
    if (body.renews !== undefined) await lockWithApplication(trx, context, body.renews)
    const owed = await owedEvaluations(trx, context, body.renews, entry.code, caller)
    if (owed.length > 0) return waitForEvaluation(trx, context, filed, clock, owed, caller)
    const matter = (await readMatters(context, [filed], trx))[0]! // one in, one out
    return settle(trx, context, { ...matter, entry }, caller)
  })
}

/** Grants of the same data whose evaluation the applicant owes: the one to be renewed, and those that have ended. */
export async function owedEvaluations(
  trx: Trx, { store, clock }: SharingContext, renews: string | undefined, entryCode: string, caller: Caller,
): Promise<GrantRow[]> {
  const { workingDays: months } = await readLimit(trx, 'evaluation-interval')
  const ended = await store.endedGrants(trx, { organisation: caller.organisation, applicantId: caller.actor.id }, entryCode)
  const linked = renews === undefined ? undefined : await store.findGrant(renews, trx)
  return [...(linked === undefined ? [] : [linked]), ...ended].filter((grant) => {
    const dueAt = evaluationDueAt(grant, months)
    return dueAt !== null && dueAt <= clock.now()
  })
}

async function waitForEvaluation(
  trx: Trx, context: SharingContext, filed: ApplicationRow, clock: ClockRecord, grants: readonly GrantRow[], { actor }: Caller,
): Promise<ApplicationRow> {
  const now = context.clock.now()
  const material = grants.map(({ id, number }): MaterialItem => ({
    id: evaluationItem(id), title: `对授权 ${number} 的使用评价`, note: '', askedAt: now.toISOString(), suppliedAt: null,
  }))
  const after = await changeApplication(trx, context, filed, { state: 'material-owed', material: JSON.stringify(material) }, [pauseClock(clock, now)])
  await recordStep(trx, context, { application: after, actor, action: 'evaluation-owed', detail: { missing: material.map(({ title }) => title) } })
  return after
}
