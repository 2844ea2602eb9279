import { AppError, isAppError } from '@datong/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, PUBLIC_CALLER } from '../../../platform/caller.ts'
import type { PlainRoute } from '../../../platform/route.ts'
import { sendData } from '../../../platform/send-data.ts'
import { type Actions, type CkanDeps, WrittenAnswer } from './action.ts'
import { datastoreActions } from './actions/datastore.ts'
import { groupActions } from './actions/groups.ts'
import { packageActions } from './actions/packages.ts'
import { helpAction, siteActions } from './actions/site.ts'
import { writingActions } from './actions/writing.ts'
import { denied, failureOf, invalid } from './ckan-error.ts'
import { BadRequest, readInput } from './read-input.ts'

export interface CkanRouteDeps extends CkanDeps {
  authenticate(request: FastifyRequest): { readonly caller: Caller } | Promise<{ readonly caller: Caller }>
  baseOf(request: FastifyRequest): string
  readonly log: { error(details: object, message: string): void }
}

const PATHS = ['/api/3/action/:name', '/api/action/:name']
const JSON_TYPE = 'application/json; charset=utf-8'

/** CKAN's Action API, version 3. @see https://docs.ckan.org/en/2.11/api/ */
export function ckanRoutes(deps: CkanRouteDeps): PlainRoute[] {
  const actions: Actions = {
    ...siteActions, ...packageActions(deps), ...groupActions(deps), ...datastoreActions(deps), ...writingActions(deps), help_show: helpAction(() => actions),
  }
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => answer(deps, actions, request, reply)
  const refuse = (_: Error, request: FastifyRequest, reply: FastifyReply): void => void send(request, reply, 400, JSON.stringify('Bad request: JSON Error: Error decoding JSON data.'))
  const version = async (_: FastifyRequest, reply: FastifyReply): Promise<unknown> => reply.type(JSON_TYPE).send('{"version":3}')
  return [
    ...PATHS.flatMap((path): PlainRoute[] => [{ method: 'GET', path, handle }, { method: 'POST', path, handle, refuse }]),
    { method: 'GET', path: '/api/3', handle: version },
  ]
}

async function answer(deps: CkanRouteDeps, actions: Actions, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  reply.header('cache-control', 'no-cache').header('vary', 'Authorization').header('access-control-allow-origin', '*')
  const { name = '' } = request.params as { name?: string } // the path has one
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (action === undefined) return send(request, reply, 400, JSON.stringify(`Bad request: Action name not known: ${name.slice(0, 100)}`))
  const base = deps.baseOf(request)
  const help = `${base}/api/3/action/help_show?name=${name}`
  const envelope = (result: string): string => `{"help":${JSON.stringify(help)},"success":true,"result":${result}}`
  try {
    const data = readInput(request, action.writes === true)
    // Asked for by a page of anybody's, and answered as to anybody.
    const callback = typeof data['callback'] === 'string' && request.method === 'GET' ? data['callback'] : undefined
    const { callback: _, ...rest } = data
    const caller = callback === undefined ? await callerOf(deps, request) : PUBLIC_CALLER
    if (action.writes === true && caller.actor.kind !== 'user') throw denied(`Action ${name} requires an authenticated user`)
    const result = await action.run({ data: rest, caller, base, envelope, asker: { caller, request, reply } })
    if (result instanceof WrittenAnswer && result.receipts.length > 0) reply.header('datong-evidence', result.receipts.join(', '))
    const text = result instanceof WrittenAnswer ? result.text : envelope(JSON.stringify(result ?? null))
    if (callback === undefined) return await send(request, reply, 200, text)
    if (!/^[\w$.]{1,100}$/.test(callback)) throw invalid({ callback: ['Not the name of a function'] })
    return await reply.code(200).type('application/javascript; charset=utf-8').send(`/**/${callback}(${text.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')});`)
  } catch (error) {
    if (error instanceof BadRequest) return send(request, reply, 400, JSON.stringify(`Bad request: ${error.message}`))
    const failure = failureOf(error)
    if (failure === undefined) deps.log.error({ err: error, requestId: request.id, action: name }, 'an action failed')
    const { status, error: said } = failure ?? { status: 500, error: { __type: 'Internal Server Error', message: 'Internal Server Error' } }
    const wait = isAppError(error) ? error.params['retryAfterSeconds'] : undefined
    if (wait !== undefined) reply.header('retry-after', String(wait))
    return send(request, reply, status, JSON.stringify({ help, success: false, error: said }))
  }
}

function send(request: FastifyRequest, reply: FastifyReply, status: number, text: string): FastifyReply | Promise<FastifyReply> {
  return sendData(request, reply.code(status).type(JSON_TYPE), text)
}

/**
 * Who calls: CKAN's clients send the token alone, in `Authorization` or `X-CKAN-API-Key`. Cookies count for nothing here, so that no page can make
 * a browser change something.
 * @throws AppError `access/unauthenticated` and others, for a token that is no good
 */
async function callerOf({ authenticate }: CkanRouteDeps, request: FastifyRequest): Promise<Caller> {
  const { authorization, 'x-ckan-api-key': apiKey } = request.headers
  const given = (authorization ?? (typeof apiKey === 'string' ? apiKey : '')).trim()
  if (given === '') return PUBLIC_CALLER
  if (/\s/.test(given) && !/^Bearer\s/i.test(given)) throw new AppError('access/unauthenticated')
  request.headers = { ...request.headers, authorization: /^Bearer\s/i.test(given) ? given : `Bearer ${given}` }
  return (await authenticate(request)).caller
}
