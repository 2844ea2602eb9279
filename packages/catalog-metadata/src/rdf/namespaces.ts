/** Prefixes under which graphs are written. */
export const PREFIXES = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcatap: 'http://data.europa.eu/r5r/',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  hydra: 'http://www.w3.org/ns/hydra/core#',
  owl: 'http://www.w3.org/2002/07/owl#',
  prov: 'http://www.w3.org/ns/prov#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  spdx: 'http://spdx.org/rdf/terms#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const
export type Prefix = keyof typeof PREFIXES

/** A name such as `dct:title`. */
export type Name = `${Prefix}:${string}`

/** The IRI of a prefixed name. */
export function expand(name: Name): string {
  const colon = name.indexOf(':')
  return PREFIXES[name.slice(0, colon) as Prefix] + name.slice(colon + 1) // a `Name` begins with one of the prefixes
}
