import type { CatalogDescription, DatasetDescription, PeriodDescription } from '../description.ts'
import { descriptionOf, inOneLanguage, keywordsOf, titleOf, withoutEmpty } from './words.ts'

/**
 * What search engines read in the page of a data set.
 * @see https://schema.org/Dataset
 * @see https://developers.google.com/search/docs/appearance/structured-data/dataset
 */
export function toSchemaOrg(dataset: DatasetDescription, catalog: Pick<CatalogDescription, 'iri' | 'title'>): Record<string, unknown> {
  const { publisher, licence } = dataset
  const title = titleOf(dataset)
  const organisation = publisher === null ? undefined : withoutEmpty({
    '@type': 'GovernmentOrganization', name: inOneLanguage(publisher.name) ?? publisher.identifier, identifier: publisher.identifier, url: publisher.homepage,
    contactPoint: contactOf(dataset),
  })
  return withoutEmpty({
    '@context': 'https://schema.org/',
    '@type': 'Dataset',
    '@id': dataset.iri,
    name: title,
    alternateName: Object.values(dataset.title).find((words) => words !== title && words.trim() !== ''),
    description: descriptionOf(dataset),
    url: dataset.landingPage ?? dataset.iri,
    identifier: dataset.identifier,
    inLanguage: dataset.languages,
    keywords: keywordsOf(dataset),
    about: dataset.themes.flatMap((theme) => inOneLanguage(theme.label) ?? []),
    license: licence === null ? undefined : licence.iri ?? licence.name,
    isAccessibleForFree: true,
    creator: organisation,
    publisher: organisation,
    datePublished: dataset.issued,
    dateModified: dataset.modified,
    version: dataset.version,
    spatialCoverage: dataset.spatial.flatMap(({ name }) => (name === null ? [] : [{ '@type': 'Place', name }])),
    temporalCoverage: dataset.temporal.map(coverageOf).find((period) => period !== undefined),
    variableMeasured: dataset.fields.map(({ name, description, unit }) =>
      withoutEmpty({ '@type': 'PropertyValue', name, description: description === '' ? undefined : description, unitText: unit })),
    includedInDataCatalog: { '@type': 'DataCatalog', '@id': catalog.iri, name: inOneLanguage(catalog.title) },
    isBasedOn: dataset.relations.filter(({ kind }) => kind === 'source').map(({ iri }) => iri),
    isPartOf: dataset.relations.filter(({ kind }) => kind === 'part-of').map(({ iri }) => iri),
    distribution: dataset.distributions.filter(({ downloadUrl }) => downloadUrl !== null).map((distribution) => withoutEmpty({
      '@type': 'DataDownload', name: inOneLanguage(distribution.title), contentUrl: distribution.downloadUrl,
      encodingFormat: distribution.mediaType ?? distribution.format, contentSize: distribution.byteSize === null ? undefined : `${distribution.byteSize} B`,
    })),
  })
}

function contactOf({ contact }: DatasetDescription): Record<string, unknown> | undefined {
  if (contact === null) return undefined
  return withoutEmpty({ '@type': 'ContactPoint', contactType: 'customer service', name: contact.name, email: contact.email, telephone: contact.phone })
}

/** @see https://schema.org/temporalCoverage: ".." for an open end */
const coverageOf = ({ from, to }: PeriodDescription): string | undefined => (from === null && to === null ? undefined : `${from ?? '..'}/${to ?? '..'}`)

/** JSON that may stand in a `script` element: nothing in it can end the element. @see https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements */
export const jsonForScript = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
