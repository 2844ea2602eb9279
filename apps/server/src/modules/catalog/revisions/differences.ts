import type { EntryDifferences, Field } from '@datong/contracts'
import { DESCRIBED, type Description } from './description.ts'
import { same } from './same.ts'

/** Keys of the description in which two revisions differ. */
export const changedKeys = (before: Partial<Description>, after: Partial<Description>): string[] => DESCRIBED.filter((key) => !same(before[key], after[key]))

/** What differs between two states of a description, down to each property of an information item, by the items' names. */
export function differencesOf(before: Partial<Description>, after: Partial<Description>): Omit<EntryDifferences, 'from' | 'to'> {
  const metadata = changedKeys(before, after).flatMap((key) => (key === 'fields' ? [] : [{ key, before: valueOf(before, key), after: valueOf(after, key) }]))
  const [old, now] = [before.fields ?? [], after.fields ?? []]
  const oldNames = new Map(old.map((field) => [field.name, field]))
  const newNames = new Set(now.map(({ name }) => name))
  const brief = ({ name, type }: Field) => ({ name, type })
  const kept = (fields: readonly Field[]): string[] => fields.flatMap(({ name }) => (oldNames.has(name) && newNames.has(name) ? [name] : []))
  return {
    metadata,
    fields: {
      added: now.filter(({ name }) => !oldNames.has(name)).map(brief),
      removed: old.filter(({ name }) => !newNames.has(name)).map(brief),
      changed: now.flatMap((field) => {
        const was = oldNames.get(field.name)
        const properties = was === undefined ? [] : propertiesThatDiffer(was, field)
        return properties.length === 0 ? [] : [{ name: field.name, properties }]
      }),
      moved: !same(kept(old), kept(now)),
    },
  }
}

/** Properties of an item in the order in which people read them; others follow. */
const ORDER = ['type', 'precision', 'scale', 'maxLength', 'description', 'unit', 'element', 'codeList', 'grade', 'masking', 'identifier', 'owner']

function propertiesThatDiffer(before: Field, after: Field): EntryDifferences['metadata'] {
  const old: Record<string, unknown> = { ...before }
  const now: Record<string, unknown> = { ...after }
  const keys = new Set([...ORDER, ...Object.keys(old), ...Object.keys(now)])
  return [...keys].filter((key) => !same(old[key], now[key])).map((key) => ({ key, before: old[key] ?? null, after: now[key] ?? null }))
}

const valueOf = (description: Partial<Description>, key: string): unknown => (key in description ? description[key as keyof Description] : null) ?? null // asked in the same breath
