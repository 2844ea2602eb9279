import type { FastifyRequest } from 'fastify'
import type { IdentityDeps } from './deps.ts'

/**
 * Scheme, host and port under which the installation is called, without a port that is the scheme's own. What `publicUrl`
 * says counts; without it what the request says, which is enough to sign but binds to no one place.
 */
export function originOf({ publicUrl }: Pick<IdentityDeps, 'publicUrl'>, request: FastifyRequest): string {
  if (publicUrl !== null) return publicUrl
  const scheme = request.protocol
  const host = request.host.toLowerCase()
  const usual = scheme === 'https' ? ':443' : ':80'
  return `${scheme}://${host.endsWith(usual) ? host.slice(0, -usual.length) : host}`
}
