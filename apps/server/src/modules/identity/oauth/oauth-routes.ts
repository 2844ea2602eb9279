import { type Scope, SCOPES } from '@datong/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PlainRoute } from '../../../platform/route.ts'
import type { IdentityContext } from '../context.ts'
import type { KeyRecord } from '../key-record.ts'
import { originOf } from '../origin.ts'
import { issueToken } from './access-token.ts'
import { ASSERTION_ALGORITHMS, authenticateClient, TOKEN_PATH } from './client-authentication.ts'
import { createGuessLimit } from './guess-limit.ts'
import { OAuthError, sendOAuthError } from './oauth-error.ts'

/**
 * OAuth 2.0 for systems that want it: client credentials against an access token of ten minutes.
 * @see RFC 6749, section 4.4; RFC 8414
 */
export function oauthRoutes(context: IdentityContext): PlainRoute[] {
  const guesses = createGuessLimit()

  const grant = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    reply.header('cache-control', 'no-store').header('pragma', 'no-cache')
    try {
      const form = formIn(request.body)
      const record = await guesses.run(request.ip, () => authenticateClient(context, request, form))
      const grantType = form.get('grant_type')
      if (grantType !== 'client_credentials') throw new OAuthError(grantType === undefined ? 'invalid_request' : 'unsupported_grant_type', 'grant_type must be client_credentials')
      const scopes = scopesFor(record, form.get('scope'))
      const { token, expiresInSeconds } = issueToken(context, record, scopes)
      context.keys.touch(record.keyId)
      return await reply.send({ access_token: token, token_type: 'Bearer', expires_in: expiresInSeconds, scope: (scopes ?? SCOPES).join(' ') })
    } catch (error) {
      if (error instanceof OAuthError) return sendOAuthError(error, reply)
      throw error
    }
  }

  return [
    { method: 'POST', path: TOKEN_PATH, handle: grant },
    {
      method: 'GET', path: '/.well-known/oauth-authorization-server',
      handle: async (request, reply) => {
        const origin = originOf(context, request)
        return reply.header('cache-control', 'no-cache').send({
          issuer: origin, token_endpoint: origin + TOKEN_PATH, response_types_supported: [], grant_types_supported: ['client_credentials'],
          token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
          token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS, scopes_supported: SCOPES, service_documentation: `${origin}/docs/api`,
        })
      },
    },
  ]
}

/** @throws OAuthError for what is no form, or says a thing twice (RFC 6749, section 3.2) */
function formIn(body: unknown): ReadonlyMap<string, string> {
  if (!(body instanceof URLSearchParams)) throw new OAuthError('invalid_request', 'send application/x-www-form-urlencoded')
  const form = new Map<string, string>()
  for (const [name, value] of body) {
    if (form.has(name)) throw new OAuthError('invalid_request', 'a parameter stands twice')
    if (value !== '') form.set(name, value)
  }
  return form
}

/** What is asked for when the key covers all of it; what the key covers when nothing is asked for. */
function scopesFor({ scopes }: KeyRecord, wanted: string | undefined): readonly Scope[] | null {
  if (wanted === undefined) return scopes
  const names = [...new Set(wanted.split(' '))]
  const covered = (scopes ?? SCOPES).filter((scope) => names.includes(scope))
  if (covered.length !== names.length) throw new OAuthError('invalid_scope', `the key covers ${(scopes ?? SCOPES).join(' ')}`)
  return covered
}
