import type { Actor, Field } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import type { FieldSchema } from '@datong/data-engine'
import { stricter } from '@datong/kernel'
import type { DomainEvents } from '../../../platform/events.ts'
import type { CatalogContext } from '../context.ts'
import { gradeOf } from './entry.ts'
import { recordChange } from './record-change.ts'

/** Who describes when nobody does. */
export const PLATFORM: Actor = { kind: 'system', id: 'datong', name: '达通平台', organisation: null }

/** Takes the fields of a new version into the entry; what people confirmed about a field of the same name stays. */
export async function takeVersion(context: CatalogContext, event: DomainEvents['collection.version-made']): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const before = await context.entries.lock(trx, event.entryCode)
    if (before === undefined || (before.version ?? 0) >= event.version) return
    const known = new Map(before.fields.map((field) => [field.name, field]))
    const fields = event.fields.map((schema) => fieldOf(schema, known.get(schema.name)))
    const entry = await context.entries.update(trx, before, {
      fields, grade: gradeOf(fields), version: event.version, rowCount: event.rowCount,
      dataUpdatedAt: new Date(event.at), changedAt: context.clock.now(),
    })
    await recordChange(trx, context, {
      entry, actor: PLATFORM, action: 'version-taken', detail: { version: event.version, rows: event.rowCount, fields: fields.length },
    })
  })
}

/** A rollback, or an older version chosen: the entry shows that one. */
export async function useVersion(context: CatalogContext, event: DomainEvents['collection.version-used']): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const before = await context.entries.lock(trx, event.entryCode)
    if (before === undefined || before.version === event.version) return
    const entry = await context.entries.update(trx, before, {
      fields: before.fields, version: event.version, rowCount: event.rowCount, dataUpdatedAt: new Date(event.at), changedAt: context.clock.now(),
    })
    await recordChange(trx, context, { entry, actor: PLATFORM, action: 'version-taken', detail: { version: event.version, rows: event.rowCount } })
  })
}

/** The version in use was held against its rules again: its stars are others. */
export async function takeStars(context: CatalogContext, { entryCode, version, stars }: DomainEvents['quality.version-rescored']): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const before = await context.entries.lock(trx, entryCode)
    if (before === undefined || before.version !== version || before.stars === stars) return
    const entry = await context.entries.update(trx, before, { fields: before.fields, stars, changedAt: before.changedAt })
    await recordChange(trx, context, { entry, actor: PLATFORM, action: 'rescored', detail: { version, stars } })
    if (entry.state === 'published') await context.events.publish(trx, 'catalog.entry-changed', { entryCode })
  })
}

/** Takes suggested grades, masks and the identifier. A person's earlier choice for a field is kept. */
export async function takeSuggestions(context: CatalogContext, event: DomainEvents['protection.fields-graded']): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const before = await context.entries.lock(trx, event.entryCode)
    if (before === undefined) return
    const suggestions = new Map(event.fields.map((field) => [field.name, field]))
    const identified = before.fields.some((field) => field.identifier)
    const identifier = event.identifierCandidates[0]
    const fields = before.fields.map((field): Field => {
      const suggestion = suggestions.get(field.name)
      if (suggestion === undefined) return field
      const { name: _, ...found } = suggestion
      const fresh = field.suggestion === null
      return {
        ...field,
        suggestion: found,
        // What a view is made of binds also what people said before.
        grade: fresh ? suggestion.grade : suggestion.floor === undefined ? field.grade : stricter(field.grade, suggestion.floor),
        masking: fresh ? suggestion.masking : field.masking,
        identifier: identified ? field.identifier : field.name === identifier,
      }
    })
    const entry = await context.entries.update(trx, before, { fields, grade: gradeOf(fields), stars: event.stars, changedAt: context.clock.now() })
    await recordChange(trx, context, {
      entry, actor: PLATFORM, action: 'described',
      detail: { grade: entry.grade, stars: event.stars, sensitive: event.fields.filter((field) => field.recognizer !== null).map(({ name, recognizer }) => ({ name, recognizer })) },
    })
    await context.events.publish(trx, 'catalog.entry-described', { entryCode: event.entryCode, version: event.version, loadId: event.loadId })
    if (entry.state === 'published') await context.events.publish(trx, 'catalog.entry-changed', { entryCode: event.entryCode })
  })
}

const fieldOf = (schema: FieldSchema, known: Field | undefined): Field => ({
  name: schema.name,
  type: schema.type,
  precision: schema.precision ?? null,
  scale: schema.scale ?? null,
  maxLength: known?.maxLength ?? null,
  description: known?.description ?? '',
  unit: known === undefined ? unitIn(schema) : known.unit,
  element: known?.element ?? null,
  codeList: known?.codeList ?? null,
  elementSuggestion: known?.elementSuggestion ?? null,
  grade: known?.grade ?? 'internal',
  suggestion: known?.suggestion ?? null,
  masking: known?.masking ?? null,
  identifier: known?.identifier ?? false,
  ...(known?.owner === undefined ? {} : { owner: known.owner }),
})

/** The unit that the name of a number ends with: `金额（万元）`, `weight (kg)`. */
const unitIn = ({ name, type }: FieldSchema): string | null =>
  type === 'integer' || type === 'decimal' ? /[（(]\s*([^（()）]{1,40}?)\s*[）)]$/.exec(name)?.[1] ?? null : null
