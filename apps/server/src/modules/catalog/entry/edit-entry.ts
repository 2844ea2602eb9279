import type { BodyOf, operations } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { CatalogContext } from '../context.ts'
import { allowedActions } from '../life-cycle/life-cycle.ts'
import { relationIssues } from '../relations/check-relations.ts'
import { changedKeys, differencesOf } from '../revisions/differences.ts'
import { requireVisible, sightOf } from '../visibility.ts'
import { changeCode } from './change-code.ts'
import { loosened, wrongValues } from './check-edit.ts'
import { releaseRisks } from './check-entry.ts'
import { type EntryRecord, gradeOf } from './entry.ts'
import { gradesWithoutReason, patchFields } from './patch-fields.ts'
import { recordChange } from './record-change.ts'

type Wire = BodyOf<typeof operations.updateEntry>
/** What an edit says; an undo may also say that nothing was chosen yet. */
export type EntryPatch = Omit<Wire, 'sharingType' | 'openingType'> & { [Key in 'sharingType' | 'openingType']?: Wire[Key] | null }

/**
 * Confirms or changes a description. A provider may not loosen a published entry by himself: that goes through the
 * steward; a grade below the platform's suggestion needs a reason. Another classification gives a draft another code.
 * @throws AppError `request/not-found`, `access/forbidden`, `request/conflict`, `catalog/invalid-entry` with all issues,
 *   `catalog/unknown-classification`, `catalog/invalid-classification`, `catalog/wrong-state`
 */
export const editEntry = (context: CatalogContext, code: string, patch: EntryPatch, caller: Caller): Promise<EntryRecord> =>
  inTransaction(context.db, (trx) => editEntryIn(trx, context, code, patch, caller))

/** As `editEntry`, in the caller's transaction. */
export async function editEntryIn(trx: Trx, context: CatalogContext, code: string, patch: EntryPatch, caller: Caller): Promise<EntryRecord> {
  const { reason = '', revision, classification, relations } = patch
  let before = requireVisible(await context.entries.lock(trx, code), caller)
  if (!allowedActions(caller, before).includes('edit')) throw new AppError('access/forbidden', { operation: 'updateEntry' })
  if (revision !== undefined && revision !== before.revision) throw new AppError('request/conflict')
  const { wanted, issues } = wantedBy(context, before, patch, caller)
  if (relations !== undefined) issues.push(...await relationIssues(trx, context, before, relations, sightOf(caller)))
  if (issues.length > 0) throw new AppError('catalog/invalid-entry', { code }, issues)

  if (classification !== undefined && classification !== before.classification) before = await changeCode(trx, context, before, classification, caller)
  const { code: _, classification: __, ...changes } = wanted
  const after = await context.entries.update(trx, before, { ...changes, revision: before.revision, changedAt: context.clock.now() })
  const { fields: { changed } } = differencesOf(before, after)
  await recordChange(trx, context, { entry: after, actor: caller.actor, action: 'changed', reason, detail: { changed: changedKeys(before, after), fields: changed } })
  if (after.state === 'published') await context.events.publish(trx, 'catalog.entry-changed', { entryCode: after.code })
  return after
}

/** The description as it would be after an edit, and what is wrong with that; relations and the classification need the database. */
export function wantedBy(context: CatalogContext, before: EntryRecord, patch: EntryPatch, caller: Caller): { wanted: EntryRecord; issues: Issue[] } {
  const { reason = '', revision: _, fields: fieldPatches, classification: __, ...said } = patch
  const plain = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Partial<EntryRecord> // a part of its own argument
  const issues: Issue[] = []
  const fields = patchFields(before.fields, fieldPatches ?? [], context, issues)
  const wanted: EntryRecord = { ...before, ...plain, ...named(plain, context), fields, grade: gradeOf(fields) }
  issues.push(...gradesWithoutReason(before.fields, fields, reason), ...wrongValues(before, wanted, context))
  if (before.state === 'published') {
    issues.push(...releaseRisks(wanted))
    if (!holds(caller, 'steward')) issues.push(...loosened(before, wanted))
  }
  return { wanted, issues }
}

/** A division that was given by its code alone gets its name from the list. */
export function named({ spatial }: Pick<EntryPatch, 'spatial'>, { divisionName }: Pick<CatalogContext, 'divisionName'>): Pick<EntryPatch, 'spatial'> {
  if (!spatial || spatial.name.trim() !== '') return {}
  return { spatial: { ...spatial, name: divisionName?.(spatial.division) ?? '' } }
}
