import { isVisible, type Sight, type Sightable } from '../visibility.ts'

/** No organisation has this code: what it sees, every department sees. */
const ANY_DEPARTMENT = ''

const PUBLIC = 'public'
const DEPARTMENTS = 'departments'
const departmentScope = (organisation: string): string => `organisation ${organisation}`

/**
 * Who finds an entry, in the terms of the index. Asked of the rule itself (`isVisible`), for the public, for any department,
 * and for those departments that the entry names: nobody else is treated by name.
 */
export function scopesOf(entry: Sightable): string[] {
  const named = [...new Set([entry.organisation, ...entry.visibleTo])]
  return [
    ...(isVisible(entry, { kind: 'public' }) ? [PUBLIC] : []),
    ...(isVisible(entry, { kind: 'departments', organisation: ANY_DEPARTMENT }) ? [DEPARTMENTS] : []),
    ...named.filter((organisation) => isVisible(entry, { kind: 'departments', organisation })).map(departmentScope),
  ]
}

/** Scopes of which a searcher finds any; null for one who finds all. */
export function scopesFor(sight: Sight): readonly string[] | null {
  if (sight.kind === 'everything') return null
  return sight.kind === 'public' ? [PUBLIC] : [DEPARTMENTS, departmentScope(sight.organisation)]
}
