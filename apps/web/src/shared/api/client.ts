import { createClient, operations, ProblemError, type Client } from '@datong/contracts'

let csrfToken: string | null = null

/** Remembers the token that cookie-borne changes must repeat; null after signing out. */
export function rememberCsrfToken(token: string | null): void {
  csrfToken = token
}

/** Headers that each change sent by other means than `call` needs too (uploads with progress). */
export const sessionHeaders = (): Record<string, string> => (csrfToken === null ? {} : { 'X-CSRF-Token': csrfToken })

const client = createClient({ baseUrl: '', fetch: (input, init) => fetch(input, init), headers: sessionHeaders })

/**
 * Calls one operation of the server.
 * A token that went stale (the session was renewed in another tab) is fetched anew and the call made once more.
 * @throws ProblemError with the server's problem; TypeError when the network failed
 */
export const call: Client = async (operation, input) => {
  try {
    return await client(operation, input)
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'access/csrf') throw error
    const session = await client(operations.currentSession)
    rememberCsrfToken(session.csrfToken)
    return client(operation, input)
  }
}
