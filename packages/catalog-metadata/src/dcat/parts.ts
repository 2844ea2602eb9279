import type { AgentDescription, ContactDescription, LicenceDescription, LocalisedText, PlaceDescription, StandardDescription, ThemeDescription } from '../description.ts'
import { firstSaid, type Graph } from '../rdf/graph.ts'
import { iriOf, partOf } from '../rdf/iri.ts'
import type { Name } from '../rdf/namespaces.ts'
import { formatOf } from '../vocabularies/formats.ts'
import { euCode } from '../vocabularies/eu.ts'
import { euLanguage } from '../vocabularies/languages.ts'
import { euLicence } from '../vocabularies/licences.ts'
import { EU_THEME_LABELS } from '../vocabularies/themes.ts'

/** A document for people. */
export function addDocument(graph: Graph, subject: string, name: Name, address: string | null): void {
  if (graph.link(subject, name, address)) graph.type(iriOf(address ?? '') ?? '', 'foaf:Document')
}

export function addAgent(graph: Graph, subject: string, name: Name, agent: AgentDescription | null): void {
  if (agent === null) return
  const iri = iriOf(agent.iri ?? '') ?? partOf(subject, 'publisher')
  graph.link(subject, name, iri)
  graph.type(iri, 'foaf:Agent')
  graph.text(iri, 'foaf:name', firstSaid(agent.name, { '': agent.identifier ?? '' }, { '': iri }))
  graph.plain(iri, 'dct:identifier', agent.identifier)
  addDocument(graph, iri, 'foaf:homepage', agent.homepage)
}

/** @param otherwise the name to give when only a number or an address is known */
export function addContact(graph: Graph, subject: string, contact: ContactDescription | null, otherwise: LocalisedText): void {
  if (contact === null) return
  const iri = partOf(subject, 'contact')
  graph.link(subject, 'dcat:contactPoint', iri)
  graph.type(iri, 'vcard:Kind')
  graph.text(iri, 'vcard:fn', firstSaid({ '': contact.name ?? '' }, otherwise))
  if (contact.email !== null) graph.link(iri, 'vcard:hasEmail', `mailto:${contact.email.replace(/^mailto:/i, '').trim()}`)
  const number = contact.phone?.replace(/[^\d+-]/g, '') ?? ''
  if (number !== '') graph.link(iri, 'vcard:hasTelephone', `tel:${number}`)
  graph.link(iri, 'vcard:hasURL', contact.url)
}

export function addLanguages(graph: Graph, subject: string, tags: readonly string[]): void {
  for (const tag of tags) {
    const language = euLanguage(tag)
    if (language !== undefined) graph.concept(subject, 'dct:language', 'language', euCode('language', language.iri) ?? '', language.label, 'dct:LinguisticSystem')
  }
}

export function addLicence(graph: Graph, subject: string, licence: LicenceDescription | null): void {
  if (licence === null) return
  const known = euLicence(licence)
  if (known !== null) {
    graph.concept(subject, 'dct:license', 'licence', euCode('licence', known) ?? '', licence.name, 'dct:LicenseDocument')
    graph.link(known, 'skos:exactMatch', licence.iri)
    return
  }
  const iri = iriOf(licence.iri ?? '') ?? partOf(subject, 'licence')
  graph.link(subject, 'dct:license', iri)
  graph.type(iri, 'dct:LicenseDocument')
  graph.plain(iri, 'rdfs:label', licence.name)
}

/** Conditions in words, the languages in one statement. */
export function addRights(graph: Graph, subject: string, words: LocalisedText, ground: string | null): void {
  if (Object.keys(firstSaid(words, { '': ground ?? '' })).length === 0) return
  const iri = partOf(subject, 'rights')
  graph.link(subject, 'dct:rights', iri)
  graph.type(iri, 'dct:RightsStatement')
  graph.text(iri, 'rdfs:label', words)
  graph.plain(iri, 'rdfs:comment', ground)
}

export function addKeywords(graph: Graph, subject: string, keywords: Readonly<Record<string, readonly string[]>>): void {
  for (const [language, words] of Object.entries(keywords)) for (const word of words) graph.text(subject, 'dcat:keyword', { [language]: word })
}

/** A theme of the EU list, or a concept of another; one of our own that has no concept there is no theme for others. */
export function addTheme(graph: Graph, subject: string, { iri, label }: ThemeDescription): void {
  if (iri === null) return
  const code = euCode('data-theme', iri)
  if (code !== undefined) return graph.concept(subject, 'dcat:theme', 'data-theme', code, EU_THEME_LABELS[code] ?? label['en'] ?? code)
  const concept = iriOf(iri)
  if (concept === undefined || Object.keys(firstSaid(label)).length === 0) return
  graph.link(subject, 'dcat:theme', concept)
  graph.type(concept, 'skos:Concept')
  graph.text(concept, 'skos:prefLabel', label)
}

export function addPlaces(graph: Graph, subject: string, places: readonly PlaceDescription[]): void {
  for (const [index, place] of places.entries()) {
    const iri = iriOf(place.iri ?? '') ?? partOf(subject, `spatial-${index + 1}`)
    graph.link(subject, 'dct:spatial', iri)
    graph.type(iri, 'dct:Location')
    graph.plain(iri, 'dct:identifier', place.code)
    graph.plain(iri, 'skos:prefLabel', place.name)
  }
}

export function addStandards(graph: Graph, subject: string, standards: readonly StandardDescription[]): void {
  for (const [index, { iri, title }] of standards.entries()) {
    const standard = iriOf(iri ?? '') ?? partOf(subject, `standard-${index + 1}`)
    graph.link(subject, 'dct:conformsTo', standard)
    graph.type(standard, 'dct:Standard')
    graph.plain(standard, 'dct:title', title)
  }
}

const IANA = 'https://www.iana.org/assignments/media-types/'

/** Media type by IANA, format by the EU list; a format that the list does not have is left out. */
export function addFormat(graph: Graph, subject: string, mediaType: string | null, format: string | null): void {
  const plain = mediaType?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (/^[a-z]+\/[a-z0-9.+-]+$/.test(plain)) {
    graph.link(subject, 'dcat:mediaType', IANA + plain)
    graph.type(IANA + plain, 'dct:MediaType')
  }
  const known = formatOf(format) ?? formatOf(mediaType)
  if (known !== undefined) graph.concept(subject, 'dct:format', 'file-type', known.code, known.label, 'dct:MediaTypeOrExtent')
}
