import type { DatasetDescription, DistributionDescription } from '../description.ts'
import { frequencyFrom } from '../vocabularies/frequencies.ts'
import { languageFromEu } from '../vocabularies/languages.ts'
import { licenceOf } from '../vocabularies/licences.ts'
import {
  A_DISTRIBUTION, addressOf, firstWords, type Foreign, keywordsOf, listOf, NOTHING_SAID, objectOf, textOf, timeOf, wordsOf,
} from './values.ts'

const ACCESS: Readonly<Record<string, DatasetDescription['accessRights']>> = { public: 'public', 'restricted public': 'restricted', 'non-public': 'non-public' }

/**
 * A data set of a DCAT-US 1.1 catalogue (`/data.json`) in neutral form. What cannot be used is left out: catalogues in use have
 * nulls and single words where the schema wants lists.
 * @returns undefined when it has no identifier or title
 * @see https://resources.data.gov/resources/dcat-us/
 */
export function fromDcatUs(value: unknown): DatasetDescription | undefined {
  const dataset = objectOf(value)
  const identifier = wordsOf(dataset['identifier'])
  const title = wordsOf(dataset['title'])
  if (identifier === null || title === null) return undefined
  const landingPage = addressOf(dataset['landingPage'])
  const licence = wordsOf(dataset['license'])
  const frequency = wordsOf(dataset['accrualPeriodicity'])
  const spatial = wordsOf(dataset['spatial'])
  return {
    ...NOTHING_SAID,
    iri: addressOf(dataset['@id']) ?? addressOf(identifier) ?? landingPage ?? `urn:identifier:${encodeURIComponent(identifier)}`,
    identifier,
    landingPage,
    title: textOf(title),
    description: textOf(dataset['description']),
    publisher: publisherOf(objectOf(dataset['publisher'])),
    contact: contactOf(objectOf(dataset['contactPoint'])),
    keywords: keywordsOf(listOf(dataset['keyword'])),
    themes: listOf(dataset['theme']).flatMap((theme) => {
      const label = textOf(theme)
      return Object.keys(label).length === 0 ? [] : [{ id: null, iri: addressOf(theme), label }]
    }),
    licence: licence === null ? null : licenceOf(licence),
    issued: timeOf(dataset['issued']),
    modified: timeOf(dataset['modified']),
    frequency: frequency === null ? null : frequencyFrom(frequency),
    spatial: spatial === null ? [] : [{ code: null, iri: addressOf(spatial), name: addressOf(spatial) === null ? spatial : null }],
    temporal: periodOf(wordsOf(dataset['temporal'])),
    accessRights: ACCESS[wordsOf(dataset['accessLevel'])?.toLowerCase() ?? ''] ?? null,
    rights: textOf(dataset['rights']),
    conformsTo: listOf(dataset['conformsTo']).flatMap((standard) => {
      const iri = addressOf(standard)
      return iri === null ? [] : [{ iri, title: iri }]
    }),
    languages: listOf(dataset['language']).flatMap((language) => {
      const tag = wordsOf(language)
      return tag === null ? [] : [languageFromEu(tag) ?? tag]
    }),
    distributions: listOf(dataset['distribution']).flatMap((distribution, index) => distributionOf(objectOf(distribution), index)),
  }
}

function publisherOf(publisher: Foreign): DatasetDescription['publisher'] {
  const name = wordsOf(publisher['name'])
  return name === null ? null : { iri: addressOf(publisher['@id']), identifier: null, name: textOf(name), homepage: null }
}

function contactOf(contact: Foreign): DatasetDescription['contact'] {
  const name = wordsOf(contact['fn'])
  const email = wordsOf(contact['hasEmail'])?.replace(/^mailto:/i, '') ?? null
  return name === null && email === null ? null : { name, email, phone: null, url: null }
}

/** `start/end`; a duration instead of the end, and a period without one, leave it open. */
function periodOf(words: string | null): DatasetDescription['temporal'] {
  const [from, to] = words?.split('/') ?? []
  const period = { from: timeOf(from), to: timeOf(to) }
  return period.from === null && period.to === null ? [] : [period]
}

function distributionOf(distribution: Foreign, index: number): DistributionDescription[] {
  const download = addressOf(distribution['downloadURL'])
  const access = addressOf(distribution['accessURL']) ?? download
  if (access === null) return []
  return [{
    ...A_DISTRIBUTION,
    iri: addressOf(distribution['@id']),
    key: String(index + 1),
    title: textOf(firstWords(distribution['title'], distribution['description'])),
    description: textOf(distribution['description']),
    accessUrl: access,
    downloadUrl: download,
    mediaType: wordsOf(distribution['mediaType']),
    format: wordsOf(distribution['format']),
  }]
}
