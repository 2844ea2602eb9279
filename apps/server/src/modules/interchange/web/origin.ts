import type { FastifyRequest } from 'fastify'
import type { InterchangeDeps } from '../context.ts'

/** Scheme and host under which the reader knows the installation; what is configured counts before what the request says. */
export function baseOf({ publicUrl }: Pick<InterchangeDeps, 'publicUrl'>, { protocol, host }: FastifyRequest): string {
  if (publicUrl !== null) return publicUrl
  // Only what can stand in an address: the field is the client's own word.
  return /^[\w.:[\]-]+$/.test(host) ? `${protocol}://${host.toLowerCase()}` : `${protocol}://localhost`
}
