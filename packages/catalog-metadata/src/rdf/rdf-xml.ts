import type { Quad } from 'n3'
import { bySubject } from './by-subject.ts'
import { PREFIXES } from './namespaces.ts'
import { shorten } from './shorten.ts'

const XSD_STRING = `${PREFIXES.xsd}string`
const RDF_TYPE = `${PREFIXES.rdf}type`

/**
 * A graph in RDF/XML. Subjects are IRIs, and predicates have one of our prefixes: the syntax cannot write others as elements.
 * @see https://www.w3.org/TR/rdf-syntax-grammar/
 */
export function writeRdfXml(quads: readonly Quad[]): string {
  const names = Object.entries(PREFIXES).map(([prefix, namespace]) => ` xmlns:${prefix}="${namespace}"`).join('')
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<rdf:RDF${names}>`]
  for (const [subject, statements] of bySubject(quads)) {
    const [first, ...others] = statements.get(RDF_TYPE) ?? []
    const element = (first && shorten(first.value)) ?? 'rdf:Description'
    const types = element === 'rdf:Description' && first !== undefined ? [first, ...others] : others
    lines.push(`  <${element} rdf:about="${escape(subject)}">`, ...types.map((type) => propertyOf('rdf:type', type)))
    for (const [predicate, objects] of statements) {
      if (predicate === RDF_TYPE) continue
      const name = shorten(predicate)
      if (name === undefined) throw new Error(`RDF/XML cannot write the predicate ${predicate}`)
      lines.push(...objects.map((object) => propertyOf(name, object)))
    }
    lines.push(`  </${element}>`)
  }
  return `${lines.join('\n')}\n</rdf:RDF>\n`
}

function propertyOf(name: string, object: Quad['object']): string {
  if (object.termType !== 'Literal') return `    <${name} rdf:resource="${escape(object.value)}"/>`
  const kind = object.language === '' ? (object.datatype.value === XSD_STRING ? '' : ` rdf:datatype="${escape(object.datatype.value)}"`) : ` xml:lang="${object.language}"`
  return `    <${name}${kind}>${escape(object.value)}</${name}>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }
const escape = (text: string): string => text.replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character)
