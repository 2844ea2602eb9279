import type { Actor } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { recordVersion } from '../record.ts'
import type { ListedVersion } from './version-store.ts'

/**
 * Makes a version that was loaded before the current one. Choosing the one that is current changes nothing.
 * @throws AppError `request/not-found`; `collection/wrong-state` for a version that is not described yet, `collection/version-gone`; `quality/version-held`
 */
export async function useVersion(context: CollectionContext, entryCode: string, number: number, reason: string, caller: Caller): Promise<ListedVersion> {
  const entry = await context.catalog.requireOwned(entryCode, caller)
  const found = (await context.versions.list(entryCode)).find((version) => version.number === number)
  if (found === undefined) throw new AppError('request/not-found')
  if (!found.described) throw new AppError('collection/wrong-state', { state: 'profiling' })
  if (found.ended) throw new AppError('collection/version-gone', { code: entryCode, version: number })
  if ((await context.isHeldBack?.(entryCode, number)) === true) throw new AppError('quality/version-held', { version: number })
  await inTransaction(context.store.db, async (trx) => {
    const current = await context.versions.lockCurrent(trx, entryCode)
    if (current === number) return
    // Let go of while this waited for the lock.
    if ((await context.lakes.findEnd(entryCode, number)) !== undefined) throw new AppError('collection/version-gone', { code: entryCode, version: number })
    const now = context.clock.now()
    await context.versions.setCurrent(trx, entryCode, number, now)
    await recordVersion(trx, context, {
      entryCode, number, title: entry.title, organisation: entry.organisation, actor: caller.actor, action: 'used', detail: { instead: current, reason },
    })
    await context.events.publish(trx, 'collection.version-used', { entryCode, version: number, rowCount: found.row_count, at: now.toISOString() })
  })
  return { ...found, current: true }
}

/**
 * A version that was held back goes through: it becomes the current one, in the caller's transaction, unless a later one is or its
 * load is not done yet, which will do it then.
 */
export async function putToUse(trx: Trx, context: CollectionContext, entryCode: string, number: number, actor: Actor): Promise<void> {
  const current = await context.versions.lockCurrent(trx, entryCode)
  const found = (await context.versions.list(entryCode)).find((version) => version.number === number)
  const entry = await context.catalog.find(entryCode, trx)
  if (found === undefined || !found.described || entry === undefined || (current !== null && current >= number)) return
  const now = context.clock.now()
  await context.versions.setCurrent(trx, entryCode, number, now)
  await recordVersion(trx, context, { entryCode, number, title: entry.title, organisation: entry.organisation, actor, action: 'used', detail: { instead: current, reason: 'released' } })
  await context.events.publish(trx, 'collection.version-used', { entryCode, version: number, rowCount: found.row_count, at: now.toISOString() })
}
