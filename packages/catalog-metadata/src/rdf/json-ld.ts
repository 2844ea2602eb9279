import type { Quad } from 'n3'
import { bySubject, type Statements } from './by-subject.ts'
import { PREFIXES } from './namespaces.ts'
import { shorten } from './shorten.ts'

const XSD_STRING = `${PREFIXES.xsd}string`

/**
 * A graph in JSON-LD 1.1: one node object a subject, names by prefix, nothing to be fetched for reading it.
 * @see https://www.w3.org/TR/json-ld11/
 */
export function writeJsonLd(quads: readonly Quad[]): string {
  const nodes = [...bySubject(quads)].map(([subject, statements]) => ({ '@id': subject, ...membersOf(statements) }))
  return JSON.stringify({ '@context': PREFIXES, '@graph': nodes })
}

function membersOf(statements: Statements): Record<string, unknown> {
  return Object.fromEntries([...statements].map(([predicate, objects]) => {
    if (predicate === `${PREFIXES.rdf}type`) return ['@type', objects.map(({ value }) => shorten(value) ?? value)]
    const values = objects.map(valueOf)
    return [shorten(predicate) ?? predicate, values.length === 1 ? values[0] : values]
  }))
}

function valueOf(object: Quad['object']): unknown {
  if (object.termType !== 'Literal') return { '@id': object.value }
  if (object.language !== '') return { '@value': object.value, '@language': object.language }
  const datatype = object.datatype.value
  return datatype === XSD_STRING ? object.value : { '@value': object.value, '@type': shorten(datatype) ?? datatype }
}
