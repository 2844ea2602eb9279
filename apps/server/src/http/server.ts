import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import underPressure from '@fastify/under-pressure'
import { type Operation, operations } from '@datong/contracts'
import { AppError, type Clock, type Random, uuidv7 } from '@datong/kernel'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController, type RawRequestDefaultExpression } from 'fastify'
import type { Socket } from 'node:net'
import { constants } from 'node:zlib'
import type { Logger } from 'pino'
import type { PageHeads } from '../platform/page-head.ts'
import type { PlainRoute, Route } from '../platform/route.ts'
import { mountDataLane } from './data-lane.ts'
import { mountDocs } from './docs.ts'
import { mountHealth, type Probe } from './health.ts'
import type { Authenticate } from './identified.ts'
import { takeJson } from './json-bodies.ts'
import type { Metrics } from './metrics.ts'
import { mountOperations, type MountOptions, mountPlainRoutes, requireWholeTags } from './mount.ts'
import { openApiOf } from './openapi.ts'
import { asAppError, PROBLEM_TYPE, problemOf, sendProblem } from './problem.ts'
import { RequestMessage } from './request-message.ts'
import { DATA_HEADERS, PAGE_HEADERS } from './security-headers.ts'
import { mountWeb } from './web.ts'

interface HttpOptions {
  readonly routes: readonly Route[]
  readonly plainRoutes: readonly PlainRoute[]
  readonly authenticate: Authenticate
  readonly probes: Readonly<Record<string, Probe>>
  readonly metrics: Metrics
  readonly log: Logger
  readonly clock: Clock
  readonly random: Random
  readonly version: string
  /** Folder of the built web pages; null for a process that serves none. */
  readonly webRoot: string | null
  /** What pages say of themselves before any script runs; without it none does. */
  readonly pageHead?: PageHeads
  /** Check each answer against its schema; for tests. */
  readonly checkAnswers?: boolean
  /** Beyond this delay of the event loop calls are turned away with 503; 0 turns none away, for tests on busy machines. */
  readonly maxEventLoopDelayMs?: number
  /** Proxies whose `X-Forwarded-…` fields are believed: addresses, ranges, `loopback`; none by default. */
  readonly trustedProxies?: readonly string[]
  /** Largest JSON body in bytes. */
  readonly bodyLimitBytes?: number
}

export interface HttpServer {
  readonly app: FastifyInstance
  /** @returns the address that it listens on, such as `http://127.0.0.1:8080` */
  listen(host: string, port: number): Promise<string>
  /** Takes no new requests, lets those under way end, and cuts what is left after `graceMs`. */
  close(graceMs?: number): Promise<void>
}

/** Builds the HTTP server: everything that is the same for all routes, and the routes themselves. */
export async function createHttpServer(options: HttpOptions): Promise<HttpServer> {
  const closing = new AbortController()
  const bodyLimit = options.bodyLimitBytes ?? 2 * 2 ** 20
  const app = Fastify({
    loggerInstance: loggerOfAll(options.log),
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error, request, reply) => void sendProblem(asAppError(error), request, reply),
    clientErrorHandler: answerUnreadable,
    bodyLimit,
    http: { IncomingMessage: RequestMessage },
    // Uploads of gigabytes over slow lines take long; the headers alone must come within Node's minute.
    requestTimeout: 4 * 3_600_000,
    trustProxy: options.trustedProxies === undefined || options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    genReqId: requestIds(options),
    routerOptions: { maxParamLength: 300 },
  })
  app.setErrorHandler((error, request, reply) => {
    const known = asAppError(error)
    if (known.code === 'server/failure') request.log.error({ err: error, requestId: request.id }, 'a request failed')
    return sendProblem(known, request, reply)
  })
  app.removeAllContentTypeParsers()
  takeJson(app, bodyLimit, 'parsed')
  // Forms, where OAuth wants them.
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 16_384 }, (_, body, done) => done(null, new URLSearchParams(body.toString())))
  observe(app, options)
  requireWholeTags(options.routes)
  const mounting = { authenticate: options.authenticate, checkAnswers: options.checkAnswers ?? false, closing: closing.signal }
  const { parseCookie } = await mountPages(app, options, mounting)
  await mountDataLane(app, options.routes.filter(({ lean }) => lean), { ...mounting, parseCookie, bodyLimit })
  // Last, for it measures from here on: compiling the routes must not look like a load.
  await app.register(underPressure, {
    maxEventLoopDelay: options.maxEventLoopDelayMs ?? 4_000, exposeStatusRoute: false,
    pressureHandler: (request, reply, _, delayMs) => {
      // No measurement at all: the loop stood still for the whole interval, and that this runs shows that it goes on.
      if (delayMs !== Infinity) sendProblem(new AppError('request/overloaded'), request, reply)
    },
  })
  await app.ready()
  return {
    app,
    listen: (host, port) => app.listen({ host, port }),
    close: async (graceMs = 5_000) => {
      closing.abort()
      const cut = setTimeout(() => app.server.closeAllConnections(), graceMs)
      await app.close().finally(() => clearTimeout(cut))
    },
  }
}

