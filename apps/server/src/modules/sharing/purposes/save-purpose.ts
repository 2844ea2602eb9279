import type { BodyOf, operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { type PurposesContext, recordPurpose } from './context.ts'
import type { PurposeRow } from './purpose-store.ts'

/**
 * Adds a purpose (revision 0) or changes one.
 * @throws AppError `request/conflict` when it is at another revision, or there already
 */
export async function savePurpose(context: PurposesContext, code: string, body: BodyOf<typeof operations.savePurpose>, caller: Caller): Promise<PurposeRow> {
  const { nameEn, legalBasis, reason, revision, ...same } = body
  return inTransaction(context.db, async (trx) => {
    const before = await context.purposes.lock(trx, code)
    if ((before?.revision ?? 0) !== revision) throw new AppError('request/conflict')
    const content = { ...same, name_en: nameEn, legal_basis: legalBasis, changed_at: context.clock.now() }
    const after = before === undefined
      ? await context.purposes.insert(trx, { code, ...content, revision: 1 })
      : await context.purposes.update(trx, before, content)
    await recordPurpose(trx, context, {
      purpose: after, actor: caller.actor, action: before === undefined ? 'added' : 'changed', reason,
      detail: { name: after.name, legalBasis, words: after.words, state: [before?.state ?? null, after.state] },
    })
    return after
  })
}
