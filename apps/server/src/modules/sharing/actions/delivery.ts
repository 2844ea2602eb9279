import { changeApplication } from '../change-application.ts'
import { type ClockRecord, pauseClock, resumeClock, stopClock } from '../clocks/clock.ts'
import type { Matter } from '../matter.ts'
import { recordStep } from '../record-step.ts'
import type { ActionDefinition, Step } from './action.ts'

/** The delivery's clock while it has not been stopped. */
const going = ({ clocks }: Matter): ClockRecord | undefined => {
  const clock = clocks.get('delivery')
  return clock?.stoppedAt === null ? clock : undefined
}

/** A step of the consumer that changes the delivery's clock only. */
function onDelivery(
  action: string, when: (clock: ClockRecord) => boolean, needs: ActionDefinition['needs'], change: (clock: ClockRecord, step: Step) => ClockRecord,
): ActionDefinition {
  return {
    by: ['applicant'],
    from: ['approved'],
    when: (matter) => {
      const clock = going(matter)
      return clock !== undefined && when(clock)
    },
    needs,
    run: async (step) => {
      const { trx, context, application, body, caller } = step
      const clock = going(step)
      const after = await changeApplication(trx, context, application, {}, clock === undefined ? [] : [change(clock, step)])
      await recordStep(trx, context, { application: after, actor: caller.actor, action, reason: body.reason })
      return after
    },
  }
}

/** The time to deliver stands still while the consumer's own system cannot take the data. */
export const systemNotReady = onDelivery('system-not-ready', ({ pausedAt }) => pausedAt === null, ['reason'], (clock, { context }) => pauseClock(clock, context.clock.now()))
export const systemReady = onDelivery('system-ready', ({ pausedAt }) => pausedAt !== null, [], (clock, { context }) => resumeClock(clock, context.clock.now(), context.calendar))
/** The consumer says that he has the data; a first use says so by itself. */
export const confirmDelivery = onDelivery('delivered', () => true, [], (clock, { context }) => stopClock(clock, context.clock.now()))
