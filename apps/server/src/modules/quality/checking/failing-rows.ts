import { masksNothing } from '@datong/anonymisation'
import type { FailingRows } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { QualityContext } from '../context.ts'
import { requireRule } from '../rules/sight.ts'
import { type KeptRows, openRows } from './keep-rows.ts'

/**
 * Rows that failed a rule, as far as they were kept. The owner's provider officers see them whole, everybody else fields that are
 * public and delivered as they are. What is not public is recorded before it leaves.
 * @param version of the data; the newest that was checked when left out
 * @throws AppError `request/not-found`
 */
export async function failingRows(context: QualityContext, ruleId: string, version: number | undefined, caller: Caller): Promise<FailingRows> {
  const { rule, entry } = await requireRule(context, ruleId, caller)
  const outcome = await context.outcomes.withRows(ruleId, version)
  if (outcome === undefined) {
    if (version !== undefined) throw new AppError('request/not-found')
    return { version: null, failed: 0, fields: [], rows: [] }
  }
  const { failed } = outcome
  if (outcome.sealed === null) return { version: outcome.version, failed, fields: [], rows: [] }
  const kept = openRows(context, ruleId, outcome.version, outcome.sealed)
  const open = openFields(entry)
  const shown = new Set(context.catalog.owns(caller, entry) ? kept.fields : open)
  const restricted = kept.fields.filter((name) => shown.has(name) && !open.includes(name))
  if (restricted.length > 0) {
    // Who looks at personal data is known afterwards: recorded before they leave.
    await context.evidence.recordAccess({
      chain: 'access', action: 'quality.failing-rows.read', actor: caller.actor, parties: [entry.organisation], subject: { type: 'quality-rule', id: rule.id, title: rule.title },
      detail: { entryCode: entry.code, version: outcome.version, rows: kept.rows.length, fields: restricted },
    })
  }
  return {
    version: outcome.version, failed,
    fields: kept.fields.map((name) => ({ name, concerned: kept.concerned.includes(name), hidden: !shown.has(name) })),
    rows: kept.rows.map(([row, ...values]) => ({ row, values: values.map((value, index) => (shown.has(kept.fields[index] ?? '') ? value : null)) })),
  }
}

/** Fields whose values are for everybody: public, and delivered as they are. */
const openFields = (entry: Pick<EntryRecord, 'fields'>): string[] =>
  entry.fields.filter(({ grade, masking }) => grade === 'public' && masksNothing(masking)).map(({ name }) => name)

/** The rows as they were kept, whoever asks. */
export async function openKept(context: Pick<QualityContext, 'outcomes' | 'sealer'>, ruleId: string, version: number): Promise<KeptRows | undefined> {
  const outcome = await context.outcomes.withRows(ruleId, version)
  return outcome === undefined || outcome.sealed === null ? undefined : openRows(context, ruleId, version, outcome.sealed)
}
