import type { DatasetDescription } from '../description.ts'
import { iriOf } from '../rdf/iri.ts'
import { descriptionOf, inOneLanguage, keywordsOf, titleOf, withoutEmpty } from './words.ts'
import { TABLE_TYPES } from './table-schema.ts'

/**
 * Metadata of the CSV file of a data set.
 * @returns undefined when it has none
 * @see https://www.w3.org/TR/tabular-metadata/
 */
export function toCsvw(dataset: DatasetDescription): Record<string, unknown> | undefined {
  const file = dataset.distributions.find(({ format, downloadUrl }) => format === 'CSV' && downloadUrl !== null)
  const url = file === undefined ? undefined : iriOf(file.downloadUrl ?? '')
  if (url === undefined || dataset.fields.length === 0) return undefined
  const { publisher, licence } = dataset
  return withoutEmpty({
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'zh-CN' }],
    url,
    'dc:identifier': dataset.identifier,
    'dc:title': titleOf(dataset),
    'dc:description': descriptionOf(dataset),
    'dc:publisher': publisher === null ? undefined : withoutEmpty({ 'schema:name': inOneLanguage(publisher.name), 'schema:identifier': publisher.identifier }),
    'dc:license': licence === null ? undefined : licence.iri === null ? licence.name : { '@id': licence.iri },
    'dc:modified': dataset.modified === null ? undefined : { '@value': dataset.modified, '@type': dataset.modified.includes('T') ? 'xsd:dateTime' : 'xsd:date' },
    'dcat:keyword': keywordsOf(dataset),
    dialect: { encoding: 'utf-8', header: true },
    tableSchema: {
      columns: dataset.fields.map(({ name, description, type, unit, maxLength }) => withoutEmpty({
        name: variableOf(name),
        titles: name,
        datatype: datatypeOf(type, maxLength),
        'dc:description': description === '' ? undefined : description,
        'schema:unitText': unit,
      })),
    },
  })
}

/** @see https://www.w3.org/TR/tabular-metadata/#derived-datatypes */
function datatypeOf(type: DatasetDescription['fields'][number]['type'], maxLength: number | null): unknown {
  return type === 'text' && maxLength !== null ? { base: 'string', maxLength } : TABLE_TYPES[type].csvw
}

/** Names of columns are variables of URI templates: letters, digits, `_`, and the rest percent-encoded. @see RFC 6570, section 2.3 */
const variableOf = (name: string): string => encodeURIComponent(name.toWellFormed()).replace(/[-!~*'().]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
