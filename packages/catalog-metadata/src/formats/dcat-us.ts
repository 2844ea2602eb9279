import type { AccessRights, CatalogDescription, DatasetDescription, DistributionDescription, PeriodDescription, StandardDescription } from '../description.ts'
import { iriOf } from '../rdf/iri.ts'
import { formatOf } from '../vocabularies/formats.ts'
import { isoFrequency } from '../vocabularies/frequencies.ts'
import { descriptionOf, inOneLanguage, keywordsOf, mediaTypeOf, momentOf, titleOf, withoutEmpty } from './words.ts'

const ACCESS: Readonly<Record<AccessRights, string>> = { public: 'public', restricted: 'restricted public', 'non-public': 'non-public' }
const SCHEMA = 'https://project-open-data.cio.gov/v1.1/schema'
/** Rights are limited by the schema, in characters. */
const MAX_RIGHTS = 255

/**
 * The head of a `data.json`: everything but the data sets themselves, which follow under `dataset`.
 * @see https://resources.data.gov/resources/dcat-us/
 */
export const catalogToDcatUs = ({ iri }: CatalogDescription): Record<string, unknown> => ({
  '@context': `${SCHEMA}/catalog.jsonld`, '@id': iri, '@type': 'dcat:Catalog', conformsTo: SCHEMA, describedBy: `${SCHEMA}/catalog.json`,
})

/**
 * A data set in DCAT-US 1.1. Codes of United States agencies have no counterpart and are left out; `hasEmail` is there when an
 * address is known.
 */
export function datasetToDcatUs(dataset: DatasetDescription): Record<string, unknown> {
  const { contact, publisher, licence } = dataset
  const keywords = keywordsOf(dataset)
  const themes = dataset.themes.flatMap((theme) => inOneLanguage(theme.label) ?? [])
  const rights = [inOneLanguage(dataset.rights), dataset.legalBasis].filter((words) => words !== undefined && words !== null && words !== '').join('；')
  const email = contact?.email?.replace(/^mailto:/i, '').trim() ?? ''
  const fallback = (publisher && inOneLanguage(publisher.name)) ?? (publisher?.identifier || dataset.iri)
  return withoutEmpty({
    '@type': 'dcat:Dataset',
    identifier: dataset.iri,
    title: titleOf(dataset),
    description: descriptionOf(dataset),
    // The schema wants at least one.
    keyword: keywords.length > 0 ? keywords : themes.length > 0 ? themes : [titleOf(dataset)],
    modified: momentOf(dataset.modified) ?? momentOf(dataset.changed) ?? momentOf(dataset.issued),
    publisher: withoutEmpty({ '@type': 'org:Organization', name: fallback }),
    contactPoint: withoutEmpty({
      '@type': 'vcard:Contact', fn: contact?.name || fallback, hasEmail: email === '' ? undefined : `mailto:${email}`,
    }),
    accessLevel: ACCESS[dataset.accessRights ?? 'non-public'],
    rights: rights === '' ? undefined : rights.slice(0, MAX_RIGHTS),
    license: licence?.iri === null || licence === null ? undefined : iriOf(licence.iri),
    issued: momentOf(dataset.issued),
    accrualPeriodicity: dataset.frequency === null ? undefined : isoFrequency(dataset.frequency),
    spatial: dataset.spatial.map(({ name, code }) => name ?? code).find((place) => place !== null && place !== ''),
    temporal: intervalOf(dataset.temporal[0]),
    language: dataset.languages,
    landingPage: iriOf(dataset.landingPage ?? ''),
    theme: themes,
    conformsTo: standardOf(dataset.conformsTo),
    isPartOf: dataset.relations.find(({ kind, iri }) => kind === 'part-of' && iri !== '')?.iri,
    distribution: dataset.distributions.filter(({ accessUrl }) => iriOf(accessUrl) !== undefined).map(distributionToDcatUs),
  })
}

/** With `downloadURL` comes a media type; without one, the address is only where to begin. */
function distributionToDcatUs(distribution: DistributionDescription): Record<string, unknown> {
  const format = formatOf(distribution.format) ?? formatOf(distribution.mediaType)
  const download = distribution.downloadUrl === null ? undefined : iriOf(distribution.downloadUrl)
  return withoutEmpty({
    '@type': 'dcat:Distribution',
    title: inOneLanguage(distribution.title),
    description: inOneLanguage(distribution.description),
    accessURL: download === undefined ? iriOf(distribution.accessUrl) : undefined,
    downloadURL: download,
    mediaType: mediaTypeOf(distribution) ?? (download === undefined ? undefined : 'application/octet-stream'),
    format: format?.label ?? (distribution.format === '' ? undefined : distribution.format),
    conformsTo: standardOf(distribution.conformsTo),
  })
}

const standardOf = (standards: readonly StandardDescription[]): string | undefined => standards.map(({ iri }) => iriOf(iri ?? '')).find((iri) => iri !== undefined)

/** @see ISO 8601-1, 5.5.2: an interval by both of its ends; an open end is left empty by schema.org, and has no form here */
function intervalOf(period: PeriodDescription | undefined): string | undefined {
  const [from, to] = [momentOf(period?.from), momentOf(period?.to)]
  return from === undefined || to === undefined ? undefined : `${from}/${to}`
}
