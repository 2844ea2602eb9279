import { inTransaction } from '@datong/metadata-store'
import { CERTAIN_CONFIDENCE, foldName } from '@datong/standards'
import type { StandardsContext } from '../context.ts'
import { measureEntry } from './measure-entry.ts'

/**
 * An entry was changed or published: what people confirmed otherwise than it was suggested, or without a certain suggestion, is learnt as
 * the department's own name of the element, and the entry is measured by it.
 */
export async function takeConfirmed(context: StandardsContext, entryCode: string): Promise<void> {
  const entry = await context.entryOf(entryCode)
  if (entry === undefined) return
  const measured = await context.mappings.find(entryCode)
  const before = new Map(measured?.fields.map((field) => [field.name, field]))
  const elements = new Map(context.registry.inForce().map((element) => [element.id, element]))
  const fresh = entry.fields.flatMap(({ name, element }) => {
    const known = element === null ? undefined : elements.get(element)
    if (known === undefined) return []
    const folded = foldName(name)
    const [best] = before.get(name)?.candidates ?? []
    const suggested = best !== undefined && best.element === known.id && best.confidence >= CERTAIN_CONFIDENCE
    const named = [known.name, ...known.synonyms].some((one) => foldName(one) === folded)
    return suggested || named || folded === '' ? [] : [{ organisation: entry.organisation, name: folded, element: known.id, shown: name, entry_code: entryCode, learnt_at: context.clock.now() }]
  })
  if (fresh.length > 0) await inTransaction(context.db, (trx) => context.mappings.learn(trx, fresh))
  const same = measured !== undefined && measured.title === entry.title && measured.organisation === entry.organisation && measured.version === entry.version
    && measured.fields.length === entry.fields.length && entry.fields.every(({ name, element }) => {
      const field = before.get(name)
      return field !== undefined && (element === null ? !field.confirmed : field.element === element)
    })
  if (!same) await measureEntry(context, entryCode)
}
