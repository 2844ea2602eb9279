import { inTransaction } from '@datong/metadata-store'
import { addCounts, CERTAIN_CONFIDENCE, conformityOf, conformityShare, type ConformityCounts, type FieldContent, foldName, type Learnt, writeReason } from '@datong/standards'
import { setImmediate } from 'node:timers/promises'
import type { EntryToMap, StandardsContext } from '../context.ts'
import type { MeasuredField } from '../tables.ts'

/**
 * Maps each field of an entry to a data element and measures how far it keeps to it; tells the catalogue when anything is otherwise
 * than before. Looks at values, keeps none.
 * @param version of the data to look at; the entry's current one when left out
 */
export async function measureEntry(context: StandardsContext, entryCode: string, version?: number): Promise<void> {
  const entry = await context.entryOf(entryCode)
  if (entry === undefined) return
  const number = version ?? entry.version
  const contents = new Map((number === null ? undefined : await context.contentOf(entryCode, number))?.map((content) => [content.name, content]))
  const known = new Set(entry.fields.map(({ name }) => name))
  // The catalogue has not taken the fields of this version yet: the event comes again.
  if (version !== undefined && ![...contents.keys()].every((name) => known.has(name))) throw new Error(`the catalogue has not taken version ${version} of ${entryCode} yet`)
  const learnt = await context.mappings.learnt(entry.fields.map(({ name }) => foldName(name)), entry.organisation)
  const fields: MeasuredField[] = []
  for (const field of entry.fields) {
    fields.push(measureField(context, field, contents.get(field.name), learnt))
    await setImmediate() // others are served between fields
  }
  const figures = countsOf(fields)
  await inTransaction(context.db, async (trx) => {
    const before = await context.mappings.lock(trx, entryCode)
    const same = before !== undefined && before.version === number && JSON.stringify(before.fields) === JSON.stringify(fields) && before.title === entry.title && before.organisation === entry.organisation
    if (same) return
    await context.mappings.keep(trx, {
      entry_code: entryCode, organisation: entry.organisation, title: entry.title, version: number, fields: JSON.stringify(fields), names: fields.map(({ name }) => foldName(name)),
      field_count: figures.fields, mapped: figures.mapped, conforming: figures.conforming, measured_at: context.clock.now(),
    })
    await context.events.publish(trx, 'standards.fields-mapped', {
      entryCode, version: number, conformity: conformityShare(figures),
      fields: fields.map(({ name, candidates: [best], codeList }) => ({
        name, element: best?.element ?? null, confidence: best?.confidence ?? 0, reasons: best?.reasons.map(writeReason) ?? [], codeList,
      })),
    })
  })
}

type Field = EntryToMap['fields'][number]

function measureField({ registry }: StandardsContext, field: Field, content: FieldContent | undefined, learnt: Learnt): MeasuredField {
  const mapper = registry.mapper()
  const held: FieldContent = { name: field.name, description: field.description, type: content?.type ?? field.type, values: content?.values ?? [], recognised: content?.recognised ?? [] }
  const { candidates, codeList } = mapper.mapField(held, learnt)
  const [best] = candidates
  const element = registry.inForce().find(({ id }) => id === (field.element ?? (best !== undefined && best.confidence >= CERTAIN_CONFIDENCE ? best.element : null)))
  const confirmed = field.element !== null
  if (element === undefined) return { name: field.name, element: null, confirmed: false, codeList, candidates, conforms: null, aspects: [], faults: [] }
  const { conforms, aspects, faults } = conformityOf(held, element, mapper.matcherOf(element.codeList))
  return { name: field.name, element: element.id, confirmed, codeList: element.codeList, candidates, conforms, aspects, faults }
}

const countsOf = (fields: readonly MeasuredField[]): ConformityCounts =>
  addCounts(fields.map(({ element, conforms }) => ({ fields: 1, mapped: element === null ? 0 : 1, conforming: conforms === true ? 1 : 0 })))
