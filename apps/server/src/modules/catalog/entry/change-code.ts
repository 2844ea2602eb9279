import { AppError } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { requireOpenClass } from '../classification/change-classification.ts'
import type { CatalogContext } from '../context.ts'
import type { EntryRecord } from './entry.ts'
import { recordChange } from './record-change.ts'

/**
 * Gives a draft the code of another class; its number stays, and the old code goes on finding it. What was ever published
 * keeps its code: a new entry takes its place by the relation `replaces`.
 * @throws AppError `catalog/invalid-entry`, `catalog/unknown-classification`, `catalog/invalid-classification`, `catalog/wrong-state`
 */
export async function changeCode(trx: Trx, context: CatalogContext, before: EntryRecord, classification: string, caller: Caller): Promise<EntryRecord> {
  if (before.publishedAt !== null || (before.state !== 'draft' && before.state !== 'returned')) {
    throw new AppError('catalog/invalid-entry', { code: before.code }, [{
      pointer: '/classification', code: 'code-is-fixed', message: '提交审核或发布后的目录代码不能改变；请新编目录，并以“替代”关联到本目录',
    }])
  }
  await requireOpenClass(trx, context, classification, before.organisation)
  const code = `${classification}-${before.code.slice(before.code.indexOf('-') + 1)}`
  await context.entries.rename(trx, before.code, code)
  await context.moveData?.(trx, before.code, code, caller.actor)
  const entry = await context.entries.update(trx, { ...before, code, classification }, { changedAt: context.clock.now() })
  await recordChange(trx, context, { entry, actor: caller.actor, action: 'recoded', detail: { codes: [before.code, code] } })
  for (const other of await context.entries.relatedTo(before.code, trx)) {
    const relations = other.relations.map((relation) => (relation.code === before.code ? { ...relation, code } : relation))
    const changed = await context.entries.update(trx, other, { relations })
    await recordChange(trx, context, { entry: changed, actor: caller.actor, action: 'changed', detail: { changed: ['relations'], codes: [before.code, code] } })
  }
  return entry
}
