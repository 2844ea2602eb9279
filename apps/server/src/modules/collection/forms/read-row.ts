import type { FormField, FormIssue } from '@datong/contracts'
import type { CollectionContext } from '../context.ts'
import { type CodesOf, readValue } from './read-value.ts'
import type { FormValues } from './tables.ts'

/** Values as they are kept, without blanks and without what is no field of the form, and all that is wrong with them. */
export function readRow(fields: readonly FormField[], typed: FormValues, codesOf: CodesOf): { readonly values: FormValues; readonly issues: readonly FormIssue[] } {
  const values: Record<string, string> = {}
  const issues: FormIssue[] = []
  for (const field of fields) {
    const read = readValue(field, Object.hasOwn(typed, field.name) ? typed[field.name] ?? '' : '', codesOf)
    if (read.value !== '') values[field.name] = read.value
    if ('issue' in read) issues.push(read.issue)
  }
  return { values, issues }
}

/** Code lists of today, each looked up once. */
export function codesOfToday({ standards }: Pick<CollectionContext, 'standards'>): CodesOf {
  const known = new Map<string, ReturnType<CodesOf>>()
  return (list) => {
    if (!known.has(list)) {
      const version = standards.codesAt(list)
      known.set(list, version && {
        codes: new Set(version.codes.map(({ code }) => code)), isPartial: version.partial === true,
        byName: new Map(version.codes.flatMap(({ code, name, aliases = [] }) => [...aliases.map((alias) => [alias, code] as const), [name, code] as const])),
      })
    }
    return known.get(list)
  }
}
