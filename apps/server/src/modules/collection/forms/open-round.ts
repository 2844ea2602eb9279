import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import { type CollectionContext, PLATFORM } from '../context.ts'
import { dueOnDay, NEVER_DUE } from './due.ts'
import { nextRound, type RoundPlan } from './periods.ts'
import { recordRound, recordTask } from './record-form.ts'
import type { DueColumns, FormRecord, FormRoundRecord } from './tables.ts'
import { tellDepartments } from './tell-departments.ts'

export const dueOfPlan = ({ dueAt, countsFrom, countsDays }: RoundPlan): DueColumns => ({ due_at: dueAt, counts_from: countsFrom, counts_days: countsDays })

/** Opens a round of a form that the caller has locked: every department that is asked gets its part, and is told. */
export async function openRound(trx: Trx, context: CollectionContext, form: FormRecord, period: string | null, due: DueColumns, actor: Actor): Promise<FormRoundRecord> {
  const { forms, clock } = context
  const number = Math.max(0, ...(await forms.rounds(trx, form.id, null)).map((round) => round.number)) + 1
  const round = await forms.addRound(trx, { form_id: form.id, number, period, opened_at: clock.now(), ...due })
  await recordRound(trx, context, { form, round, actor, action: 'opened', detail: { period, dueAt: due.due_at?.toISOString() ?? null } })
  const asked = (await forms.departments(trx, [form.id])).map(({ organisation }) => organisation)
  await addParts(trx, context, form, round, asked, due, actor)
  return round
}

/** Gives departments a part of a round, and tells them. */
export async function addParts(trx: Trx, context: CollectionContext, form: FormRecord, round: FormRoundRecord, organisations: readonly string[], due: DueColumns, actor: Actor): Promise<void> {
  const { forms, clock } = context
  for (const organisation of organisations) {
    const task = await forms.addTask(trx, {
      form_id: form.id, round: round.number, organisation, reason: null, submitted_rows: null, submitted_at: null, submitted_by: null, first_submitted_at: null, first_due_at: null, asked_at: clock.now(), told: null, ...due,
    })
    await recordTask(trx, context, { form, task, actor, action: 'asked-for', detail: { period: round.period } })
  }
  await tellDepartments(trx, context, { formId: form.id, title: form.title, period: round.period, round: round.number, what: 'opened' }, organisations, { dueAt: due.due_at })
}

/** Opens what is to be open by now of an open form that the caller has locked. @returns how many rounds opened */
export async function openDueRounds(trx: Trx, context: CollectionContext, form: FormRecord, actor: Actor = PLATFORM): Promise<number> {
  const { forms, clock, calendar } = context
  const last = await forms.findRound(trx, form.id)
  if (form.rhythm === 'once') {
    if (last !== undefined) return 0
    await openRound(trx, context, form, null, form.due_on === null ? NEVER_DUE : dueOnDay(form.due_on, calendar), actor)
    return 1
  }
  const now = clock.now()
  let opened = 0
  for (let plan = nextRound(last?.period ?? null, form.rhythm, form, now, calendar); plan.opensAt <= now; plan = nextRound(plan.period, form.rhythm, form, now, calendar)) {
    await openRound(trx, context, form, plan.period, dueOfPlan(plan), actor)
    opened++
  }
  return opened
}
