import type { EntryRecord } from '../../catalog/index.ts'

/** A department with the asked fields that it answers for. */
export interface Department {
  readonly organisation: string
  readonly fields: readonly string[]
}

/**
 * Who gives an opinion on which of the asked fields: the department that owns the field (一数一源), else the entry's own,
 * which comes first. A field of the asking department itself is left to the entry's department.
 */
export function departmentsFor(entry: Pick<EntryRecord, 'organisation' | 'fields'>, asked: readonly string[], consumer: string | null): Department[] {
  const owners = new Map(entry.fields.map((field) => [field.name, field.owner ?? entry.organisation]))
  const fields = new Map<string, string[]>()
  for (const name of asked) {
    const owner = owners.get(name) ?? entry.organisation
    const organisation = owner === consumer ? entry.organisation : owner
    fields.set(organisation, [...(fields.get(organisation) ?? []), name])
  }
  return [...fields].map(([organisation, names]) => ({ organisation, fields: names }))
    .sort((a, b) => Number(b.organisation === entry.organisation) - Number(a.organisation === entry.organisation))
}
