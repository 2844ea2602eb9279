import type { BodyOf, Field, operations } from '@datong/contracts'
import { AppError, GRADES, type Issue } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { type Caller, holds } from '../../../platform/caller.ts'
import { releaseRisks } from './check-entry.ts'
import type { CatalogContext } from '../context.ts'
import { type EntryRecord, gradeOf } from './entry.ts'
import { allowedActions } from '../life-cycle/life-cycle.ts'
import { recordChange } from './record-change.ts'
import { requireVisible } from '../visibility.ts'

type Patch = BodyOf<typeof operations.updateEntry>

const weaker = (a: Field['grade'], b: Field['grade']): boolean => GRADES.indexOf(a) < GRADES.indexOf(b)

/**
 * Confirms or changes a description. A provider may not loosen a published entry by himself: that goes through the
 * steward; a grade below the platform's suggestion needs a reason.
 * @throws AppError `request/not-found`, `access/forbidden`, `request/conflict`, `catalog/invalid-entry` with all issues
 */
export async function editEntry(context: CatalogContext, code: string, patch: Patch, caller: Caller): Promise<EntryRecord> {
  const { reason = '', revision, fields: fieldPatches, ...plain } = patch
  const after = await inTransaction(context.db, async (trx) => {
    const before = requireVisible(await context.entries.lock(trx, code), caller)
    if (!allowedActions(caller, before).includes('edit')) throw new AppError('access/forbidden', { operation: 'updateEntry' })
    if (revision !== undefined && revision !== before.revision) throw new AppError('request/conflict')

    const issues: Issue[] = []
    const fields = applyFieldPatches(before.fields, fieldPatches ?? [], context, issues)
    const wanted: EntryRecord = { ...before, ...plain, fields, grade: gradeOf(fields) }
    issues.push(...gradesWithoutReason(before.fields, fields, reason))
    if (before.state === 'published') {
      issues.push(...releaseRisks(wanted))
      if (!holds(caller, 'steward')) issues.push(...loosened(before, wanted))
    }
    if (issues.length > 0) throw new AppError('catalog/invalid-entry', { code }, issues)

    const changed = Object.keys(plain)
    const entry = await context.entries.update(trx, before, { ...plain, fields, grade: wanted.grade, changedAt: context.clock.now() })
    await recordChange(trx, context, {
      entry, actor: caller.actor, action: 'changed', reason,
      detail: { changed: fieldPatches === undefined ? changed : [...changed, 'fields'], fields: differences(before.fields, fields) },
    })
    if (entry.state === 'published') await context.events.publish(trx, 'catalog.entry-changed', { entryCode: code })
    return entry
  })
  return after
}

function applyFieldPatches(fields: readonly Field[], patches: NonNullable<Patch['fields']>, { maskingMethods, organisations }: CatalogContext, issues: Issue[]): Field[] {
  const byName = new Map(patches.map((patch, index) => [patch.name, { ...patch, index }]))
  for (const { name, index, masking, owner } of byName.values()) {
    if (!fields.some((field) => field.name === name)) issues.push({ pointer: `/fields/${index}/name`, code: 'unknown-field', message: `没有信息项“${name}”` })
    if (masking !== undefined && masking !== null && !maskingMethods.includes(masking)) {
      issues.push({ pointer: `/fields/${index}/masking`, code: 'unknown-masking-method', message: `没有脱敏方法“${masking}”` })
    }
    // An organisation that is not known has its code for a name.
    if (owner !== undefined && owner !== null && organisations.ref(owner).name === owner) {
      issues.push({ pointer: `/fields/${index}/owner`, code: 'unknown-organisation', message: `没有部门“${owner}”` })
    }
  }
  return fields.map((field) => {
    const patch = byName.get(field.name)
    if (patch === undefined) return field
    return {
      ...field,
      description: patch.description ?? field.description,
      grade: patch.grade ?? field.grade,
      masking: patch.masking === undefined ? field.masking : patch.masking,
      identifier: patch.identifier ?? field.identifier,
      unit: patch.unit === undefined ? field.unit : patch.unit,
      element: patch.element === undefined ? field.element : patch.element,
      codeList: patch.codeList === undefined ? field.codeList : patch.codeList,
      maxLength: patch.maxLength === undefined ? field.maxLength : patch.maxLength,
      ...(patch.owner === undefined ? {} : { owner: patch.owner }),
    }
  })
}

function gradesWithoutReason(before: readonly Field[], after: readonly Field[], reason: string): Issue[] {
  if (reason.trim() !== '') return []
  return after.flatMap((field, index) => {
    const suggested = field.suggestion?.grade
    const lowered = suggested !== undefined && weaker(field.grade, suggested) && field.grade !== before[index]?.grade
    return lowered ? [{ pointer: `/fields/${index}/grade`, code: 'reason-needed', message: `“${field.name}”的分级低于系统建议，请说明理由` }] : []
  })
}

/** What a provider alone may not do to a published entry. */
function loosened(before: EntryRecord, after: EntryRecord): Issue[] {
  const issues: Issue[] = []
  const needsReview = (pointer: string): number => issues.push({ pointer, code: 'needs-review', message: '已发布条目的这一项须由数据主管部门修改' })
  for (const key of ['sharingType', 'sharingCondition', 'legalBasis', 'openingType'] as const) if (before[key] !== after[key]) needsReview(`/${key}`)
  after.fields.forEach((field, index) => {
    const old = before.fields[index]
    if (old === undefined) return
    if (weaker(field.grade, old.grade)) needsReview(`/fields/${index}/grade`)
    if (old.masking !== null && field.masking !== old.masking) needsReview(`/fields/${index}/masking`)
    if ((field.owner ?? null) !== (old.owner ?? null)) needsReview(`/fields/${index}/owner`)
  })
  return issues
}

const differences = (before: readonly Field[], after: readonly Field[]): unknown[] =>
  after.flatMap((field, index) => {
    const old = before[index]
    if (old === undefined || (old.grade === field.grade && old.masking === field.masking && old.identifier === field.identifier && old.owner === field.owner)) return []
    return [{ name: field.name, grade: [old.grade, field.grade], masking: [old.masking, field.masking], identifier: [old.identifier, field.identifier], owner: [old.owner ?? null, field.owner ?? null] }]
  })