/** Everything but the data lane: what browsers need, and the plugins for it. Answers how they read cookies. */
async function mountPages(app: FastifyInstance, options: HttpOptions, mounting: MountOptions): Promise<Pick<FastifyInstance, 'parseCookie'>> {
  let scope = app
  await app.register(async (pages) => {
    scope = pages
    await registerPages(pages, options, mounting)
  })
  // Not the scope itself: it is thenable, and awaiting it gives the instance above, which has no cookies.
  return { parseCookie: (header) => scope.parseCookie(header) }
}

async function registerPages(pages: FastifyInstance, options: HttpOptions, mounting: MountOptions): Promise<void> {
  await pages.register(helmet, { ...PAGE_HEADERS, global: false })
  await pages.register(cookie)
  await pages.register(multipart)
  await pages.register(compress, {
    encodings: ['br', 'gzip'], threshold: 2_048, globalDecompression: false, zlibOptions: { level: 5 },
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    // Events must leave at once, and files of these kinds are compressed already.
    customTypes: /^(text\/(?!event-stream)|application\/(json|problem\+json|javascript|xml|x-ndjson|n-triples|ld\+json|rdf\+xml|csvm\+json)|image\/svg)/,
  })
  mountHealth(pages, options.probes, options.metrics.registry)
  mountOperations(pages, options.routes.filter(({ lean }) => !lean), mounting)
  mountPlainRoutes(pages, options.plainRoutes)
  const document = openApiOf(describedOperations(options.routes), options.version)
  pages.get('/api/v1/openapi.json', { config: { name: 'openapi' } }, async (_, reply) => reply.header('cache-control', 'no-cache').send(document))
  await mountDocs(pages)
  if (options.webRoot === null) pages.setNotFoundHandler((request, reply) => sendProblem(new AppError('request/not-found'), request, reply))
  else await mountWeb(pages, options.webRoot, options.pageHead ?? (async () => null))
}

/**
 * One logger for all requests: one for each costs more than most requests, and so does what Fastify checks of a factory's; our own lines
 * name the request.
 */
function loggerOfAll(log: Logger): FastifyBaseLogger {
  // pino's own type and Fastify's narrower one describe the same object.
  const one = Object.create(log) as FastifyBaseLogger
  return Object.assign(one, { child: () => one })
}

/** What is not even HTTP never becomes a request; the socket itself gets the problem. */
function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
  const problem = problemOf(new AppError('request/malformed'), '', '')
  const body = JSON.stringify(problem)
  socket.end(`HTTP/1.1 400 Bad Request\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`)
}

/** Ids of a process: one random beginning and a count. Those that a proxy gave are kept when they can break no line or header. */
function requestIds({ clock, random }: HttpOptions): (request: RawRequestDefaultExpression) => string {
  const beginning = uuidv7(clock, random)
  let count = 0
  return ({ headers }) => {
    const given = headers['x-request-id']
    return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : `${beginning}-${(++count).toString(36)}`
  }
}

const SLOW_MS = 2_000

/** Request id on each answer, figures for each route, a log line for what failed or took long. */
function observe(app: FastifyInstance, { metrics }: HttpOptions): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).headers(DATA_HEADERS)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.config?.name ?? 'other'
    metrics.observeRequest(route, request.method, reply.statusCode, reply.elapsedTime / 1_000)
    const line = { requestId: request.id, route, method: request.method, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    if (reply.statusCode >= 500) request.log.warn(line, 'failed')
    else if (reply.elapsedTime > SLOW_MS) request.log.info(line, 'answered slowly')
    else request.log.debug(line, 'answered')
    done()
  })
}

/** The operations that are mounted, in the order of the contract. */
function describedOperations(routes: readonly Route[]): Operation[] {
  const mounted = new Set(routes.map(({ operation }) => operation.id))
  return Object.values(operations).filter(({ id }) => mounted.has(id))
}
