import type { BodyOf, operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { checkElement, type DataElement } from '@datong/standards'
import type { Caller } from '../../../platform/caller.ts'
import { recordItem, type StandardsContext } from '../context.ts'
import { type ElementItem, keyOf } from './item.ts'

/**
 * Makes a draft (revision 0), changes one, or proposes a new content of a published element: what is in force stays until the
 * proposal is published.
 * @throws AppError `request/conflict`; `standards/invalid-element` with all issues; `standards/wrong-state` for an abolished one
 */
export async function saveElement(context: StandardsContext, id: string, body: BodyOf<typeof operations.saveElement>, caller: Caller): Promise<ElementItem> {
  const { revision, reason, ...content } = body
  const element: DataElement = { id, ...content, synonyms: [...new Set(content.synonyms.map((one) => one.trim()))] }
  const saved = await inTransaction(context.db, async (trx) => {
    await context.items.lock(trx)
    const before = await context.items.findElement(trx, id)
    if ((before?.revision ?? 0) !== revision) throw new AppError('request/conflict')
    if (before?.state === 'abolished') throw new AppError('standards/wrong-state', { state: before.state })
    const issues = checkElement(element, { codeList: (list) => context.registry.standard().lists.has(list) })
    if (issues.length > 0) throw new AppError('standards/invalid-element', { id }, issues)
    const base: ElementItem = before ?? { id, state: 'draft', version: 0, abolishedFrom: null, replacedBy: null, revision: 0, body: element, proposal: null, versions: [] }
    const after: ElementItem = base.state === 'draft'
      ? { ...base, body: element, revision: base.revision + 1 }
      : { ...base, state: 'revising', proposal: element, revision: base.revision + 1 }
    await context.items.save(trx, 'element', after, context.clock.now())
    await recordItem(trx, context, {
      key: keyOf('element', id), title: element.name, actor: caller.actor, reason, action: before === undefined ? 'drafted' : after.state === 'draft' ? 'changed' : 'proposed',
      detail: { state: [before?.state ?? null, after.state], changed: changedKeys(before?.proposal ?? before?.body, element) },
    })
    await context.items.tell(trx)
    return after
  })
  await context.registry.refresh()
  return saved
}

/** Names of the parts that differ. */
const changedKeys = (before: DataElement | undefined, after: DataElement): string[] =>
  before === undefined ? [] : Object.entries(after).filter(([key, value]) => JSON.stringify(before[key as keyof DataElement]) !== JSON.stringify(value)).map(([key]) => key) // its own keys
