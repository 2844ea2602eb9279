import type { BodyOf, operations } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { RulesContext } from './context.ts'
import type { DutyRow } from './duty-store.ts'

/**
 * Sets the duty list of a department.
 * @throws AppError `request/conflict`, `sharing/invalid-purpose` for codes that the catalogue does not have
 */
export async function setDuties(context: RulesContext, organisation: string, body: BodyOf<typeof operations.setDuties>, caller: Caller): Promise<DutyRow> {
  const known = new Set((await context.purposes.list()).map(({ code }) => code))
  const issues: Issue[] = body.purposes.flatMap((code, index) =>
    (known.has(code) ? [] : [{ pointer: `/purposes/${index}`, code: 'unknown-purpose', message: `没有用途“${code}”` }]))
  if (issues.length > 0) throw new AppError('sharing/invalid-purpose', { code: organisation }, issues)
  return inTransaction(context.db, async (trx) => {
    const { purposes, words } = body
    const row = await context.duties.put(trx, { organisation, purposes, words, changed_at: context.clock.now(), changed_by: JSON.stringify(caller.actor) }, body.revision)
    await context.evidence.record(trx, {
      chain: 'decision', action: 'sharing.duty-list.set', actor: caller.actor, parties: [...new Set([organisation, caller.organisation])].filter((code) => code !== null),
      subject: { type: 'duty-list', id: organisation, title: `${context.organisations.ref(organisation).name}职责清单` },
      detail: { purposes, words, reason: body.reason, revision: row.revision },
    })
    return row
  })
}
