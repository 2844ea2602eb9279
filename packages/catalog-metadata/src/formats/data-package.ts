import type { DatasetDescription, DistributionDescription, FieldDescription } from '../description.ts'
import { iriOf } from '../rdf/iri.ts'
import { formatOf } from '../vocabularies/formats.ts'
import { TABLE_TYPES } from './table-schema.ts'
import { descriptionOf, inOneLanguage, keywordsOf, mediaTypeOf, momentOf, titleOf, withoutEmpty } from './words.ts'

const PROFILE = 'https://datapackage.org/profiles/2.0'
/** Forms of one table that the schema of fields holds for. */
const TABULAR = new Set(['CSV'])

/**
 * The files of a data set as a Data Package, version 2.
 * @returns undefined when there is no file: a package has at least one resource
 * @see https://datapackage.org/standard/data-package/
 */
export function toDataPackage(dataset: DatasetDescription): Record<string, unknown> | undefined {
  const files = dataset.distributions.flatMap((distribution) => {
    const path = webAddress(distribution.downloadUrl)
    return path === undefined ? [] : [{ distribution, path }]
  })
  const names = new Set<string>()
  if (files.length === 0) return undefined
  const { publisher, licence, contact } = dataset
  return withoutEmpty({
    $schema: `${PROFILE}/datapackage.json`,
    name: nameOf(dataset.identifier),
    id: dataset.iri,
    title: titleOf(dataset),
    description: descriptionOf(dataset),
    homepage: dataset.landingPage,
    version: dataset.version,
    created: instantOf(dataset.modified ?? dataset.issued),
    keywords: keywordsOf(dataset),
    licenses: licence === null ? [] : [withoutEmpty({ name: licence.id, path: iriOf(licence.iri ?? ''), title: licence.name })].filter(({ name, path }) => name !== undefined || path !== undefined),
    contributors: publisher === null ? [] : [withoutEmpty({ title: inOneLanguage(publisher.name) ?? publisher.identifier, roles: ['publisher'], email: contact?.email })],
    sources: dataset.origin === null ? [] : [withoutEmpty({ title: dataset.origin.source, path: webAddress(dataset.origin.url) })],
    resources: files.map(({ distribution, path }) => resourceOf(dataset, distribution, path, names)),
  })
}

function resourceOf(dataset: DatasetDescription, distribution: DistributionDescription, path: string, names: Set<string>): Record<string, unknown> {
  const format = formatOf(distribution.format) ?? formatOf(distribution.mediaType)
  // Names are unique within a package.
  const plain = nameOf(distribution.key)
  const name = names.has(plain) ? `${plain}-${names.size + 1}` : plain
  names.add(name)
  const tabular = format !== undefined && TABULAR.has(format.code) && dataset.fields.length > 0
  return withoutEmpty({
    $schema: `${PROFILE}/dataresource.json`,
    name,
    path,
    title: inOneLanguage(distribution.title),
    description: inOneLanguage(distribution.description),
    format: format?.code.toLowerCase(),
    mediatype: mediaTypeOf(distribution),
    encoding: tabular ? 'utf-8' : undefined,
    bytes: distribution.byteSize,
    hash: distribution.checksum === null || !/^[0-9a-f]+$/i.test(distribution.checksum.value) ? undefined : `${distribution.checksum.algorithm}:${distribution.checksum.value}`,
    type: tabular ? 'table' : undefined,
    schema: tabular ? tableSchemaOf(dataset.fields) : undefined,
  })
}

/** @see https://datapackage.org/standard/table-schema/ */
const tableSchemaOf = (fields: readonly FieldDescription[]): Record<string, unknown> => ({
  $schema: `${PROFILE}/tableschema.json`,
  fields: fields.map(({ name, description, type, unit, maxLength }) => withoutEmpty({
    name, type: TABLE_TYPES[type].frictionless, format: type === 'datetime' ? DATETIME : undefined,
    description: [description, unit === null ? '' : `单位：${unit}`].filter((words) => words !== '').join('；') || undefined,
    constraints: type === 'text' && maxLength !== null ? { maxLength } : undefined,
  })),
  missingValues: [''],
})

/** Times stand in our files without a zone. */
const DATETIME = '%Y-%m-%dT%H:%M:%S'

/** Names in packages are small letters, digits, `.`, `_`, `-`. */
const nameOf = (words: string): string => words.toLowerCase().replace(/[^a-z0-9._-]+/g, '-').replace(/^-+|-+$/g, '') || 'data'

function instantOf(at: string | null): string | undefined {
  const moment = momentOf(at)
  return moment === undefined ? undefined : new Date(moment).toISOString()
}

/** Paths are relative or of the web; anything else is unsafe to follow. */
function webAddress(address: string | null): string | undefined {
  const iri = iriOf(address ?? '')
  return iri !== undefined && /^(https?|ftp):/.test(iri) ? iri : undefined
}
