import { type AccessRights, type DatasetDescription, type FieldDescription, licenceOf, themeOf, type UpdateFrequency } from '@datong/catalog-metadata'
import { type OrganisationRef, UPDATE_CYCLES } from '@datong/contracts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { OpenFile } from '../../delivery/index.ts'
import { addressesOf, type Addresses } from './addresses.ts'
import { type Common, distributionsOf, servicesOf } from './distributions.ts'

export interface DescribeDeps {
  readonly organisations: { ref(code: string): OrganisationRef }
}

const ACCESS: Readonly<Record<NonNullable<EntryRecord['openingType']>, AccessRights>> = { open: 'public', 'on-application': 'restricted', closed: 'non-public' }

/**
 * An entry as the open formats write it. Whether its reader may see it was decided before.
 * @param base scheme and host under which the reader knows the installation, such as `https://data.example.gov.cn`
 * @param related codes that the reader may see too; relations to other entries are left out
 * @param files what is known of its open files
 */
export function describe({ organisations }: DescribeDeps, entry: EntryRecord, base: string, related: ReadonlySet<string>, files: readonly OpenFile[] = []): DatasetDescription {
  const at = addressesOf(base)
  const common: Common = {
    licence: licenceOf(entry.licence), rights: entry.openingCondition === '' ? {} : { 'zh-CN': entry.openingCondition },
    issued: entry.publishedAt?.toISOString() ?? null, modified: (entry.dataUpdatedAt ?? entry.changedAt).toISOString(),
  }
  return {
    iri: at.dataset(entry.code),
    identifier: entry.code,
    landingPage: at.page(entry.code),
    title: { 'zh-CN': entry.title, ...(entry.titleEn === null ? {} : { en: entry.titleEn }) },
    description: entry.summary === '' ? {} : { 'zh-CN': entry.summary },
    publisher: publisherOf(organisations.ref(entry.organisation), at),
    contact: contactOf(entry),
    keywords: entry.keywords.length === 0 ? {} : { 'zh-CN': entry.keywords },
    themes: [themeOf(entry.theme)],
    ...common,
    frequency: frequencyOf(entry.updateCycle),
    nextUpdate: entry.nextUpdateDueAt?.toISOString() ?? null,
    spatial: entry.spatial === null ? [] : [{ code: entry.spatial.division, iri: null, name: entry.spatial.name }],
    temporal: entry.temporal === null ? [] : [entry.temporal],
    provenance: entry.origin === null ? {} : { 'zh-CN': `汇聚自 ${entry.origin.source}`, en: `Harvested from ${entry.origin.source}` },
    version: entry.version === null ? null : String(entry.version),
    versionNotes: {},
    relations: entry.relations.filter(({ code }) => related.has(code)).map(({ kind, code }) => ({ kind, iri: at.dataset(code), title: null })),
    accessRights: entry.openingType === null ? null : ACCESS[entry.openingType],
    legalBasis: entry.legalBasis === '' ? null : entry.legalBasis,
    conformsTo: [],
    languages: entry.origin === null ? ['zh-CN'] : [],
    rowCount: entry.rowCount,
    fields: entry.fields.map(fieldOf),
    distributions: distributionsOf(entry, common, at, files),
    services: servicesOf(entry, at),
    listed: common.issued,
    changed: entry.changedAt.toISOString(),
    origin: entry.origin,
  }
}

/** A column as readers get it: what is masked is text, whatever it was. */
function fieldOf({ name, description, type, maxLength, precision, scale, unit, element, codeList, identifier, masking }: EntryRecord['fields'][number]): FieldDescription {
  const same = { name, description, unit, element, codeList, identifier }
  return masking === null ? { ...same, type, maxLength, precision, scale } : { ...same, type: 'text', maxLength: null, precision: null, scale: null }
}

const publisherOf = ({ code, name, nameEn }: OrganisationRef, at: Addresses): DatasetDescription['publisher'] => ({
  iri: at.organisation(code), identifier: code, name: { 'zh-CN': name, ...(nameEn === '' || nameEn === name ? {} : { en: nameEn }) }, homepage: at.organisationPage(code),
})

function contactOf({ contact, contactPhone, contactEmail }: EntryRecord): DatasetDescription['contact'] {
  const given = (words: string): string | null => (words.trim() === '' ? null : words.trim())
  const said = { name: given(contact), phone: given(contactPhone), email: given(contactEmail), url: null }
  return said.name === null && said.phone === null && said.email === null ? null : said
}

const frequencyOf = (cycle: string): UpdateFrequency | null => UPDATE_CYCLES.find((one) => one === cycle) ?? null
