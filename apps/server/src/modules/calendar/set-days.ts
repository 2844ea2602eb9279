import type { BodyOf, operations } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { inTransaction, notify } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import { CALENDAR_CHANNEL, type CalendarContext, recountJob } from './context.ts'
import { lockDays, putDay, readDays, removeDay } from './calendar-store.ts'

/**
 * Sets days of the calendar, each with its evidence; every process counts with them when this commits, and running clocks
 * are counted anew by a job in the same transaction.
 * @returns how many days are not as they were
 * @throws AppError `calendar/invalid-days` with all issues
 */
export async function setDays(context: CalendarContext, body: BodyOf<typeof operations.setCalendarDays>, caller: Caller): Promise<number> {
  const { days, kind, reason } = body
  const [name = '', source = ''] = [body.name?.trim(), body.source?.trim()]
  const issues: Issue[] = []
  if (kind !== 'national' && name === '') issues.push({ pointer: '/name', code: 'missing', message: '请写明这一天的名称' })
  if (kind !== 'national' && source === '') issues.push({ pointer: '/source', code: 'missing', message: '请写明依据的文件' })
  if (issues.length > 0) throw new AppError('calendar/invalid-days', {}, issues)
  return inTransaction(context.store.db, async (trx) => {
    await lockDays(trx)
    const before = new Map((await readDays(trx)).map((day) => [day.day, day]))
    let changed = 0
    for (const day of days) {
      const old = before.get(day)
      const same = kind === 'national' ? old === undefined : old?.kind === kind && old.name === name && old.source === source
      if (same) continue
      changed++
      if (kind === 'national') await removeDay(trx, day)
      else await putDay(trx, { day, kind, name, source, changedAt: context.clock.now(), changedBy: caller.actor })
      await context.evidence.record(trx, {
        chain: 'decision', action: kind === 'national' ? 'calendar.day.given-back' : 'calendar.day.set', actor: caller.actor, parties: [],
        subject: { type: 'calendar-day', id: day, title: name === '' ? day : `${day} ${name}` }, detail: { day, before: old?.kind ?? null, after: kind, source, reason },
      })
    }
    if (changed === 0) return 0
    await notify(trx, CALENDAR_CHANNEL, '')
    await context.jobs.enqueue(trx, recountJob, {}, { key: 'recount' })
    return changed
  })
}
