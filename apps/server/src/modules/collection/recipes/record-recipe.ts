import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { CollectionContext } from '../context.ts'

/** Writes the evidence of what happened to the recipe of an entry, in the transaction of the change. */
export async function recordRecipe(
  trx: Trx, { evidence }: Pick<CollectionContext, 'evidence'>,
  change: { entry: { readonly code: string; readonly title: string; readonly organisation: string }; actor: Actor; action: 'saved' | 'chosen' | 'previewed' | 'moved'; detail: Record<string, unknown> },
): Promise<void> {
  const { entry, actor, action, detail } = change
  await evidence.record(trx, {
    chain: 'decision', action: `collection.recipe.${action}`, actor, parties: [entry.organisation], subject: { type: 'recipe', id: entry.code, title: entry.title }, detail,
  })
}
