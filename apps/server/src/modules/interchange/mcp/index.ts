import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { isAppError } from '@datong/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, PUBLIC_CALLER } from '../../../platform/caller.ts'
import type { PlainRoute } from '../../../platform/route.ts'
import type { FacesDeps } from '../context.ts'
import { baseOf } from '../web/origin.ts'
import { mcpServer } from './server.ts'
import type { McpDeps } from './tool.ts'
import { toolsOf } from './tools.ts'

const VERSION = '0.1.0'

/**
 * The Model Context Protocol by Streamable HTTP: each request is answered by itself with JSON, without a session.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports
 */
export function createMcp(deps: FacesDeps, packageOf: McpDeps['packageOf']): PlainRoute[] {
  const tools = toolsOf({ catalog: deps.catalog, questions: deps.questions, organisations: deps.organisations, clock: deps.clock, packageOf })
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (!isOwnOrigin(deps, request)) return refused(reply, 403, -32_000, 'Forbidden origin')
    const base = baseOf(deps, request)
    let caller: Caller
    try {
      caller = await callerOf(deps, request)
    } catch (error) {
      if (!isAppError(error)) throw error
      return refused(reply.header('www-authenticate', 'Bearer'), 401, -32_001, error.code)
    }
    const server = mcpServer(tools, { asker: { caller, request, reply }, caller, base }, VERSION)
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    // The SDK's own transports do not spell out that what they leave out may be undefined.
    await server.connect(transport as Parameters<typeof server.connect>[0])
    try {
      const answer = await transport.handleRequest(webRequestOf(request, base), { parsedBody: request.body })
      answer.headers.forEach((value, name) => void reply.header(name, value))
      return await reply.code(answer.status).header('cache-control', 'no-store').send(Buffer.from(await answer.arrayBuffer()))
    } finally {
      await server.close()
    }
  }
  const none = async (_: FastifyRequest, reply: FastifyReply): Promise<unknown> => refused(reply.header('allow', 'POST'), 405, -32_000, 'Method not allowed: there are no sessions and no streams, post each request')
  return [
    { method: 'POST', path: '/mcp', handle, refuse: (_, __, reply) => void refused(reply, 400, -32_700, 'Parse error: the body is no JSON') },
    { method: 'GET', path: '/mcp', handle: none },
  ]
}

/**
 * A page of anybody's may point its own name at this machine and then ask as if it were from here: whoever sends an origin must come from
 * the installation's own, and a name that means this machine alone is good only when it was asked by such a name.
 */
function isOwnOrigin(deps: Pick<FacesDeps, 'publicUrl'>, request: FastifyRequest): boolean {
  const hosts = new Set([hostOf(deps.publicUrl ?? ''), ...LOCAL])
  const asked = request.hostname.toLowerCase().replace(/^\[|\]$/g, '')
  // Who knows its own name answers to no other; else a name is only good when the connection was made to an address of the network.
  const isKnownHost = hosts.has(asked) || (deps.publicUrl === null && !isLoopback(request.socket.localAddress ?? ''))
  const { origin } = request.headers
  return isKnownHost && (origin === undefined || hostOf(origin) === asked)
}

const LOCAL = ['localhost', '127.0.0.1', '::1']
const isLoopback = (address: string): boolean => /^(127\.|::1$|::ffff:127\.)/.test(address)

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase().replace(/^\[|\]$/g, '') : ''
}

const refused = (reply: FastifyReply, status: number, code: number, message: string): FastifyReply =>
  reply.code(status).type('application/json').send({ jsonrpc: '2.0', error: { code, message }, id: null })

/** Cookies count for nothing: what a browser sends by itself must not be enough. */
async function callerOf({ authenticate }: FacesDeps, request: FastifyRequest): Promise<Caller> {
  return request.headers.authorization === undefined ? PUBLIC_CALLER : (await authenticate(request)).caller
}

function webRequestOf(request: FastifyRequest, base: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string' && !name.startsWith(':')) headers.set(name, value)
  return new Request(`${base}/mcp`, { method: request.method, headers })
}
