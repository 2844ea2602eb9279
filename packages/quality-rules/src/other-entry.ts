import type { OtherFields } from '@datong/data-engine'
import type { UnmeasuredReason } from './rule.ts'
import type { Subject } from './subject.ts'

/** Stands for the version itself where a rule takes another entry or its own. */
export const HERE = '.'

/**
 * Fields of the entry that a rule names, or why they cannot be looked at.
 * @param count how many there must be, to stand against as many here
 * @param more a further field that must be there
 */
export function otherFields(subject: Subject, entry: string | null, fields: readonly string[], count: number, more: string | null = null): OtherFields | UnmeasuredReason {
  const version = entry === HERE ? subject.version : subject.entries.get(entry ?? '')
  if (version === undefined) return 'unknown-entry'
  const names = new Set(version.schema.map(({ name }) => name))
  const wanted = more === null ? fields : [...fields, more]
  return fields.length === count && wanted.every((name) => names.has(name)) ? { version, fields } : 'field-missing'
}
