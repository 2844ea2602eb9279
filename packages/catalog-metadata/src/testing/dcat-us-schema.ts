/**
 * DCAT-US 1.1 as a JSON Schema, written from the tables of its specification, without what binds United States agencies only
 * (`bureauCode`, `programCode`, investments).
 * @see https://resources.data.gov/resources/dcat-us/
 */
const url = { type: 'string', format: 'uri', pattern: '^[a-z][a-z0-9+.-]*:' }
const words = { type: 'string', minLength: 1 }
const moment = { type: 'string', pattern: '^\\d{4}(-\\d{2}(-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2}))?)?)?$|^R/P' }

const distribution = {
  type: 'object', additionalProperties: false,
  properties: {
    '@type': { const: 'dcat:Distribution' }, accessURL: url, conformsTo: url, describedBy: url, describedByType: words, description: words, downloadURL: url, format: words,
    mediaType: { type: 'string', pattern: '^[a-z]+/[A-Za-z0-9][A-Za-z0-9.+_-]*$' }, title: words,
  },
  dependentRequired: { downloadURL: ['mediaType'] },
  anyOf: [{ required: ['accessURL'] }, { required: ['downloadURL'] }],
}

const dataset = {
  type: 'object', additionalProperties: false,
  required: ['title', 'description', 'keyword', 'modified', 'publisher', 'contactPoint', 'identifier', 'accessLevel'],
  properties: {
    '@type': { const: 'dcat:Dataset' }, title: words, description: words, keyword: { type: 'array', minItems: 1, items: words }, modified: moment,
    publisher: { type: 'object', required: ['name'], additionalProperties: false, properties: { '@type': { const: 'org:Organization' }, name: words, subOrganizationOf: { type: 'object' } } },
    contactPoint: {
      type: 'object', required: ['fn', 'hasEmail'], additionalProperties: false,
      properties: { '@type': { const: 'vcard:Contact' }, fn: words, hasEmail: { type: 'string', pattern: '^mailto:[\\w.%+-]+@[\\w.-]+$' } },
    },
    identifier: words, accessLevel: { enum: ['public', 'restricted public', 'non-public'] }, license: url, rights: { type: 'string', minLength: 1, maxLength: 255 },
    spatial: words, temporal: { type: 'string', pattern: '^[\\dT:Z.+-]+/[\\dT:Z.+P-]' }, distribution: { type: 'array', items: distribution },
    accrualPeriodicity: { type: 'string', pattern: '^(irregular|R/P(\\d+(\\.\\d+)?[YMWD]|T\\d+(\\.\\d+)?[HMS]))$' }, conformsTo: url, dataQuality: { type: 'boolean' }, describedBy: url, describedByType: words,
    isPartOf: words, issued: moment, language: { type: 'array', items: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Za-z0-9]+)*$' } }, landingPage: url,
    references: { type: 'array', items: url }, theme: { type: 'array', items: words },
  },
}

export const DCAT_US_SCHEMA = {
  type: 'object', required: ['conformsTo', 'dataset'], additionalProperties: false,
  properties: {
    '@context': url, '@id': url, '@type': { const: 'dcat:Catalog' }, conformsTo: { const: 'https://project-open-data.cio.gov/v1.1/schema' }, describedBy: url,
    dataset: { type: 'array', items: dataset },
  },
}
