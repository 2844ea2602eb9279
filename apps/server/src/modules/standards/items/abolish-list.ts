import type { BodyOf, operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { recordItem, type StandardsContext } from '../context.ts'
import { keyOf, type ListItem } from './item.ts'

/** @throws AppError `request/not-found`, `request/conflict`, `standards/wrong-state`, `standards/list-in-use` */
export async function abolishList(context: StandardsContext, id: string, body: BodyOf<typeof operations.abolishCodeList>, caller: Caller): Promise<ListItem> {
  const after = await inTransaction(context.db, async (trx) => {
    await context.items.lock(trx)
    const before = await context.items.findList(trx, id)
    if (before === undefined) throw new AppError('request/not-found')
    if (before.revision !== body.revision) throw new AppError('request/conflict')
    if (before.state === 'abolished') throw new AppError('standards/wrong-state', { state: before.state })
    const users = context.registry.inForce().filter(({ codeList }) => codeList === id)
    if (users.length > 0) throw new AppError('standards/list-in-use', { list: id, elements: users.length })
    const next: ListItem = { ...before, state: 'abolished', abolishedFrom: context.registry.today(), revision: before.revision + 1 }
    await context.items.save(trx, 'code-list', next, context.clock.now())
    await recordItem(trx, context, { key: keyOf('code-list', id), title: next.body.name, actor: caller.actor, reason: body.reason, action: 'abolished' })
    await context.items.tell(trx)
    return next
  })
  await context.registry.refresh()
  return after
}
