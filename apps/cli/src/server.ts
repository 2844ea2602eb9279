import { type Client, createClient, operations, type User } from '@datong/contracts'
import { type CommandContext, CommandError } from './context.ts'
import type { StreamedForm } from './load/multipart.ts'
import { readLogin } from './saved-login.ts'

const DEFAULT_URL = 'http://127.0.0.1:8080'

/** The server's address without a trailing slash. */
export const serverUrl = ({ env }: Pick<CommandContext, 'env'>): string => (env['DATONG_URL'] || DEFAULT_URL).replace(/\/+$/, '')

/** `fetch` whose failures to connect are sentences. */
export const reach = ({ messages, signal }: CommandContext): typeof fetch => async (input, init) => {
  try {
    return await fetch(input, { ...init, signal: init?.signal ?? signal })
  } catch (error) {
    if (signal.aborted) throw error
    const url = input instanceof Request ? input.url : String(input)
    throw new CommandError(messages.unreachable(new URL(url).origin, reasonOf(error)), { cause: error })
  }
}

function reasonOf(error: unknown): string {
  const cause: unknown = error instanceof Error && error.cause !== undefined ? error.cause : error
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return cause instanceof Error ? cause.message : String(cause)
}

/**
 * How a stream is sent. `duplex` is required for one. With the other two, Node's fetch keeps no copy for a redirect,
 * which would be the whole file in memory.
 */
const ONCE: RequestInit & { duplex: 'half' } = { duplex: 'half', redirect: 'error', window: null }

/** A client that shows a token, or nothing; with a form, each of its calls sends that form, so it is good for one. */
export function clientOf(context: CommandContext, token: string | null, form?: StreamedForm): Client {
  const get = reach(context)
  return createClient({
    baseUrl: serverUrl(context),
    fetch: form === undefined ? get : (url, init) => get(url, { ...init, ...ONCE, body: form.body }),
    headers: () => ({
      'accept-language': context.messages.language,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(form === undefined ? {} : { 'content-type': form.contentType }),
    }),
  })
}

/** Signs in with name and password. */
export async function signIn(context: CommandContext, username: string, password: string): Promise<{ token: string; user: User }> {
  return clientOf(context, null)(operations.signIn, { body: { username, password } })
}

/**
 * The token to show: a key or name and password of the environment, else the saved login.
 * @returns null when there is none
 */
export async function findToken(context: CommandContext): Promise<string | null> {
  const { env } = context
  const [user, password, key] = [env['DATONG_USER'], env['DATONG_PASSWORD'], env['DATONG_KEY']]
  if (user && password) return (await signIn(context, user, password)).token
  return (await readLogin(env, serverUrl(context)))?.token ?? (key || null)
}
