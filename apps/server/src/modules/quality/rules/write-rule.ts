import type { Actor, BodyOf, operations, QualityRuleDraft } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { queueCheck } from '../checking/check-job.ts'
import type { QualityContext } from '../context.ts'
import { type Drafted, fingerprintOf, requireSound } from './draft.ts'
import { requireKept, requireRule } from './sight.ts'

/** Writes the evidence of what happened to a rule. */
export async function recordRule(
  trx: Trx, { evidence }: Pick<QualityContext, 'evidence'>,
  change: { id: string; title: string; entryCode: string; organisation: string; actor: Actor; action: string; detail: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { id, title, entryCode, organisation, actor, action, detail } = change
  await evidence.record(trx, {
    chain: 'decision', action: `quality.rule.${action}`, actor, parties: [...new Set([organisation, actor.organisation])].filter((code) => code !== null),
    subject: { type: 'quality-rule', id, title }, detail: { entryCode, ...detail },
  })
}

const contentRow = (drafted: Drafted, actor: Actor, at: Date) => {
  const { title, titleTyped, field, dimension, parameters, severity, toleranceShare, note, origin } = drafted
  return {
    title, title_typed: titleTyped, field, dimension, parameters: JSON.stringify(parameters), severity, tolerance_share: toleranceShare, note, origin,
    fingerprint: fingerprintOf(drafted), changed_at: at, changed_by: JSON.stringify(actor),
  }
}

/** What evidence says of a rule: what it asks, not what it found. */
const detailOf = ({ kind, field, parameters, severity, toleranceShare }: Drafted) => ({ kind, field, parameters, severity, toleranceShare })

/** Makes a rule of an entry in the caller's transaction. */
export async function addRule(trx: Trx, context: QualityContext, entry: { code: string; organisation: string }, drafted: Drafted, actor: Actor): Promise<string> {
  const id = uuidv7(context.clock, context.random)
  const at = context.clock.now()
  await context.rules.insert(
    trx, { id, entry_code: entry.code, kind: drafted.kind, state: 'active', version: 1, revision: 0, created_at: at }, { rule_id: id, version: 1, ...contentRow(drafted, actor, at) },
  )
  await recordRule(trx, context, { id, title: drafted.title, entryCode: entry.code, organisation: entry.organisation, actor, action: 'made', detail: { ...detailOf(drafted), origin: drafted.origin } })
  return id
}

/** Writes a rule for an entry, and holds the version in use against it. @throws AppError `request/not-found`, `quality/invalid-rule` */
export async function createRule(context: QualityContext, code: string, body: QualityRuleDraft, caller: Caller): Promise<string> {
  const entry = await requireKept(context, code, caller)
  const drafted = await requireSound(context, entry, body, caller)
  return inTransaction(context.db, async (trx) => {
    await context.rules.lockEntry(trx, entry.code)
    const id = await addRule(trx, context, entry, drafted, caller.actor)
    await queueCheck(trx, context, entry.code)
    return id
  })
}

/**
 * Writes a new version of a rule; what older versions found stays as it was found.
 * @throws AppError `request/not-found`, `request/conflict`, `quality/wrong-state`, `quality/invalid-rule`
 */
export async function changeRule(context: QualityContext, id: string, body: BodyOf<typeof operations.changeQualityRule>, caller: Caller): Promise<void> {
  const { rule } = await requireRule(context, id, caller)
  const entry = await requireKept(context, rule.entry_code, caller)
  const { revision, ...content } = body
  const drafted = { ...(await requireSound(context, entry, { ...content, kind: rule.kind }, caller)), origin: rule.origin }
  await inTransaction(context.db, async (trx) => {
    await context.rules.lockEntry(trx, entry.code)
    const before = await context.rules.lock(trx, id)
    if (before === undefined || before.revision !== revision) throw new AppError('request/conflict')
    if (before.state === 'retired') throw new AppError('quality/wrong-state', { state: before.state })
    const version = before.version + 1
    await context.rules.addVersion(trx, { rule_id: id, version, ...contentRow(drafted, caller.actor, context.clock.now()) })
    await context.rules.update(trx, before, { version })
    await recordRule(trx, context, { id, title: drafted.title, entryCode: entry.code, organisation: entry.organisation, actor: caller.actor, action: 'changed', detail: { version, ...detailOf(drafted) } })
    await queueCheck(trx, context, entry.code)
  })
}
