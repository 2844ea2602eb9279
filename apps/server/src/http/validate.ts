import type { Operation } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifyRequest } from 'fastify'
import { parseJson } from './json-bodies.ts'
import { closeObjects } from './strict-schema.ts'

const MAX_ISSUES = 500

/** Text from a URL becomes numbers and booleans; a body already has its types. */
const forUrl = withFormats(new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true, strict: false }))
const forBody = withFormats(new Ajv({ allErrors: true, useDefaults: true, strict: false }))
const forAnswer = withFormats(new Ajv({ allErrors: true, strict: false }))

function withFormats(ajv: Ajv): Ajv {
  // The plugin is a CommonJS default export: the function itself under Node, its module for TypeScript.
  const plugin = addFormats as unknown as { default?: (ajv: Ajv) => Ajv } & ((ajv: Ajv) => Ajv)
  return (plugin.default ?? plugin)(ajv)
}

export interface Input {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/**
 * Compiles the checks of an operation's input.
 * The result throws `request/invalid` with all issues of path, query and body at once; pointers into the body are bare
 * (`/fields/0/name`), those into the others begin with `/path` or `/query`.
 */
export function compileInput(operation: Operation): (request: FastifyRequest) => Input {
  const issuesOfAddress = compileAddress(operation)
  const issuesOfBody = compileBody(operation)
  return (request) => {
    const input: Input = { params: request.params, query: request.query, body: request.body === undefined ? {} : request.body }
    refuse([...issuesOfAddress(request), ...issuesOfBody(input.body)])
    return input
  }
}

/**
 * As `compileInput`, for bodies that are bytes still: that one is parsed and checked when it is looked at.
 * @throws AppError `request/invalid`, and from `body` also `request/malformed`
 */
export function compileLateInput(operation: Operation): (request: FastifyRequest) => Input {
  const issuesOfAddress = compileAddress(operation)
  const issuesOfBody = compileBody(operation)
  return (request) => {
    const issues = issuesOfAddress(request)
    if (issues.length > 0) refuse([...issues, ...issuesOfBody(saidIn(request.body))])
    return new LateInput(request, issuesOfBody)
  }
}

class LateInput implements Input {
  readonly params: unknown
  readonly query: unknown
  readonly #bytes: unknown
  readonly #issuesOfBody: (body: unknown) => readonly Issue[]
  #body: unknown

  constructor({ params, query, body }: FastifyRequest, issuesOfBody: (body: unknown) => readonly Issue[]) {
    this.params = params
    this.query = query
    this.#bytes = body
    this.#issuesOfBody = issuesOfBody
  }

  get body(): unknown {
    if (this.#body === undefined) {
      const body = saidIn(this.#bytes)
      refuse(this.#issuesOfBody(body))
      this.#body = body
    }
    return this.#body
  }
}

/** No body is an empty object. */
function saidIn(bytes: unknown): unknown {
  const said = Buffer.isBuffer(bytes) ? parseJson(bytes) : undefined
  return said === undefined ? {} : said
}

function compileAddress(operation: Operation): (request: FastifyRequest) => readonly Issue[] {
  const params = operation.params && forUrl.compile(withoutSymbols(operation.params))
  const querySchema = withoutSymbols(operation.query ?? { type: 'object', properties: {} })
  const query = forUrl.compile(operation.openQuery ? querySchema : Object(closeObjects(querySchema)))
  return (request) => [...(params ? issuesOf(params, request.params, '/path') : NONE), ...issuesOf(query, request.query, '/query')]
}

function compileBody(operation: Operation): (body: unknown) => readonly Issue[] {
  if (operation.body === undefined || operation.consumes === 'multipart/form-data') return () => NONE
  const check = forBody.compile(Object(closeObjects(withoutSymbols(operation.body))))
  return (body) => issuesOf(check, body, '')
}

const NONE: readonly Issue[] = []

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new AppError('request/invalid', {}, issues.slice(0, MAX_ISSUES))
}

/** Compiles the check of an operation's answer, for tests: the answer must have exactly the shape that was promised. */
export function compileAnswer(operation: Operation): (answer: unknown) => readonly Issue[] {
  const validate = forAnswer.compile(Object(closeObjects(withoutSymbols(operation.response))))
  return (answer) => issuesOf(validate, JSON.parse(JSON.stringify(answer)), '')
}

/** TypeBox marks its schemas with symbols and hidden properties; Ajv wants plain JSON Schema. */
const withoutSymbols = (schema: object): object => JSON.parse(JSON.stringify(schema)) as object // what went in was an object

function issuesOf(validate: ValidateFunction, value: unknown, prefix: string): Issue[] {
  if (validate(value)) return []
  const errors = validate.errors ?? []
  const telling = errors.filter((error) => !isNoise(error, errors))
  return (telling.length > 0 ? telling : errors).map((error) => ({
    pointer: prefix + pointerOf(error), code: codeOf(error), message: messageOf(error),
  }))
}

/** Of a nullable value only what its non-null branch says is of use. */
function isNoise(error: ErrorObject, all: readonly ErrorObject[]): boolean {
  const others = all.filter((other) => other !== error && other.instancePath.startsWith(error.instancePath))
  if (error.keyword === 'anyOf') return others.length > 0
  return error.keyword === 'type' && error.params['type'] === 'null' && others.some(({ keyword }) => keyword !== 'anyOf')
}

function pointerOf({ keyword, instancePath, params }: ErrorObject): string {
  if (keyword === 'required') return `${instancePath}/${escape(params['missingProperty'])}`
  if (keyword === 'additionalProperties') return `${instancePath}/${escape(params['additionalProperty'])}`
  return instancePath
}

/** @see RFC 6901 section 3 */
const escape = (name: unknown): string => String(name).replaceAll('~', '~0').replaceAll('/', '~1')

const codeOf = ({ keyword }: ErrorObject): string => (keyword === 'additionalProperties' ? 'unknown' : keyword)

function messageOf({ keyword, message, params }: ErrorObject): string {
  if (keyword === 'required') return 'is required'
  if (keyword === 'additionalProperties') return 'is not known here'
  const allowed: unknown = params['allowedValues']
  if (keyword === 'enum' && Array.isArray(allowed)) return `must be one of ${allowed.join(', ')}`
  return message ?? 'is not valid'
}
