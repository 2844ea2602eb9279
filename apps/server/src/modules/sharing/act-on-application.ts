import type { ApplicationAction } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import { type ActionBody, fits, isParty, missingNeeds } from './actions/action.ts'
import { ACTIONS } from './actions/index.ts'
import type { SharingContext } from './context.ts'
import { readMatters } from './matter.ts'
import type { ApplicationRow } from './sharing-store.ts'
import { requireInSight } from './sight.ts'

/**
 * Takes one step of an application. The row is locked: of two officers who decide at once, the second meets the new
 * state and gets a conflict.
 * @throws AppError `request/not-found`, `access/forbidden`, `request/conflict`, `sharing/wrong-state`, `sharing/invalid-decision`
 */
export async function actOnApplication(context: SharingContext, id: string, action: ApplicationAction, body: ActionBody, caller: Caller): Promise<ApplicationRow> {
  const definition = ACTIONS[action]
  return inTransaction(context.db, async (trx) => {
    const application = requireInSight(await context.store.lockApplication(trx, id), caller)
    if (!definition.by.some((party) => isParty(caller, application, party))) throw new AppError('access/forbidden', { operation: action })
    if (body.revision !== undefined && body.revision !== application.revision) throw new AppError('request/conflict')
    const matter = (await readMatters(context, [application], trx))[0]! // one in, one out
    if (!fits(definition, matter, caller, context.clock.now())) throw new AppError('sharing/wrong-state', { action, state: application.state })
    const issues = missingNeeds(definition, body)
    if (issues.length > 0) throw new AppError('sharing/invalid-decision', { number: application.number }, issues)
    return definition.run({ ...matter, trx, context, body, caller })
  })
}
