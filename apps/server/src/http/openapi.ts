import { ERRORS, type Operation, ProblemSchema } from '@datong/contracts'

type Json = Record<string, unknown>

const PROBLEM_RESPONSES = [
  ['401', 'Nobody is signed in, or the key or token is no good'],
  ['403', 'Not within the powers of the caller'],
  ['404', 'Unknown, or not to be seen by the caller'],
  ['409', 'Changed by somebody else meanwhile, or not possible in this state'],
  ['422', 'Not valid; `errors` lists all issues'],
  ['429', 'Too often; see `Retry-After`'],
] as const

/** The OpenAPI 3.1 document of operations under `/api/v1` and `/data/v1`. `x-datong-access` tells who may call each. */
export function openApiOf(list: readonly Operation[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const operation of list) (paths[operation.path] ??= {})[operation.method.toLowerCase()] = describe(operation)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Datong 达通', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: 'Sharing and opening of government data. Errors are RFC 9457 problem documents; lists page by cursor; times are UTC.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(list.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: plain(ProblemSchema) },
      responses: Object.fromEntries(PROBLEM_RESPONSES.map(([status, description]) => [`Problem${status}`, problemResponse(description)])),
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'Token answered by signIn' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'datong_session', description: 'Changes also need `X-CSRF-Token`' },
        key: { type: 'http', scheme: 'bearer', description: 'Key of an application, `dt_…`' },
      },
    },
    'x-datong-errors': Object.fromEntries(Object.entries(ERRORS).map(([code, { kind, title }]) => [code, { kind, title }])),
  }
}

function describe(operation: Operation): Json {
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    security: securityOf(operation),
    'x-datong-access': operation.access,
    ...(operation.openQuery ? { 'x-datong-open-query': true } : {}),
    parameters: [...parametersOf(operation.params, 'path'), ...parametersOf(operation.query, 'query')],
    ...requestBodyOf(operation),
    responses: {
      [String(operation.status ?? 200)]: { description: 'Done', content: contentOf(operation) },
      ...Object.fromEntries(PROBLEM_RESPONSES.map(([status]) => [status, { $ref: `#/components/responses/Problem${status}` }])),
      default: { $ref: '#/components/responses/Problem422' },
    },
  }
}

function securityOf({ access, path }: Operation): Json[] {
  const session = [{ session: [] }, { cookie: [] }]
  if (access !== 'anyone') return session
  return path.startsWith('/data/') ? [{}, { key: [] }, ...session] : [{}, ...session]
}

function parametersOf(schema: Operation['params'], place: 'path' | 'query'): Json[] {
  if (schema === undefined) return []
  // `required` is part of JSON Schema objects; TypeBox leaves it out when empty.
  const { properties, required = [] } = plain(schema) as { properties: Record<string, Json>; required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({
    name, in: place, required: place === 'path' || required.includes(name), schema: property,
    ...(typeof property['description'] === 'string' ? { description: property['description'] } : {}),
  }))
}

function requestBodyOf({ body, consumes }: Operation): Json {
  if (consumes === 'multipart/form-data') {
    const parts = { organisation: { type: 'string' }, title: { type: 'string' }, entryCode: { type: 'string' }, file: { type: 'string', format: 'binary' } }
    return { requestBody: { required: true, content: { [consumes]: { schema: { type: 'object', required: ['file'], properties: parts } } } } }
  }
  return body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: plain(body) } } } }
}

function contentOf({ produces = ['application/json'], response }: Operation): Json {
  return Object.fromEntries(produces.map((type) => [type, { schema: type.includes('json') ? plain(response) : { type: 'string' } }]))
}

const problemResponse = (description: string): Json => ({
  description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

/** A schema without TypeBox's symbols. */
const plain = (schema: object): Json => JSON.parse(JSON.stringify(schema)) as Json // an object stays one
