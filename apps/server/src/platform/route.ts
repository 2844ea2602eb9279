import type { BodyOf, Operation, ParamsOf, QueryOf, ResponseOf } from '@datong/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller, Reach } from './caller.ts'

/** What a handler gets: validated input, and who asks with which reach. */
export interface RouteContext<O> {
  readonly caller: Caller
  readonly reach: Reach
  readonly params: ParamsOf<O>
  readonly query: QueryOf<O>
  readonly body: BodyOf<O>
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal
}

/** An operation with its handler, ready to be mounted by `http`. */
export interface Route {
  readonly operation: Operation
  /** Raw handlers answer through `reply` themselves (streams, cookies, uploads). */
  readonly raw: boolean
  /** Mounted with only what a call for data needs; see `http/data-lane.ts`. */
  readonly lean: boolean
  handle(context: RouteContext<Operation>, request: FastifyRequest, reply: FastifyReply): Promise<unknown>
}

/** Binds a handler to an operation; the answer is validated against the operation's response schema. */
export function route<O extends Operation>(
  operation: O,
  handle: (context: RouteContext<O>, request: FastifyRequest, reply: FastifyReply) => Promise<ResponseOf<O>>,
): Route {
  // The mount validates input against this operation's schemas, so the context has exactly these types.
  return { operation, raw: false, lean: false, handle: handle as unknown as Route['handle'] }
}

/** As `route`, for handlers that write the answer through `reply` themselves. */
export function rawRoute<O extends Operation>(
  operation: O,
  handle: (context: RouteContext<O>, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): Route {
  return { operation, raw: true, lean: false, handle: handle as unknown as Route['handle'] } // as above
}

/**
 * As `rawRoute`, for calls by the thousand: no cookies are set, nothing is compressed unless the handler does it
 * (`sendData` of `platform/send-data.ts`), and a body is parsed and checked when the handler looks at it; `request.body` is its bytes (`Buffer`).
 */
export function leanRoute<O extends Operation>(
  operation: O,
  handle: (context: RouteContext<O>, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): Route {
  return { ...rawRoute(operation, handle), lean: true }
}

/** A plain address outside the operations (health, log tiles, pages), mounted as it is. */
export interface PlainRoute {
  readonly method: 'GET' | 'POST'
  /** Fastify path syntax. */
  readonly path: string
  handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown>
  /** Answers a body that cannot be read, where callers expect another form than a problem. */
  readonly refuse?: (error: Error, request: FastifyRequest, reply: FastifyReply) => void
}
