import type { FastifyRequest } from 'fastify'

/** What a page says of itself before any script runs. Title and description are plain text; elements are safe HTML. */
export interface PageHead {
  readonly title: string
  readonly description: string
  readonly elements: readonly string[]
}

/** The head of the page that a request asks for; null for a page with nothing of its own to say. */
export type PageHeads = (request: FastifyRequest) => Promise<PageHead | null>
