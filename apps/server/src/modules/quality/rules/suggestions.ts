import type { operations, ParamsOf, ResponseOf, RuleParameters, RuleSuggestion } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { definitionOf, suggestRules, withDefaults } from '@datong/quality-rules'
import type { Caller } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import { queueCheck } from '../checking/check-job.ts'
import type { QualityContext } from '../context.ts'
import { type Drafted, fingerprintOf, titleOf } from './draft.ts'
import { factsFor, recognisedIn } from './facts.ts'
import { requireKept } from './sight.ts'
import { addRule } from './write-rule.ts'

interface Suggested {
  readonly drafted: Drafted
  readonly view: RuleSuggestion
}

/** What fits the version in use and is not yet a rule of the entry; what was turned down is not suggested again. */
async function suggestedFor(context: QualityContext, entry: EntryRecord): Promise<{ items: Suggested[]; version: number | null }> {
  const data = await context.collection.lake.current(entry.code)
  const figures = data === undefined ? undefined : await context.store.find(entry.code, data.number)
  if (data === undefined || figures === undefined) return { items: [], version: null }
  const facts = await factsFor(context, entry, {
    schema: data.fields, rows: data.rowCount, profile: figures.profile, recognised: recognisedIn(entry), keys: figures.identifier_candidates, version: data.number,
  })
  const [rules, dismissed] = await Promise.all([context.rules.ofEntry(entry.code), context.rules.dismissedOf(entry.code)])
  // A rule that somebody made stricter or milder is still the same rule on the same field.
  const taken = new Set(rules.map(({ kind, field }) => `${kind}\n${field ?? ''}`))
  const items = suggestRules(facts).flatMap((suggestion): Suggested[] => {
    const { rule: kind, field, severity, toleranceShare, reason, baseline } = suggestion
    const { dimension, titleZh, parameters: specs } = definitionOf(kind)
    const parameters = { ...withDefaults(specs, suggestion.parameters) } as RuleParameters // lists are not frozen on the wire
    const key = fingerprintOf({ kind, field, parameters })
    if (taken.has(`${kind}\n${field ?? ''}`) || dismissed.has(key)) return []
    const drafted: Drafted = { kind, dimension, title: titleOf(titleZh, field), titleTyped: false, field, parameters, severity, toleranceShare, note: '', origin: 'suggested' }
    const { title } = drafted
    return [{ drafted, view: { key, kind, dimension, title, field, parameters, severity, toleranceShare, baseline, reason: reason.kind, because: [...reason.params] } }]
  })
  return { items, version: data.number }
}

export async function suggestionsFor(context: QualityContext, entry: EntryRecord): Promise<ResponseOf<typeof operations.suggestRules>> {
  const { items, version } = await suggestedFor(context, entry)
  return { items: items.map(({ view }) => view), version }
}

/**
 * Takes suggested rules, or turns them down; what is not suggested any more is passed over.
 * @returns how many were decided @throws AppError `request/not-found` for foreign entries, and when none of the keys is suggested
 */
export async function decideSuggestions(context: QualityContext, { code, decision }: ParamsOf<typeof operations.decideSuggestions>, keys: readonly string[], caller: Caller): Promise<number> {
  const entry = await requireKept(context, code, caller)
  return inTransaction(context.db, async (trx) => {
    await context.rules.lockEntry(trx, entry.code)
    const chosen = (await suggestedFor(context, entry)).items.filter(({ view }) => keys.includes(view.key))
    if (chosen.length === 0) throw new AppError('request/not-found')
    if (decision === 'dismiss') {
      const at = context.clock.now()
      await context.rules.dismiss(trx, chosen.map(({ view }) => ({ entry_code: entry.code, fingerprint: view.key, at, by: JSON.stringify(caller.actor) })))
      return chosen.length
    }
    for (const { drafted } of chosen) await addRule(trx, context, entry, drafted, caller.actor)
    await queueCheck(trx, context, entry.code)
    return chosen.length
  })
}
