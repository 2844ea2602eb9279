import { DOWNLOAD_FORMATS, operations, ProblemSchema } from '@datong/contracts'
import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import { operatorsOf, type Operator } from '../rows/row-query.ts'
import { countedBy } from '../statistics/count-rows.ts'
import type { DescribedResource } from './resource.ts'

type Json = Readonly<Record<string, unknown>>

/** The OpenAPI 3.1 description of one resource as exactly one caller gets it: fields, operators, masks, quota. */
export function openApiOfResource(resource: DescribedResource): Json {
  const { plan, identifying, origin, givesRows, givesStatistics } = resource
  const base = `/data/v1/${plan.entryCode}`
  return {
    openapi: '3.1.0',
    info: { title: plan.title, version: String(plan.version), description: groundOf(plan) },
    servers: [{ url: origin }],
    security: plan.basis.kind === 'open' ? [{}, { key: [] }] : [{ key: [] }],
    paths: {
      ...(givesRows ? { [`${base}/rows`]: { get: rowsOperation(plan) } } : {}),
      ...(identifying.length === 0 ? {} : { [`${base}/verify`]: { post: verifyOperation(resource) } }),
      ...(givesStatistics ? { [`${base}/statistics`]: { get: statisticsOperation(plan) } } : {}),
      ...(givesRows ? { [`${base}/download`]: { get: downloadOperation() } } : {}),
    },
    components: {
      schemas: { Row: rowSchema(plan), Problem: JSON.parse(JSON.stringify(ProblemSchema)) as Json }, // an object stays one
      responses: { Problem: { description: 'What is wrong, as RFC 9457', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'Key of an application, `dt_…`' } },
    },
    ...(plan.basis.kind === 'grant' ? { 'x-datong-grant': plan.basis.number, 'x-datong-until': plan.basis.until, 'x-datong-quota': plan.basis.quota } : {}),
  }
}

function groundOf({ basis, rowCount, fixed, version }: DeliveryPlan): string {
  const rows = `共 ${rowCount} 行（${rowCount} rows altogether）。${fixed ? `固定交付第 ${version} 版（always version ${version}）。` : ''}`
  if (basis.kind === 'open') return `开放数据，无需密钥（open data, no key needed）。${rows}`
  if (basis.kind === 'owner') return `本部门数据（data of your own department）。${rows}`
  const { number, until, quota } = basis
  return `授权 ${number}，至 ${until} 止，每秒 ${quota.perSecond} 次、每日 ${quota.perDay} 次（grant ${number} until ${until}, ${quota.perSecond} calls a second, ${quota.perDay} a day）。${rows}`
}

const TYPES: Readonly<Record<PlanField['schema']['type'], Json>> = {
  text: { type: 'string' }, integer: { type: 'integer' }, decimal: { type: 'number' }, boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' }, datetime: { type: 'string', description: 'YYYY-MM-DDTHH:MM:SS, local time' },
}

