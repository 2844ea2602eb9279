import { defineJob } from '@datong/job-runner'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { CollectionContext } from '../context.ts'
import { recountedDue, standingOf } from './due.ts'
import { openDueRounds } from './open-round.ts'
import { nameOf } from './round-store.ts'
import { tellDepartments } from './tell-departments.ts'

const roundsJob = defineJob<Record<string, never>>('collection/watch-form-rounds', { policy: 'exclusive', retryLimit: 1, expireInSeconds: 300 })
const EVERY_MS = 60_000

/** Opens rounds whose day has come, counts days by the calendar as it is now, and tells departments whose part is due soon or late: once each. */
export async function watchRounds(context: CollectionContext): Promise<void> {
  const { store, forms } = context
  for (const { id } of await forms.recurring()) {
    await inTransaction(store.db, async (trx) => {
      const form = await forms.lock(trx, id)
      if (form?.state === 'open') await openDueRounds(trx, context, form)
    })
  }
  await inTransaction(store.db, (trx) => lookAtDays(trx, context))
}

async function lookAtDays(trx: Trx, context: CollectionContext): Promise<void> {
  const { forms, clock, calendar } = context
  const now = clock.now()
  const waiting = await forms.waiting(trx)
  const told = new Map<string, { about: Parameters<typeof tellDepartments>[2]; organisations: string[]; dueAt: Date }>()
  for (const task of waiting) {
    const dueAt = recountedDue(task, now, calendar)
    if (dueAt === null) continue
    if (dueAt.getTime() !== task.due_at?.getTime()) await forms.changeTask(trx, task, { due_at: dueAt })
    const { standing } = standingOf({ ...task, due_at: dueAt }, now, calendar)
    if ((standing !== 'soon' && standing !== 'late') || task.told === 'late' || task.told === standing) continue
    await forms.changeTask(trx, task, { told: standing })
    const { form_id: formId, round, title, period } = task
    const key = `${formId} ${round} ${standing} ${dueAt.getTime()}`
    const group = told.get(key) ?? { about: { formId, title, period, round, what: standing }, organisations: [], dueAt }
    group.organisations.push(task.organisation)
    told.set(key, group)
  }
  for (const { about, organisations, dueAt } of told.values()) await tellDepartments(trx, context, about, organisations, { dueAt })
  for (const { form_id, round: number } of new Map(waiting.map((task) => [nameOf({ form_id: task.form_id, number: task.round }), task])).values()) {
    const round = await forms.lockRound(trx, { form_id, number })
    const dueAt = round === undefined ? null : recountedDue(round, now, calendar)
    if (round !== undefined && dueAt?.getTime() !== round.due_at?.getTime()) await forms.changeRound(trx, round, { due_at: dueAt })
  }
}

/** Looks at rounds each minute; in one process at a time. */
export function createRoundWatch(context: CollectionContext) {
  let timer: NodeJS.Timeout | undefined
  return {
    async start(): Promise<void> {
      await context.jobs.work(roundsJob, () => watchRounds(context))
      timer = setInterval(() => {
        context.jobs.enqueue(context.store.db, roundsJob, {}, { key: 'rounds' }).catch((error: unknown) => context.log.warn({ err: error }, 'rounds of forms could not be looked at'))
      }, EVERY_MS)
      timer.unref()
    },
    stop(): void {
      clearInterval(timer)
    },
  }
}
