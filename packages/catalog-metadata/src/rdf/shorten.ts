import { PREFIXES } from './namespaces.ts'

const NAMESPACES = Object.entries(PREFIXES)

/** An IRI as a prefixed name, when one of the prefixes fits and what is left is a plain name. */
export function shorten(iri: string): string | undefined {
  for (const [prefix, namespace] of NAMESPACES) {
    const local = iri.startsWith(namespace) ? iri.slice(namespace.length) : ''
    if (/^[A-Za-z_][\w-]*$/.test(local)) return `${prefix}:${local}`
  }
  return undefined
}