/** Decimals of more than 15 digits travel as text, so that no digit is lost. */
function valueType({ schema }: PlanField): Json {
  return schema.type === 'decimal' && (schema.precision ?? 38) > 15 ? { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$' } : TYPES[schema.type]
}

function rowSchema({ fields }: DeliveryPlan): Json {
  const properties = Object.fromEntries([...fields.values()].map((field): [string, Json] => {
    const { type, ...form } = field.mask === null ? valueType(field) : { type: undefined }
    return [field.name, {
      // A masked value may be of any type.
      ...(type === undefined ? {} : { type: [type, 'null'] }), ...form,
      ...(field.description === '' ? {} : { description: field.description }), 'x-datong-grade': field.grade, 'x-datong-masking': field.masking,
    }]
  }))
  return { type: 'object', properties }
}

const problems = (...statuses: readonly number[]): Json => Object.fromEntries(statuses.map((status) => [String(status), { $ref: '#/components/responses/Problem' }]))

const EVIDENCE: Json = { 'Datong-Evidence': { schema: { type: 'string' }, description: 'Id of the receipt; restricted data only' } }

function rowsOperation(plan: DeliveryPlan): Json {
  const names = [...plan.fields.keys()]
  const sortable = [...plan.fields.values()].filter((field) => field.mask === null).map(({ name }) => name)
  const text = (name: string, description: string): Json => ({ name, in: 'query', schema: { type: 'string' }, description })
  const filters = [...plan.fields.values()].flatMap((field) => operatorsOf(field).map((op): Json => ({
    name: op === 'eq' ? field.name : `${field.name}.${op}`, in: 'query', schema: operandOf(field, op), description: field.description,
  })))
  return {
    operationId: 'readRows', summary: 'Rows, masked as granted; all conditions must hold',
    parameters: [
      text('select', `Fields to answer, separated by commas; all when left out: ${names.join(', ')}`),
      ...(sortable.length === 0 ? [] : [text('sort', `Fields to order by, separated by commas, with - for descending: ${sortable.join(', ')}`)]),
      { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 1000, default: 20 } },
      text('cursor', 'nextCursor of the page before; the rest of the query stays the same'),
      ...filters,
    ],
    responses: {
      200: {
        description: 'A page of rows', headers: EVIDENCE,
        content: {
          'application/json': {
            schema: {
              type: 'object', required: ['items', 'nextCursor', 'version'],
              properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Row' } }, nextCursor: { type: ['string', 'null'] }, version: { type: 'integer' } },
            },
          },
          'text/csv': { schema: { type: 'string' } }, 'application/x-ndjson': { schema: { type: 'string' } },
        },
      },
      ...problems(401, 403, 404, 422, 429),
    },
  }
}

function operandOf(field: PlanField, op: Operator): Json {
  if (op === 'in') return { type: 'string', description: 'values separated by commas' }
  if (op === 'like') return { type: 'string', description: '% any text, _ one character' }
  return valueType(field)
}

function verifyOperation({ verifiable, identifying }: DescribedResource): Json {
  const properties = Object.fromEntries([...verifiable].map(([name, { field }]): [string, Json] => [name, { type: ['string', 'number', 'boolean'], description: field.description }]))
  return {
    operationId: 'verify', summary: 'Whether one row has all these values, compared unmasked; never the values themselves',
    parameters: [{ name: 'per', in: 'query', schema: { type: 'string', enum: ['record', 'field'], default: 'record' } }],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { type: 'object', properties, additionalProperties: false, anyOf: identifying.map((name) => ({ required: [name] })) } } },
    },
    responses: {
      200: {
        description: 'Match or not',
        content: { 'application/json': { schema: { type: 'object', required: ['match'], properties: { match: { type: 'boolean' }, fields: { type: 'object', additionalProperties: { type: 'boolean' } } } } } },
      },
      ...problems(401, 403, 404, 422, 429),
    },
  }
}

function statisticsOperation(plan: DeliveryPlan): Json {
  return {
    operationId: 'readStatistics', summary: 'How many rows have which values, and never a row: groups of fewer than `leastCount` rows or persons are left out, counts are rounded to `roundedTo`',
    parameters: [{ name: 'by', in: 'query', required: true, schema: { type: 'string' }, description: `One to three fields, separated by commas: ${countedBy(plan).map(({ name }) => name).join(', ')}` }],
    responses: {
      200: {
        description: 'Counts, the largest first', headers: EVIDENCE,
        content: { 'application/json': { schema: JSON.parse(JSON.stringify(operations.readStatistics.response)) as Json } }, // an object stays one
      },
      ...problems(401, 403, 404, 422, 429),
    },
  }
}

const downloadOperation = (): Json => ({
  operationId: 'download', summary: 'All rows as a file',
  parameters: [{ name: 'format', in: 'query', required: true, schema: { type: 'string', enum: [...DOWNLOAD_FORMATS] } }],
  responses: { 200: { description: 'The file', content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }, ...problems(401, 403, 404, 422, 429) },
})
