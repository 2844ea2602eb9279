import type { Entry, EntrySummary, OrganisationRef, THEMES, UPDATE_CYCLES } from '@datong/contracts'
import type { Caller } from '../../../platform/caller.ts'
import type { EntryRecord } from './entry.ts'
import { allowedActions, owns } from '../life-cycle/life-cycle.ts'
import { sightOf } from '../visibility.ts'

type Organisations = { ref(code: string): OrganisationRef }

const instant = (at: Date | null): string | null => at?.toISOString() ?? null

export const summaryOf = (entry: EntryRecord, organisations: Organisations): EntrySummary => ({
  code: entry.code,
  title: entry.title,
  titleEn: entry.titleEn,
  summary: entry.summary,
  organisation: organisations.ref(entry.organisation),
  theme: entry.theme as (typeof THEMES)[number], // written only from that list
  classification: entry.classification,
  resourceFormat: entry.resourceFormat,
  keywords: [...entry.keywords],
  visibility: entry.visibility,
  conformity: entry.conformity,
  state: entry.state,
  sharingType: entry.sharingType,
  openingType: entry.openingType,
  grade: entry.grade,
  updateCycle: entry.updateCycle as (typeof UPDATE_CYCLES)[number], // written only from that list
  rowCount: entry.rowCount,
  fieldCount: entry.fields.length,
  stars: entry.stars,
  version: entry.version,
  dataUpdatedAt: instant(entry.dataUpdatedAt),
  nextUpdateDueAt: instant(entry.nextUpdateDueAt),
  publishedAt: instant(entry.publishedAt),
  changedAt: entry.changedAt.toISOString(),
})

/** An entry as the caller may see it: why a grade was suggested is for those who confirm it. */
export function viewOf(entry: EntryRecord, caller: Caller, organisations: Organisations): Entry {
  const insider = owns(caller, entry) || sightOf(caller).kind === 'everything'
  return {
    ...summaryOf(entry, organisations),
    sharingCondition: entry.sharingCondition,
    legalBasis: entry.legalBasis,
    licence: entry.licence,
    contact: entry.contact,
    contactPhone: entry.contactPhone,
    contactEmail: entry.contactEmail,
    sharingWays: [...entry.sharingWays],
    openingCondition: entry.openingCondition,
    spatial: entry.spatial,
    temporal: entry.temporal,
    relations: [...entry.relations],
    links: [...entry.links],
    origin: entry.origin,
    visibleTo: insider ? [...entry.visibleTo] : [],
    fields: entry.fields.map((field) => (insider ? field : { ...field, suggestion: null, elementSuggestion: null })),
    revision: entry.revision,
    allowedActions: allowedActions(caller, entry),
    dueAt: insider ? instant(entry.reviewDueAt) : null,
    faults: insider ? [...entry.faults] : [],
    withdrawal: entry.withdrawal,
  }
}
