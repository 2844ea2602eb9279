import type { Field } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import type { DomainEvents } from '../../../platform/events.ts'
import type { CatalogContext } from '../context.ts'
import { same } from '../revisions/same.ts'
import { PLATFORM } from './describe-entry.ts'
import { recordChange } from './record-change.ts'

/** From here on a suggested data element counts until a person says otherwise. */
const SURE = 0.9

/**
 * Takes what standards found about the fields: which data elements they are, and how far they keep to them. A sure
 * suggestion is taken the first time; what people said about a field stays.
 */
export async function takeMapping(context: CatalogContext, event: DomainEvents['standards.fields-mapped']): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const before = await context.entries.lock(trx, event.entryCode)
    // A mapping of fields that are no longer there comes too late.
    if (before === undefined || (event.version !== null && before.version !== event.version)) return
    const found = new Map(event.fields.map((field) => [field.name, field]))
    const fields = before.fields.map((field): Field => {
      const mapping = found.get(field.name)
      if (mapping === undefined) return field
      const { element, confidence, reasons, codeList } = mapping
      const first = field.elementSuggestion === null && field.element === null && confidence >= SURE
      return {
        ...field,
        elementSuggestion: element === null ? null : { element, confidence, reasons },
        ...(first ? { element, codeList: field.codeList ?? codeList } : {}),
      }
    })
    if (same(fields, before.fields) && before.conformity === event.conformity) return
    const entry = await context.entries.update(trx, before, { fields, conformity: event.conformity, changedAt: context.clock.now() })
    await recordChange(trx, context, {
      entry, actor: PLATFORM, action: 'mapped',
      detail: { conformity: event.conformity, elements: fields.flatMap(({ name, element }) => (element === null ? [] : [{ name, element }])) },
    })
    if (entry.state === 'published') await context.events.publish(trx, 'catalog.entry-changed', { entryCode: entry.code })
  })
}
