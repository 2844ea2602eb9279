import type { Trx } from '@datong/metadata-store'
import { changeApplication } from '../change-application.ts'
import { stopClock } from '../clocks/clock.ts'
import type { SharingContext } from '../context.ts'
import { recordStep } from '../record-step.ts'
import { publishDecision } from '../settle.ts'
import { MERGER, type Merger, partiesAfter } from './parties.ts'
import { passOpinion } from './pass-opinion.ts'

const OPEN: ReadonlySet<string> = new Set(['submitted', 'material-owed', 'in-mediation'])

/**
 * The successor stands in the predecessor's place, as consumer, provider, or owner of asked fields; clocks run on, and the history
 * keeps who acted. An application that has come to be for the department's own data is withdrawn: nobody asks himself.
 */
export async function passApplication(trx: Trx, context: SharingContext, id: string, merger: Merger): Promise<void> {
  const before = await context.store.lockApplication(trx, id)
  if (before === undefined) return
  const parties = partiesAfter(before, merger)
  await passOpinion(trx, context, id, merger)
  const application = await changeApplication(trx, context, before, parties)
  await recordStep(trx, context, { application, actor: MERGER, action: 'passed-on', detail: { from: merger.predecessor, to: merger.successor } })
  if (parties.consumer_organisation !== parties.provider_organisation || !OPEN.has(application.state)) return
  const now = context.clock.now()
  const clocks = [...((await context.store.clocks.ofMany([id], trx)).get(id)?.values() ?? [])].map((clock) => stopClock(clock, now))
  const withdrawn = await changeApplication(trx, context, application, { state: 'withdrawn', decided_at: application.decided_at ?? now }, clocks)
  await recordStep(trx, context, { application: withdrawn, actor: MERGER, action: 'withdrawn', reason: '部门合并后，所申请的数据已属于本部门，无需申请' })
  await publishDecision(trx, context, withdrawn, { by: 'department' })
}
