import type { FastifyHelmetOptions } from '@fastify/helmet'
import type { FastifyReply } from 'fastify'

/**
 * What pages of ours may load: only from here. Ant Design writes style elements, hence `unsafe-inline` for styles; no
 * script is ever inline. Plain HTTP on the own machine must work, so nothing forces HTTPS except behind it.
 */
export const PAGE_HEADERS: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      workerSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginEmbedderPolicy: false,
  strictTransportSecurity: { maxAge: 15_552_000, includeSubDomains: false },
  referrerPolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
}

/** For answers that are data: they are no pages, and nothing may make them one. */
export const DATA_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
} as const

/** Gives an answer the headers of a page instead of those of data. */
export function asPage(reply: FastifyReply): FastifyReply {
  for (const name of Object.keys(DATA_HEADERS)) reply.removeHeader(name)
  void reply.helmet()
  return reply
}
