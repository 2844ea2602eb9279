import type { FastifyReply } from 'fastify'

const STATUS = { invalid_request: 400, invalid_client: 401, invalid_scope: 400, unsupported_grant_type: 400, temporarily_unavailable: 429 } as const

/** A refusal in the words of OAuth. @see RFC 6749, section 5.2 */
export class OAuthError extends Error {
  readonly error: keyof typeof STATUS
  readonly retryAfterSeconds: number | null
  constructor(error: keyof typeof STATUS, description: string, retryAfterSeconds: number | null = null) {
    super(description)
    this.name = 'OAuthError'
    this.error = error
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export function sendOAuthError({ error, message, retryAfterSeconds }: OAuthError, reply: FastifyReply): FastifyReply {
  if (error === 'invalid_client') reply.header('www-authenticate', 'Basic realm="datong"')
  if (retryAfterSeconds !== null) reply.header('retry-after', String(retryAfterSeconds))
  return reply.code(STATUS[error]).send({ error, error_description: message })
}
