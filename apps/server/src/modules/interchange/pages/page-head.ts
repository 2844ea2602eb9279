import { descriptionOf, jsonForScript, titleOf, toSchemaOrg } from '@datong/catalog-metadata'
import { isAppError } from '@datong/kernel'
import type { FastifyRequest } from 'fastify'
import type { PageHead } from '../../../platform/page-head.ts'
import type { InterchangeDeps } from '../context.ts'
import { describeCatalog } from '../dataset/catalog.ts'
import type { Published } from '../dataset/published.ts'
import { SYNTAXES } from '../rdf/syntaxes.ts'
import { baseOf } from '../web/origin.ts'

/** Longer descriptions are cut where results of searches are shown. */
const MOST_DESCRIPTION = 300

const attribute = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

/** What the page of a data set says to search engines and previews before any script runs. */
export function createPageHead(deps: InterchangeDeps, published: Published) {
  return async (request: FastifyRequest): Promise<PageHead | null> => {
    const [, code] = /^\/datasets\/([0-9]{6,12}-[0-9]{6})\/?(?:\?|$)/.exec(request.url) ?? []
    if (code === undefined) return null
    const base = baseOf(deps, request)
    const dataset = await published.dataset(code, base).catch((error: unknown) => {
      // The page itself says that there is nothing.
      if (isAppError(error)) return undefined
      throw error
    })
    if (dataset === undefined) return null
    const catalog = describeCatalog(deps, base)
    const title = titleOf(dataset)
    const description = descriptionOf(dataset).replace(/\s+/g, ' ').slice(0, MOST_DESCRIPTION).toWellFormed()
    const page = dataset.landingPage ?? dataset.iri
    const meta = { 'og:type': 'website', 'og:title': title, 'og:description': description, 'og:url': page, 'og:site_name': catalog.title['zh-CN'] ?? '' }
    return {
      title, description,
      elements: [
        `<link rel="canonical" href="${attribute(page)}">`,
        ...Object.entries(meta).map(([property, content]) => `<meta property="${property}" content="${attribute(content)}">`),
        ...Object.entries(SYNTAXES).map(([ending, { mediaType }]) => `<link rel="alternate" type="${mediaType}" href="${attribute(`${dataset.iri}.${ending}`)}">`),
        `<script type="application/ld+json" id="dataset-json-ld">${jsonForScript(toSchemaOrg(dataset, catalog))}</script>`,
      ],
    }
  }
}
