import { type Operation, operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler, RouteShorthandOptions } from 'fastify'
import { type Caller, reachOf, type Reach } from '../platform/caller.ts'
import type { PlainRoute, Route, RouteContext } from '../platform/route.ts'
import { type Authenticate, type Identified, requireCsrfToken } from './identified.ts'
import { compileAnswer, compileInput, compileLateInput } from './validate.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set when access has been granted. */
    datongCaller: Granted | null
  }
  interface FastifyContextConfig {
    /** Label of the route in metrics and logs. */
    name?: string
  }
}

export interface MountOptions {
  readonly authenticate: Authenticate
  /** Check each answer against its schema and fail when it differs; for tests. */
  readonly checkAnswers: boolean
  /** Aborted when the server begins to stop. */
  readonly closing: AbortSignal
}

interface Granted {
  readonly caller: Caller
  readonly reach: Reach
}

type Input = Pick<RouteContext<Operation>, 'params' | 'query' | 'body'>

/** What a handler gets; most never ask for the signal, so it is made when one does. */
class Context implements RouteContext<Operation> {
  readonly caller: Caller
  readonly reach: Reach
  readonly params: Input['params']
  readonly query: Input['query']
  readonly #input: Input
  readonly #makeSignal: () => AbortSignal
  #signal: AbortSignal | undefined

  constructor({ caller, reach }: Granted, input: Input, operation: Operation, reply: FastifyReply, closing: AbortSignal) {
    this.caller = caller
    this.reach = reach
    this.params = input.params
    this.query = input.query
    this.#input = input
    this.#makeSignal = () => signalOf(operation, reply, closing)
  }

  get body(): Input['body'] {
    return this.#input.body
  }

  get signal(): AbortSignal {
    return (this.#signal ??= this.#makeSignal())
  }
}

/** Signing in is what makes the session that a token could belong to. */
const NEEDS_NO_CSRF_TOKEN: ReadonlySet<string> = new Set(['signIn'])

/**
 * Mounts operations with their handlers: authentication and access before the body is read, then validation of path,
 * query and body, then the handler, then serialisation by the answer's schema.
 */
export function mountOperations(app: FastifyInstance, routes: readonly Route[], options: MountOptions): void {
  app.decorateRequest('datongCaller', null)
  for (const route of routes) {
    const { operation } = route
    const check = route.lean ? compileLateInput(operation) : compileInput(operation)
    const checkAnswer = options.checkAnswers && !route.raw ? compileAnswer(operation) : undefined
    app.route({
      method: operation.method,
      url: pathOf(operation),
      ...answerSchema(route),
      config: { name: operation.id },
      onRequest: admission(operation, options.authenticate),
      handler: async (request, reply) => {
        const who = request.datongCaller
        if (who === null) throw new AppError('access/unauthenticated')
        // `check` proved that the input has the types of this operation.
        const input = check(request) as Input
        const answer = await route.handle(new Context(who, input, operation, reply, options.closing), request, reply)
        if (route.raw) return reply.sent ? reply : answer
        const wrong = checkAnswer?.(answer) ?? []
        if (wrong.length > 0) throw new Error(`the answer of ${operation.id} is not what it promises: ${JSON.stringify(wrong)}`)
        return reply.code(operation.status ?? 200).send(answer)
      },
    })
  }
}

/** Finds the caller and what it may do here, before the body is read; waits only for callers who are not remembered. */
function admission(operation: Operation, authenticate: Authenticate): onRequestHookHandler {
  const admit = (who: Identified, request: FastifyRequest, reply: FastifyReply): void => {
    reply.header('cache-control', who.caller.actor.kind === 'public' ? 'no-cache' : 'no-store')
    reply.header('vary', 'cookie, authorization, accept')
    const reach = reachOf(operation, who.caller)
    if (!NEEDS_NO_CSRF_TOKEN.has(operation.id)) requireCsrfToken(request, who)
    requireMediaType(operation, request)
    request.datongCaller = { caller: who.caller, reach }
  }
  return (request, reply, done) => {
    let who: Identified | Promise<Identified>
    try {
      who = authenticate(request)
      if (!(who instanceof Promise)) admit(who, request, reply)
    } catch (error) {
      return done(asError(error))
    }
    if (!(who instanceof Promise)) return done()
    void admitLater(who, request, reply, done)
  }

  async function admitLater(who: Promise<Identified>, request: FastifyRequest, reply: FastifyReply, done: (refusal?: Error) => void): Promise<void> {
    let refusal: Error | undefined
    try {
      admit(await who, request, reply)
    } catch (error) {
      refusal = asError(error)
    }
    done(refusal)
  }
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))

export function mountPlainRoutes(app: FastifyInstance, routes: readonly PlainRoute[]): void {
  for (const { method, path, handle, refuse } of routes) {
    app.route({ method, url: path, config: { name: path }, handler: (request, reply) => handle(request, reply), ...(refuse === undefined ? {} : { errorHandler: refuse }) })
  }
}

const pathOf = ({ path }: Operation): string => path.replace(/\{(\w+)\}/g, ':$1')

/** Raw handlers write what they like; the others are serialised by their schema, which also drops what it does not name. */
function answerSchema({ operation, raw }: Route): Pick<RouteShorthandOptions, 'schema'> {
  if (raw) return {}
  return { schema: { response: { [operation.status ?? 200]: JSON.parse(JSON.stringify(operation.response)) } } }
}

function requireMediaType(operation: Operation, request: FastifyRequest): void {
  const given = request.headers['content-type']
  if (given === undefined || (operation.body === undefined && operation.consumes === undefined)) return
  const wanted = operation.consumes ?? 'application/json'
  if (!given.toLowerCase().startsWith(wanted)) throw new AppError('request/unsupported-media-type', { expected: wanted })
}

/** Ends with the client's connection; a stream of events also ends when the server stops. */
function signalOf({ produces }: Operation, reply: FastifyReply, closing: AbortSignal): AbortSignal {
  const gone = new AbortController()
  if (reply.raw.destroyed) gone.abort()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return produces?.includes('text/event-stream') ? AbortSignal.any([gone.signal, closing]) : gone.signal
}

/** A module that is there answers all of its operations, each once. @throws Error when one has two handlers, or a tag is handled in part */
export function requireWholeTags(routes: readonly Route[]): void {
  const handled = new Set<string>()
  for (const { operation } of routes) {
    if (handled.has(operation.id)) throw new Error(`two handlers for ${operation.id}`)
    handled.add(operation.id)
  }
  const tags = new Set(routes.map(({ operation }) => operation.tag))
  const missing = Object.values(operations).filter(({ tag, id }) => tags.has(tag) && !handled.has(id)).map(({ id }) => id)
  if (missing.length > 0) throw new Error(`no handler for ${missing.join(', ')}`)
}
