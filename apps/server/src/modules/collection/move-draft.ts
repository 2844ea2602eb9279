import type { Actor } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { type Trx, withTables } from '@datong/metadata-store'
import type { CollectionContext } from './context.ts'
import { moveFormEntry } from './forms/take-merger.ts'
import { recordRecipe } from './recipes/record-recipe.ts'
import { recordVersion } from './record.ts'
import { recordSource } from './sources/record-source.ts'
import type { CollectionTables } from './tables.ts'

/**
 * Takes a draft's loads and versions to its new code, in the transaction that changes the code; the rows stay where they are.
 * @throws AppError `catalog/invalid-entry` while a load is under way
 */
export async function moveDraft(trx: Trx, context: CollectionContext, from: string, to: string, actor: Actor): Promise<void> {
  const tables = withTables<CollectionTables>(trx)
  const underWay = await tables.selectFrom('collection.load').select('id').where('entry_code', '=', from).where('outcome', 'is', null).limit(1).executeTakeFirst()
  if (underWay !== undefined) {
    throw new AppError('catalog/invalid-entry', { code: from }, [{ pointer: '/classification', code: 'loading', message: '数据正在入库，请稍后再改分类' }])
  }
  await tables.updateTable('collection.load').set({ entry_code: to }).where('entry_code', '=', from).execute()
  const cleaned = await context.recipes.rename(trx, from, to)
  await moveFormEntry(trx, context, from, to, actor)
  const views = await context.views.recode(trx, from, to)
  const kept = await context.lakes.recode(trx, from, to)
  await context.objects.recode(trx, from, to)
  const moved = await tables.updateTable('collection.version').set({ entry_code: to }).where('entry_code', '=', from).returning('number').execute()
  const entry = await context.catalog.find(to, trx)
  for (const source of await context.sources.moveEntry(trx, from, to)) await recordSource(trx, context, { source, actor, action: 'moved', detail: { codes: [from, to] } })
  for (const { id, title, organisation } of views) {
    await context.evidence.record(trx, { chain: 'decision', action: 'collection.view.moved', actor, parties: [organisation], subject: { type: 'view', id, title }, detail: { codes: [from, to] } })
  }
  if (kept) {
    await context.evidence.record(trx, {
      chain: 'decision', action: 'collection.retention.moved', actor, parties: [entry?.organisation ?? ''], subject: { type: 'retention', id: to, title: entry?.title ?? to }, detail: { codes: [from, to] },
    })
  }
  if (cleaned) await recordRecipe(trx, context, { entry: { code: to, title: entry?.title ?? to, organisation: entry?.organisation ?? '' }, actor, action: 'moved', detail: { codes: [from, to] } })
  for (const { number } of moved) {
    await recordVersion(trx, context, { entryCode: to, number, title: entry?.title ?? to, organisation: entry?.organisation ?? '', actor, action: 'moved', detail: { codes: [from, to] } })
  }
}
