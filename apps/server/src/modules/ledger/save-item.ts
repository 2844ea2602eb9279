import type { Actor, BodyOf, operations } from '@datong/contracts'
import { AppError, type Issue, uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { type Caller, holds } from '../../platform/caller.ts'
import type { LedgerContext } from './deps.ts'
import type { ItemRow } from './tables.ts'

type Added = BodyOf<typeof operations.addToLedger>
type Changed = BodyOf<typeof operations.changeLedgerItem>

/** A provider keeps his own department's resources, the steward all. */
export const mayEdit = (caller: Caller, organisation: string): boolean =>
  holds(caller, 'steward') || (holds(caller, 'provider') && caller.organisation === organisation)

/** @throws AppError `access/forbidden`, `ledger/invalid-item` with all issues */
export function addItem(context: LedgerContext, body: Added, caller: Caller): Promise<ItemRow> {
  const { store, clock, random } = context
  if (!mayEdit(caller, body.organisation)) throw new AppError('access/forbidden', { operation: 'addToLedger' })
  return inTransaction(context.db, async (trx) => {
    await check(trx, context, body, null, caller)
    const { entryCodes, ...rest } = body
    const row = await store.insert(trx, { ...columnsOf(rest), id: uuidv7(clock, random), changed_at: clock.now(), changed_by: caller.actor.name })
    await store.setEntries(trx, row.id, entryCodes)
    await recordItem(trx, context, { row, actor: caller.actor, action: 'entered', entryCodes })
    return row
  })
}

/** @throws AppError `request/not-found`, `request/conflict`, `access/forbidden`, `ledger/invalid-item` with all issues */
export function changeItem(context: LedgerContext, id: string, { reason = '', revision, ...body }: Changed, caller: Caller): Promise<ItemRow> {
  const { store, clock } = context
  return inTransaction(context.db, async (trx) => {
    const before = await store.lock(trx, id)
    if (before === undefined || !mayEdit(caller, before.organisation)) throw new AppError('request/not-found')
    if (revision !== undefined && revision !== before.revision) throw new AppError('request/conflict')
    // To hand a resource over to another department is the steward's.
    if (body.organisation !== undefined && !mayEdit(caller, body.organisation)) throw new AppError('access/forbidden', { operation: 'changeLedgerItem' })
    await check(trx, context, body, before, caller)
    const { entryCodes, ...rest } = body
    const row = await store.update(trx, id, { ...columnsOf(rest), changed_at: clock.now(), changed_by: caller.actor.name })
    if (entryCodes !== undefined) await store.setEntries(trx, id, entryCodes)
    await recordItem(trx, context, { row, actor: caller.actor, action: before.state === row.state ? 'changed' : row.state, reason, changed: Object.keys(body), ...(entryCodes ? { entryCodes } : {}) })
    return row
  })
}

async function check(trx: Trx, { store, catalog, organisations }: LedgerContext, body: Changed, before: ItemRow | null, caller: Caller): Promise<void> {
  const issues: Issue[] = []
  if (body.organisation !== undefined && !organisations.has(body.organisation)) issues.push({ pointer: '/organisation', code: 'unknown-organisation', message: '没有这个部门' })
  const known = new Map((await catalog.findMany(body.entryCodes ?? [])).filter((entry) => catalog.isVisible(entry, caller)).map((entry) => [entry.code, entry]))
  const linked = before === null ? [] : ((await store.entriesOf([before.id])).get(before.id) ?? [])
  body.entryCodes?.forEach((code, index) => {
    // What stands there already may stay, also when it was withdrawn since.
    if (!known.has(code) && !linked.includes(code)) issues.push({ pointer: `/entryCodes/${index}`, code: 'unknown-entry', message: `没有目录条目 ${code}` })
  })
  if (body.partOf !== undefined && body.partOf !== null) {
    const above = await store.above(trx, body.partOf)
    const parent = above.length === 0 ? undefined : await store.find(body.partOf)
    if (parent === undefined || !(holds(caller, 'steward') || parent.organisation === caller.organisation)) issues.push({ pointer: '/partOf', code: 'unknown-item', message: '没有这项资源' })
    else if (before !== null && above.includes(before.id)) issues.push({ pointer: '/partOf', code: 'circle', message: '资源不能从属于自身' })
  }
  if (typeof body.yearlyCost === 'number' && Math.round(body.yearlyCost * 100) / 100 !== body.yearlyCost) issues.push({ pointer: '/yearlyCost', code: 'below-a-cent', message: '费用最多两位小数' })
  const capacity = body.capacity === undefined ? before?.capacity : body.capacity
  const used = body.used === undefined ? before?.used : body.used
  if (typeof capacity === 'number' && typeof used === 'number' && used > capacity) issues.push({ pointer: '/used', code: 'above-capacity', message: '已用量大于总量' })
  if (issues.length > 0) throw new AppError('ledger/invalid-item', {}, issues)
}

function columnsOf<T extends Omit<Changed, 'entryCodes' | 'reason' | 'revision'>>({ partOf, protectionLevel, yearlyCost, ...same }: T) {
  return {
    ...same,
    ...(partOf === undefined ? {} : { part_of: partOf }),
    ...(protectionLevel === undefined ? {} : { protection_level: protectionLevel }),
    ...(yearlyCost === undefined ? {} : { yearly_cost: yearlyCost }),
  }
}

/** The evidence of what was done to a resource. */
export async function recordItem(
  trx: Trx, { evidence }: LedgerContext,
  { row, actor, action, ...detail }: { row: ItemRow; actor: Actor; action: string; reason?: string; changed?: string[]; entryCodes?: readonly string[] },
): Promise<void> {
  await evidence.record(trx, {
    chain: 'decision', action: `ledger.item.${action}`, actor, parties: [row.organisation],
    subject: { type: 'ledger-item', id: row.id, title: row.name },
    detail: { kind: row.kind, state: row.state, revision: row.revision, ...detail },
  })
}
