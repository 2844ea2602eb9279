import type { DatasetDescription, DistributionDescription } from '../description.ts'
import { frequencyFrom } from '../vocabularies/frequencies.ts'
import { licenceOf } from '../vocabularies/licences.ts'
import {
  A_DISTRIBUTION, addressOf, bytesOf, firstWords, type Foreign, keywordsOf, listOf, NOTHING_SAID, objectOf, textOf, timeOf, wordsOf,
} from './values.ts'

/**
 * A package as CKAN's `package_show` and `package_search` give it, in neutral form. What cannot be used is left out.
 * @param site address of the CKAN site, without a slash at the end
 * @returns undefined when it is no package, or has no identifier or title
 * @see https://docs.ckan.org/en/2.11/api/
 */
export function fromCkanPackage(value: unknown, site: string): DatasetDescription | undefined {
  const pkg = objectOf(value)
  const identifier = firstWords(pkg['id'], pkg['name'])
  const title = firstWords(pkg['title'], pkg['name'])
  if (identifier === null || title === null) return undefined
  const extras = extrasOf(pkg)
  const organisation = objectOf(pkg['organization'])
  const page = `${site}/dataset/${encodeURIComponent(firstWords(pkg['name'], identifier) ?? identifier)}`
  const period = { from: timeOf(extras['temporal_start']), to: timeOf(extras['temporal_end']) }
  const frequency = firstWords(extras['frequency'], extras['accrual_periodicity'], pkg['frequency'])
  const spatial = firstWords(extras['spatial_text'], extras['spatial'])
  return {
    ...NOTHING_SAID,
    iri: addressOf(extras['uri']) ?? page,
    identifier,
    landingPage: addressOf(pkg['url']) ?? page,
    title: textOf(title),
    description: textOf(pkg['notes']),
    publisher: organisationOf(firstWords(extras['publisher_name'], organisation['title'], organisation['name']), site, organisation),
    contact: contactOf(pkg, extras),
    keywords: keywordsOf(listOf(pkg['tags']).map((tag) => firstWords(objectOf(tag)['display_name'], objectOf(tag)['name']))),
    themes: listOf(pkg['groups']).flatMap((group) => {
      const label = textOf(firstWords(objectOf(group)['title'], objectOf(group)['display_name'], objectOf(group)['name']))
      return Object.keys(label).length === 0 ? [] : [{ id: null, iri: null, label }]
    }),
    licence: licenceFrom(pkg),
    issued: timeOf(extras['issued']) ?? timeOf(pkg['metadata_created']),
    modified: timeOf(extras['modified']) ?? timeOf(pkg['metadata_modified']),
    listed: timeOf(pkg['metadata_created']),
    changed: timeOf(pkg['metadata_modified']),
    frequency: frequency === null ? null : frequencyFrom(frequency),
    spatial: spatial === null || spatial.startsWith('{') ? [] : [{ code: null, iri: addressOf(spatial), name: addressOf(spatial) === null ? spatial : null }],
    temporal: period.from === null && period.to === null ? [] : [period],
    version: wordsOf(pkg['version']),
    accessRights: pkg['private'] === true ? 'non-public' : 'public',
    distributions: listOf(pkg['resources']).flatMap((resource, index) => distributionOf(objectOf(resource), index)),
  }
}

/** CKAN's free pairs, which sites use for what CKAN has no place for. */
function extrasOf(pkg: Foreign): Foreign {
  const pairs = listOf(pkg['extras']).map(objectOf).flatMap(({ key, value }) => (typeof key === 'string' ? [[key, value] as const] : []))
  return Object.fromEntries(pairs)
}

function organisationOf(name: string | null, site: string, organisation: Foreign): DatasetDescription['publisher'] {
  if (name === null) return null
  const slug = wordsOf(organisation['name'])
  return { iri: slug === null ? null : `${site}/organization/${encodeURIComponent(slug)}`, identifier: null, name: textOf(name), homepage: null }
}

function contactOf(pkg: Foreign, extras: Foreign): DatasetDescription['contact'] {
  const name = firstWords(extras['contact_name'], pkg['maintainer'], pkg['author'])
  const email = firstWords(extras['contact_email'], pkg['maintainer_email'], pkg['author_email'])
  return name === null && email === null ? null : { name, email, phone: wordsOf(extras['contact_phone']), url: null }
}

function licenceFrom(pkg: Foreign): DatasetDescription['licence'] {
  const words = firstWords(pkg['license_id'] === 'notspecified' ? null : pkg['license_id'], pkg['license_url'], pkg['license_title'])
  const licence = words === null ? null : licenceOf(words)
  return licence === null || licence.id !== null ? licence : { ...licence, iri: addressOf(pkg['license_url']) ?? licence.iri, name: wordsOf(pkg['license_title']) ?? licence.name }
}

function distributionOf(resource: Foreign, index: number): DistributionDescription[] {
  const url = addressOf(resource['url'])
  if (url === null) return []
  return [{
    ...A_DISTRIBUTION,
    key: firstWords(resource['id']) ?? String(index + 1),
    title: textOf(firstWords(resource['name'], resource['description'])),
    description: textOf(resource['description']),
    accessUrl: url,
    downloadUrl: resource['resource_type'] === 'api' ? null : url,
    mediaType: wordsOf(resource['mimetype']),
    format: wordsOf(resource['format']),
    byteSize: bytesOf(resource['size']),
    issued: timeOf(resource['created']),
    modified: timeOf(resource['last_modified']),
  }]
}
