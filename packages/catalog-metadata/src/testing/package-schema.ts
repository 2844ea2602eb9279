/**
 * What Data Package and Table Schema, version 2, demand of the members that we write.
 * @see https://datapackage.org/standard/data-package/ and https://datapackage.org/standard/table-schema/
 */
const name = { type: 'string', pattern: '^[a-z0-9._-]+$' }
const address = { type: 'string', pattern: '^(https?|ftp)://' }
const licence = { type: 'object', anyOf: [{ required: ['name'] }, { required: ['path'] }], properties: { name: { type: 'string' }, path: { type: 'string' }, title: { type: 'string' } }, additionalProperties: false }

const field = {
  type: 'object', required: ['name', 'type'], additionalProperties: false,
  properties: {
    name: { type: 'string' }, type: { enum: ['string', 'number', 'integer', 'boolean', 'date', 'datetime'] }, format: { type: 'string' }, description: { type: 'string' },
    constraints: { type: 'object', additionalProperties: false, properties: { maxLength: { type: 'integer', minimum: 1 } } },
  },
}

const resource = {
  type: 'object', required: ['name', 'path'], additionalProperties: false,
  properties: {
    $schema: address, name, path: address, title: { type: 'string' }, description: { type: 'string' }, format: { type: 'string' }, mediatype: { type: 'string', pattern: '^.+/.+$' }, encoding: { type: 'string' },
    bytes: { type: 'integer' }, hash: { type: 'string', pattern: '^([^:]+:[a-fA-F0-9]+|[a-fA-F0-9]{32})$' }, type: { const: 'table' },
    schema: { type: 'object', required: ['fields'], properties: { $schema: address, fields: { type: 'array', minItems: 1, items: field }, missingValues: { type: 'array', items: { type: 'string' } } }, additionalProperties: false },
  },
}

export const DATA_PACKAGE_SCHEMA = {
  type: 'object', required: ['resources'], additionalProperties: false,
  properties: {
    $schema: address, name, id: { type: 'string' }, title: { type: 'string' }, description: { type: 'string' }, homepage: { type: 'string' }, version: { type: 'string' }, created: { type: 'string', format: 'date-time' },
    keywords: { type: 'array', minItems: 1, items: { type: 'string' } }, licenses: { type: 'array', minItems: 1, items: licence },
    contributors: { type: 'array', minItems: 1, items: { type: 'object', properties: { title: { type: 'string' }, email: { type: 'string' }, roles: { type: 'array', items: { type: 'string' } } }, additionalProperties: false } },
    sources: { type: 'array', minItems: 1, items: { type: 'object', properties: { title: { type: 'string' }, path: address }, additionalProperties: false } },
    resources: { type: 'array', minItems: 1, items: resource },
  },
}
