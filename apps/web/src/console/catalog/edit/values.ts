import type { BodyOf, Entry, EntryLink, operations, Relation, RELATION_KINDS } from '@datong/contracts'

type Patch = BodyOf<typeof operations.updateEntry>

/** The description as the form holds it: flat, with empty text for what is not there. */
export interface DescriptionValues extends Pick<
  Entry,
  'title' | 'titleEn' | 'summary' | 'theme' | 'classification' | 'resourceFormat' | 'keywords' | 'sharingType' | 'sharingWays' | 'sharingCondition' | 'legalBasis' | 'openingType'
  | 'openingCondition' | 'updateCycle' | 'licence' | 'visibility' | 'visibleTo' | 'contact' | 'contactPhone' | 'contactEmail'
> {
  readonly division: string
  readonly divisionName: string
  readonly from: string
  readonly to: string
  readonly relations: readonly { readonly kind?: (typeof RELATION_KINDS)[number]; readonly code?: string }[]
  readonly links: readonly Partial<EntryLink>[]
}

export const valuesOf = (entry: Entry): DescriptionValues => ({
  ...entry, division: entry.spatial?.division ?? '', divisionName: entry.spatial?.name ?? '', from: entry.temporal?.from ?? '', to: entry.temporal?.to ?? '',
})

const text = (value: string | null | undefined): string => (value ?? '').trim()

/** What a person changed, as the server takes it: what stays is not sent, so that it needs no review. */
export function patchOf(entry: Entry, values: DescriptionValues): Patch {
  const { division, divisionName, from, to, relations, links, sharingType, openingType, titleEn, keywords, ...rest } = values
  const wanted: Patch = {
    title: text(rest.title), titleEn: text(titleEn) || null, summary: rest.summary ?? '', theme: rest.theme, classification: rest.classification,
    resourceFormat: rest.resourceFormat, keywords: keywords.map((word) => word.trim()).filter(Boolean), sharingWays: rest.sharingWays,
    sharingCondition: text(rest.sharingCondition), legalBasis: text(rest.legalBasis), openingCondition: text(rest.openingCondition), updateCycle: rest.updateCycle,
    licence: text(rest.licence), visibility: rest.visibility, visibleTo: rest.visibility === 'named' ? rest.visibleTo : [],
    contact: text(rest.contact), contactPhone: text(rest.contactPhone), contactEmail: text(rest.contactEmail),
    spatial: text(division) === '' ? null : { division: text(division), name: text(divisionName) },
    temporal: text(from) === '' && text(to) === '' ? null : { from: text(from) || null, to: text(to) || null },
    relations: relations.flatMap(({ kind, code }): Relation[] => (kind && code ? [{ kind, code }] : [])),
    links: links.flatMap(({ url, title, format, mediaType }): EntryLink[] => (text(url) ? [{ url: text(url), title: text(title), format: text(format), mediaType: text(mediaType) }] : [])),
    ...(sharingType ? { sharingType } : {}),
    ...(openingType ? { openingType } : {}),
  }
  const before: Record<string, unknown> = { ...entry }
  return Object.fromEntries(Object.entries(wanted).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])))
}
