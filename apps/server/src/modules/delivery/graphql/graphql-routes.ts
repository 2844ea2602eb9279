import { operations } from '@datong/contracts'
import { AppError, type ErrorParams, isAppError, type Issue } from '@datong/kernel'
import type { FastifyReply } from 'fastify'
import { type DocumentNode, execute, type ExecutionResult, GraphQLError, parse, validate } from 'graphql'
import { leanRoute, type Route } from '../../../platform/route.ts'
import { sendData } from '../../../platform/send-data.ts'
import type { DeliveryContext } from '../context.ts'
import { EVIDENCE_HEADER, hashOf } from '../metering/record-access.ts'
import { GRAPHQL_LIMITS, requireWithinLimits } from './limits.ts'
import { Reads } from './reads.ts'
import { createSchemas } from './schema-cache.ts'

/** GraphQL over the granted resources of a caller. */
export function graphqlRoutes(context: DeliveryContext): Route[] {
  const schemaOf = createSchemas(context)
  return [
    leanRoute(operations.graphql, async ({ caller, body }, request, reply) => {
      if (caller.actor.kind === 'public') throw new AppError('access/unauthenticated')
      reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store')
      const variables = body.variables ?? {}
      let document: DocumentNode
      try {
        document = parse(body.query, { maxTokens: GRAPHQL_LIMITS.tokens, noLocation: false })
        requireWithinLimits(document, variables)
      } catch (error) {
        return refuse(reply, [error])
      }
      const schema = await schemaOf(caller)
      if (schema === null) return refuse(reply, [new AppError('delivery/no-grant')])
      const mistakes = validate(schema, document, undefined, { maxErrors: 20 })
      if (mistakes.length > 0) return refuse(reply, mistakes)
      const reads = new Reads(context, caller, request, reply)
      const running = execute({ schema, document, contextValue: reads, variableValues: variables, operationName: body.operationName ?? null })
      const { data, errors } = await withinTime(Promise.resolve(running), reads)
      if (data === undefined) return refuse(reply, errors ?? [])
      const text = JSON.stringify(data)
      const receipts = await reads.record(hashOf(text), Buffer.byteLength(text))
      const extensions = Object.keys(receipts).length === 0 ? '' : `,"extensions":${JSON.stringify({ receipts })}`
      const failed = errors === undefined ? '' : `,"errors":${JSON.stringify(errors.map(told))}`
      const [first] = Object.values(receipts)
      if (first !== undefined) reply.header(EVIDENCE_HEADER, Object.values(receipts).join(', '))
      return sendData(request, reply, `{"data":${text}${failed}${extensions}}`)
    }),
  ]
}

/** Past the limit, what was begun is cancelled, nothing new begins, and nothing of it leaves. */
async function withinTime(running: Promise<ExecutionResult>, reads: Reads): Promise<ExecutionResult> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reads.end()
      reject(new AppError('delivery/query-too-slow', { limitMs: GRAPHQL_LIMITS.milliseconds, retryAfterSeconds: 2 }))
    }, GRAPHQL_LIMITS.milliseconds)
  })
  try {
    return await Promise.race([running, late])
  } finally {
    clearTimeout(timer)
  }
}

interface Told {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly locations?: readonly { readonly line: number; readonly column: number }[]
  readonly extensions: { readonly code: string; readonly params?: ErrorParams; readonly errors?: readonly Issue[] }
}

/** An error in GraphQL's form with our code; what nobody foresaw is not told. */
function told(error: unknown): Told {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error
  const place = error instanceof GraphQLError ? { ...(error.path === undefined ? {} : { path: error.path }), ...(error.locations === undefined ? {} : { locations: error.locations }) } : {}
  if (isAppError(cause)) {
    const { code, params, issues } = cause
    const message = [code, ...issues.map((issue) => issue.message)].join('; ')
    return { message, ...place, extensions: { code, ...(Object.keys(params).length === 0 ? {} : { params }), ...(issues.length === 0 ? {} : { errors: issues }) } }
  }
  if (cause instanceof GraphQLError) return { message: cause.message, ...place, extensions: { code: 'delivery/invalid-query' } }
  return { message: 'Something went wrong here', ...place, extensions: { code: 'server/failure' } }
}

/** Nothing was run. @see GraphQL over HTTP, section 6.4 */
const refuse = (reply: FastifyReply, errors: readonly unknown[]): FastifyReply => reply.code(400).send(JSON.stringify({ errors: errors.map(told) }))
