import type { FastifyInstance } from 'fastify'
import type { Route } from '../platform/route.ts'
import { takeJson } from './json-bodies.ts'
import { type MountOptions, mountOperations } from './mount.ts'

/**
 * Mounts the routes that are called by the thousand, beside the lane of the pages and without its plugins: no cookie jar, no
 * compression of streams, no parser of forms, and bodies stay bytes until a handler looks at what they say. What every answer
 * must have comes from hooks that both lanes share: request id, headers, figures, the turning away of calls when the server
 * cannot cope.
 */
export async function mountDataLane(
  app: FastifyInstance, routes: readonly Route[],
  options: MountOptions & { readonly parseCookie: FastifyInstance['parseCookie']; readonly bodyLimit: number },
): Promise<void> {
  await app.register(async (lane) => {
    // A person in the console comes with a cookie; calls with a key never look at it.
    lane.decorateRequest('cookies', {
      getter() {
        return this.headers.cookie === undefined ? {} : options.parseCookie(this.headers.cookie)
      },
    })
    lane.removeAllContentTypeParsers()
    takeJson(lane, options.bodyLimit, 'bytes')
    mountOperations(lane, routes, options)
  })
}
