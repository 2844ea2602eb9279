import { type DcatDocument, fromDcat } from '@datong/catalog-metadata'
import { AppError } from '@datong/kernel'
import { PAGE_LIMITS, type SourceKind } from './kind.ts'
import { readRdf } from './read-rdf.ts'

const ACCEPT = 'text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.8'
/** A catalogue of more pages than this goes in circles. */
const MOST_PAGES = 100_000

/**
 * DCAT in Turtle, RDF/XML or JSON-LD, with Hydra paging where the source pages. `modified_since` asks for what changed; a
 * source that does not know it answers with everything, which only takes longer.
 * @see https://www.hydra-cg.com/spec/latest/core/
 */
export const dcat: SourceKind = {
  async* pages({ url, since, from }, fetch) {
    let address: string | null = from ?? beginning(url, since)
    const visited = new Set<string>()
    while (address !== null) {
      if (visited.has(address) || visited.size === MOST_PAGES) throw new AppError('harvest/not-a-catalogue', { host: new URL(url).hostname, wanted: 'pages that end' })
      visited.add(address)
      const fetched = await fetch(address, { accept: ACCEPT, limits: PAGE_LIMITS })
      const { datasets, unusable, next, total }: DcatDocument = fromDcat(await readRdf(fetched, new URL(url).hostname))
      yield {
        datasets,
        problems: unusable.map((subject) => ({ identifier: subject, title: null, code: 'missing-title', detail: '' })),
        position: next ?? address,
        total,
      }
      address = next
    }
  },
}

function beginning(url: string, since: Date | null): string {
  if (since === null) return url
  const asked = new URL(url)
  asked.searchParams.set('modified_since', since.toISOString())
  return asked.href
}
