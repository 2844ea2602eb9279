import { DataFactory, type Quad } from 'n3'
import type { LocalisedText } from '../description.ts'
import { EU_LISTS, type EuList, euConcept, euScheme } from '../vocabularies/eu.ts'
import { iriOf } from './iri.ts'
import { expand, type Name } from './namespaces.ts'

const { namedNode, literal, quad } = DataFactory

/** What XML 1.0 cannot hold, so that all syntaxes say the same. @see https://www.w3.org/TR/xml/#charsets */
// oxlint-disable-next-line no-control-regex -- exactly these are meant
const UNSPEAKABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const LANGUAGE_TAG = /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i
const DATE = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

/** Words as every RDF syntax can carry them; empty when nothing can be read in them. */
function speakable(words: string): string {
  const said = words.toWellFormed().replace(UNSPEAKABLE, '').replace(/\r\n?/g, '\n')
  return said.trim() === '' ? '' : said
}

/** The first of several texts in which anything can be read. */
export const firstSaid = (...texts: readonly LocalisedText[]): LocalisedText =>
  texts.find((text) => Object.values(text).some((words) => speakable(words) !== '')) ?? {}

/** A set of triples under construction; none is held twice. What is null or empty is left out. */
export interface Graph {
  readonly quads: readonly Quad[]
  type(subject: string, ...types: Name[]): void
  /** @returns whether the address was one */
  link(subject: string, name: Name, address: string | null | undefined): boolean
  text(subject: string, name: Name, words: LocalisedText): void
  plain(subject: string, name: Name, words: string | null): void
  typed(subject: string, name: Name, value: string, datatype: Name): void
  /** An RFC 3339 instant or a calendar date; anything else is left out. */
  time(subject: string, name: Name, at: string | null): void
  /** Links to a concept of an authority list, and says of it what a reader needs who does not have the list. */
  concept(subject: string, name: Name, list: EuList, code: string, label: string, ...types: Name[]): void
}

export function createGraph(): Graph {
  const quads: Quad[] = []
  const seen = new Set<string>()

  function add(subject: string, name: Name, object: Quad['object'], key: string): void {
    const whole = `${subject}\n${name}\n${key}`
    if (seen.has(whole)) return
    seen.add(whole)
    quads.push(quad(namedNode(subject), namedNode(expand(name)), object))
  }
  const literally = (subject: string, name: Name, words: string, kind: string | ReturnType<typeof namedNode> | undefined): void => {
    const said = speakable(words)
    if (said === '') return
    add(subject, name, literal(said, kind), `"${typeof kind === 'string' ? kind : kind?.value ?? ''}"${said}`)
  }
  const graph: Graph = {
    quads,
    type(subject, ...types) {
      for (const one of types) add(subject, 'rdf:type', namedNode(expand(one)), expand(one))
    },
    link(subject, name, address) {
      const iri = address === null || address === undefined ? undefined : iriOf(address)
      if (iri === undefined) return false
      add(subject, name, namedNode(iri), iri)
      return true
    },
    text(subject, name, words) {
      for (const [language, said] of Object.entries(words)) literally(subject, name, said, LANGUAGE_TAG.test(language) ? language : undefined)
    },
    plain(subject, name, words) {
      if (words !== null) literally(subject, name, words, undefined)
    },
    typed(subject, name, value, datatype) {
      literally(subject, name, value, namedNode(expand(datatype)))
    },
    time(subject, name, at) {
      if (at === null || Number.isNaN(Date.parse(at))) return
      if (DATE.test(at)) graph.typed(subject, name, at, 'xsd:date')
      else if (INSTANT.test(at)) graph.typed(subject, name, at, 'xsd:dateTime')
    },
    concept(subject, name, list, code, label, ...types) {
      const concept = euConcept(list, code)
      const scheme = euScheme(list)
      graph.link(subject, name, concept)
      graph.type(concept, 'skos:Concept', ...types)
      graph.text(concept, 'skos:prefLabel', { en: label })
      graph.link(concept, 'skos:inScheme', scheme)
      graph.type(scheme, 'skos:ConceptScheme')
      graph.text(scheme, 'dct:title', { en: EU_LISTS[list] })
    },
  }
  return graph
}
