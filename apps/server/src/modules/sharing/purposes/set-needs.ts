import type { BodyOf, operations } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { type PurposesContext, recordPurpose } from './context.ts'
import type { PurposeRow } from './purpose-store.ts'

type Body = BodyOf<typeof operations.setPurposeNeeds>

/**
 * Sets which fields a purpose needs, of one entry or of whatever entry; what was set there before goes.
 * @throws AppError `request/not-found`, `request/conflict`, `sharing/invalid-purpose` with all issues
 */
export async function setNeeds(context: PurposesContext, code: string, body: Body, caller: Caller): Promise<PurposeRow> {
  const entry = body.entryCode === null ? null : await context.catalog.requireVisible(body.entryCode, caller)
  const issues = issuesOf(body, entry?.fields.map(({ name }) => name))
  if (issues.length > 0) throw new AppError('sharing/invalid-purpose', { code }, issues)
  return inTransaction(context.db, async (trx) => {
    const before = await context.purposes.lock(trx, code)
    if (before === undefined) throw new AppError('request/not-found')
    if (before.revision !== body.revision) throw new AppError('request/conflict')
    const place = entry?.code ?? ''
    const old = await context.purposes.words(code, place, trx)
    await context.purposes.setWords(trx, code, place, new Map(body.items.map(({ field, need, reason }) => [field, { need, reason }])))
    const after = await context.purposes.update(trx, before, { changed_at: context.clock.now() })
    await recordPurpose(trx, context, {
      purpose: after, actor: caller.actor, action: 'needs-set', reason: body.reason,
      detail: { entryCode: entry?.code ?? null, before: Object.fromEntries([...old].map(([field, { need }]) => [field, need])), after: Object.fromEntries(body.items.map(({ field, need }) => [field, need])) },
    })
    return after
  })
}

function issuesOf({ items }: Body, known: readonly string[] | undefined): Issue[] {
  const seen = new Set<string>()
  return items.flatMap(({ field }, index): Issue[] => {
    const pointer = `/items/${index}/field`
    const twice = seen.has(field)
    seen.add(field)
    return [
      ...(twice ? [{ pointer, code: 'twice', message: `信息项“${field}”写了两次` }] : []),
      ...(known === undefined || known.includes(field) ? [] : [{ pointer, code: 'unknown-field', message: `条目没有信息项“${field}”` }]),
    ]
  })
}
