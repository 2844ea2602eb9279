import type { Actor, BodyOf, operations } from '@datong/contracts'
import { AppError, type Issue, uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { ListsDeps } from '../context.ts'
import type { NegativeRow, NegativeStore } from './negative-store.ts'

export interface NegativeContext extends ListsDeps {
  readonly negatives: NegativeStore
}

const CATALOGUE: Actor = { kind: 'system', id: 'lists:negative', name: '负面清单', organisation: null }
const aboutOf = (row: NegativeRow, title: string) => ({ subject: { type: 'negative-item', id: row.id }, title, organisation: row.organisation }) as const
const mayTouch = (caller: Caller, organisation: string): boolean => holds(caller, 'steward') || (holds(caller, 'provider') && caller.organisation === organisation)

/**
 * Puts an entry or some of its fields on the list; its review comes round by the setting.
 * @throws AppError `request/not-found`, `request/invalid` for fields that the entry does not have, `lists/known-item`
 */
export async function addNegativeItem(context: NegativeContext, body: BodyOf<typeof operations.addNegativeItem>, caller: Caller): Promise<NegativeRow> {
  const entry = await context.catalog.requireVisible(body.entryCode, caller)
  if (!mayTouch(caller, entry.organisation)) throw new AppError('request/not-found')
  const known = new Set(entry.fields.map(({ name }) => name))
  const issues = body.fields.flatMap((field, index): Issue[] => (known.has(field) ? [] : [{ pointer: `/fields/${index}`, code: 'unknown-field', message: `没有信息项“${field}”` }]))
  if (issues.length > 0) throw new AppError('request/invalid', {}, issues)
  return inTransaction(context.db, (trx) => put(trx, context, entry, body, caller.actor))
}

async function put(trx: Trx, context: NegativeContext, entry: EntryRecord, item: Pick<NegativeRow, 'fields' | 'against' | 'ground'> & { readonly legalBasis: string }, actor: Actor): Promise<NegativeRow> {
  const now = context.clock.now()
  const alike = (await context.negatives.of(entry.code, trx)).some((row) => row.against === item.against && row.fields.join('\n') === item.fields.join('\n'))
  if (alike) throw new AppError('lists/known-item', { item: entry.title })
  const id = uuidv7(context.clock, context.random)
  const about = { subject: { type: 'negative-item', id }, title: entry.title, organisation: entry.organisation } as const
  const clock = await context.catalog.clocks.begin(trx, 'negative-review', about, { note: item.legalBasis })
  const row = await context.negatives.insert(trx, {
    id, organisation: entry.organisation, entry_code: entry.code, fields: [...item.fields], against: item.against, ground: item.ground, legal_basis: item.legalBasis.trim(),
    state: 'in-force', reviewed_at: now, review_due_at: clock.due_at, made_at: now,
  })
  await record(trx, context, row, entry.title, 'added', actor)
  return row
}

/**
 * Says that the ground of an item still holds, for another round, or lifts it.
 * @throws AppError `request/not-found`, `access/forbidden`, `lists/wrong-state`, `lists/still-forbidden`
 */
export async function actOnNegativeItem(
  context: NegativeContext, id: string, action: 'review' | 'lift', body: BodyOf<typeof operations.actOnNegativeItem>, caller: Caller,
): Promise<NegativeRow> {
  return inTransaction(context.db, async (trx) => {
    const before = await context.negatives.lock(trx, id)
    if (before === undefined || !mayTouch(caller, before.organisation)) throw new AppError('request/not-found')
    if (action === 'lift' && !holds(caller, 'steward')) throw new AppError('access/forbidden', { operation: 'lift' })
    if (before.state !== 'in-force') throw new AppError('lists/wrong-state', { action, state: before.state })
    const entry = await context.catalog.find(before.entry_code, trx)
    if (action === 'lift' && needsItem(entry) && before.fields.length === 0) throw new AppError('lists/still-forbidden', { code: before.entry_code })
    const title = entry?.title ?? before.entry_code
    await context.catalog.clocks.stop(trx, 'negative-review', { type: 'negative-item', id }, { dropped: action === 'lift' })
    const due = action === 'review' ? (await context.catalog.clocks.begin(trx, 'negative-review', aboutOf(before, title), { note: body.legalBasis ?? before.legal_basis })).due_at : null
    const row = await context.negatives.update(trx, id, action === 'lift'
      ? { state: 'lifted', review_due_at: null }
      : { reviewed_at: context.clock.now(), review_due_at: due, ground: body.ground ?? before.ground, legal_basis: body.legalBasis ?? before.legal_basis })
    await record(trx, context, row, title, action === 'lift' ? 'lifted' : 'reviewed', caller.actor, { reason: body.reason })
    return row
  })
}

/** 不予共享 that is in the catalogue stands in the list, with the ground that the entry gives. */
const needsItem = (entry: EntryRecord | undefined): boolean => entry?.state === 'published' && entry.sharingType === 'not-shared'

/** Follows an entry: one that is published as 不予共享 gets its item, one that is shared again or ended loses those that were made so. May be repeated. */
export async function followEntry(context: NegativeContext, code: string): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const entry = await context.catalog.find(code, trx)
    const items = await context.negatives.of(code, trx)
    const whole = items.find(({ fields, against }) => fields.length === 0 && against !== 'opening')
    if (entry !== undefined && needsItem(entry) && whole === undefined) {
      await put(trx, context, entry, { fields: [], against: 'sharing', ground: null, legalBasis: entry.legalBasis.trim() || '（条目未写明依据）' }, CATALOGUE)
    }
    // Without a ground somebody said, it was made by this: what is shared again needs it no more.
    const over = entry === undefined || entry.state === 'withdrawn' ? items : whole?.ground === null && !needsItem(entry) ? [whole] : []
    for (const row of over) {
      await context.catalog.clocks.stop(trx, 'negative-review', { type: 'negative-item', id: row.id }, { dropped: true })
      await record(trx, context, await context.negatives.update(trx, row.id, { state: 'lifted', review_due_at: null }), entry?.title ?? code, 'lifted', CATALOGUE)
    }
  })
}

async function record(trx: Trx, { evidence }: ListsDeps, row: NegativeRow, title: string, verb: string, actor: Actor, detail: Record<string, unknown> = {}): Promise<void> {
  await evidence.record(trx, {
    chain: 'decision', action: `lists.negative.${verb}`, actor, parties: [row.organisation], subject: { type: 'negative-item', id: row.id, title },
    detail: { entryCode: row.entry_code, fields: row.fields, against: row.against, ground: row.ground, legalBasis: row.legal_basis, ...detail },
  })
}
