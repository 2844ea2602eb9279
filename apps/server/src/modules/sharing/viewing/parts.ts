import type { Grant, OrganisationRef } from '@datong/contracts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { SharingContext } from '../context.ts'

/** The applicant outside the departments has no organisation. */
const PUBLIC_ORGANISATION: OrganisationRef = { code: 'public', name: '公众', nameEn: 'The public' }

export const organisationOf = ({ organisations }: Pick<SharingContext, 'organisations'>, code: string | null): OrganisationRef =>
  code === null ? PUBLIC_ORGANISATION : organisations.ref(code)

/** Fields as the entry describes them now; a field that the entry lost is shown by its name alone. */
export function fieldsOf(names: readonly string[], entry: EntryRecord | undefined, masking: Readonly<Record<string, string>> = {}): Grant['fields'] {
  const known = new Map(entry?.fields.map((field) => [field.name, field]))
  return names.map((name) => {
    const field = known.get(name)
    return {
      name, description: field?.description ?? '', type: field?.type ?? 'text', grade: field?.grade ?? 'internal',
      masking: masking[name] ?? field?.masking ?? null,
    }
  })
}

export const isoOf = (at: Date | null | undefined): string | null => at?.toISOString() ?? null
