import { type catalogToDcat, writeJsonLd, writeRdfXml, writeTurtle } from '@datong/catalog-metadata'

interface Syntax {
  readonly mediaType: string
  /** With its character set where the media type leaves that open. */
  readonly contentType: string
  write(quads: ReturnType<typeof catalogToDcat>): string
}

/** Syntaxes of RDF by the ending of their files, the preferred one first. */
export const SYNTAXES = {
  ttl: { mediaType: 'text/turtle', contentType: 'text/turtle; charset=utf-8', write: writeTurtle },
  jsonld: { mediaType: 'application/ld+json', contentType: 'application/ld+json', write: writeJsonLd },
  xml: { mediaType: 'application/rdf+xml', contentType: 'application/rdf+xml; charset=utf-8', write: writeRdfXml },
} as const satisfies Readonly<Record<string, Syntax>>
export type Ending = keyof typeof SYNTAXES

/** Endings by media type. */
export const ENDING_OF: ReadonlyMap<string, Ending> = new Map(Object.entries(SYNTAXES).map(([ending, { mediaType }]) => [mediaType, ending as Ending])) // its own keys
