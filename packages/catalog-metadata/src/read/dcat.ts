import { type Quad, Store, type Term } from 'n3'
import type { DatasetDescription, DistributionDescription, LocalisedText, PlaceDescription } from '../description.ts'
import { expand, type Name } from '../rdf/namespaces.ts'
import { euCode } from '../vocabularies/eu.ts'
import { frequencyFrom } from '../vocabularies/frequencies.ts'
import { languageFromEu } from '../vocabularies/languages.ts'
import { licenceIdOf, licenceOf } from '../vocabularies/licences.ts'
import { A_DISTRIBUTION, addressOf, bytesOf, NOTHING_SAID, textOf, timeOf, wordsOf } from './values.ts'

/** What a document of DCAT says: its data sets, those that cannot be used, and where the next page is. */
export interface DcatDocument {
  readonly datasets: readonly DatasetDescription[]
  /** Subjects of data sets without title, or without anything to know them by. */
  readonly unusable: readonly string[]
  readonly next: string | null
  /** Data sets on all pages, where the source says it. */
  readonly total: number | null
}

const ACCESS: Readonly<Record<string, DatasetDescription['accessRights']>> = { PUBLIC: 'public', RESTRICTED: 'restricted', NON_PUBLIC: 'non-public' }

/**
 * Reads the data sets of a graph, whoever wrote it: IRIs or blank nodes, literals where DCAT-AP wants resources, several
 * languages. Looks one step from each data set and each of its distributions, so circles in the graph lead nowhere.
 * @see https://semiceu.github.io/DCAT-AP/releases/3.0.1/
 */
export function fromDcat(quads: readonly Quad[]): DcatDocument {
  const graph = new Store([...quads])
  const datasets: DatasetDescription[] = []
  const unusable: string[] = []
  for (const subject of graph.getSubjects(expand('rdf:type'), expand('dcat:Dataset'), null)) {
    const dataset = datasetOf(reader(graph, subject))
    if (dataset === undefined) unusable.push(subject.value)
    else datasets.push(dataset)
  }
  const next = graph.getObjects(null, expand('hydra:next'), null).map(({ value }) => addressOf(value)).find((url) => url !== null) ?? null
  const total = graph.getObjects(null, expand('hydra:totalItems'), null).map(({ value }) => bytesOf(value)).find((count) => count !== null) ?? null
  return { datasets, unusable, next, total }
}

/** What a graph says of one thing. */
interface Reader {
  readonly term: Term
  all(...names: readonly Name[]): readonly Term[]
  one(...names: readonly Name[]): Term | undefined
  words(...names: readonly Name[]): string | null
  text(...names: readonly Name[]): LocalisedText
  readonly at: (term: Term) => Reader
}

function reader(graph: Store, term: Term): Reader {
  const all = (...names: readonly Name[]): readonly Term[] => names.map((name) => graph.getObjects(term, expand(name), null)).find((found) => found.length > 0) ?? []
  return {
    term, all,
    one: (...names) => all(...names)[0],
    words: (...names) => all(...names).map(({ value }) => wordsOf(value)).find((words) => words !== null) ?? null,
    text: (...names) => textFrom(all(...names)),
    at: (other) => reader(graph, other),
  }
}

/** Literals by their language; without a tag, by their script. */
function textFrom(terms: readonly Term[]): LocalisedText {
  const text: Record<string, string> = {}
  for (const term of terms) {
    if (term.termType !== 'Literal' || wordsOf(term.value) === null) continue
    const said = term.language === '' ? textOf(term.value) : { [tagOf(term.language)]: term.value.trim() }
    for (const [language, words] of Object.entries(said)) text[language] ??= words
  }
  return text
}

/** Turtle and its kin fold tags to lower case. */
const tagOf = (tag: string): string => (/^zh(-|$)/i.test(tag) ? (/^zh-(hant|tw|hk|mo)/i.test(tag) ? 'zh-TW' : 'zh-CN') : tag.toLowerCase())

function datasetOf(dataset: Reader): DatasetDescription | undefined {
  const iri = addressOf(dataset.term.value)
  const identifier = dataset.words('dct:identifier') ?? iri
  const title = dataset.text('dct:title', 'rdfs:label')
  if (identifier === null || Object.keys(title).length === 0) return undefined
  const frequency = dataset.words('dct:accrualPeriodicity')
  const access = dataset.words('dct:accessRights')
  return {
    ...NOTHING_SAID,
    iri: iri ?? `urn:identifier:${encodeURIComponent(identifier)}`,
    identifier,
    landingPage: addressOf(dataset.words('dcat:landingPage', 'foaf:page')) ?? iri,
    title,
    description: dataset.text('dct:description'),
    publisher: publisherOf(dataset),
    contact: contactOf(dataset),
    keywords: keywordsFrom(dataset.all('dcat:keyword')),
    themes: dataset.all('dcat:theme').map((theme) => ({ id: null, iri: addressOf(theme.value), label: dataset.at(theme).text('skos:prefLabel') })),
    licence: licenceFrom(dataset) ?? dataset.all('dcat:distribution').map((distribution) => licenceFrom(dataset.at(distribution))).find((licence) => licence !== null) ?? null,
    issued: timeOf(dataset.words('dct:issued')),
    modified: timeOf(dataset.words('dct:modified')),
    frequency: frequency === null ? null : frequencyFrom(frequency),
    spatial: dataset.all('dct:spatial').flatMap((place) => placeOf(dataset.at(place))),
    temporal: dataset.all('dct:temporal').flatMap((period) => {
      const at = dataset.at(period)
      const dates = { from: timeOf(at.words('dcat:startDate')), to: timeOf(at.words('dcat:endDate')) }
      return dates.from === null && dates.to === null ? [] : [dates]
    }),
    provenance: dataset.all('dct:provenance').map((statement) => dataset.at(statement).text('rdfs:label')).find((text) => Object.keys(text).length > 0) ?? {},
    version: dataset.words('dcat:version', 'owl:versionInfo'),
    accessRights: access === null ? null : (ACCESS[euCode('access-right', access) ?? access.toUpperCase()] ?? null),
    languages: dataset.all('dct:language').flatMap(({ value }) => languageFromEu(value) ?? []),
    distributions: dataset.all('dcat:distribution').flatMap((distribution, index) => distributionOf(dataset.at(distribution), index)),
  }
}

function publisherOf(dataset: Reader): DatasetDescription['publisher'] {
  const agent = dataset.one('dct:publisher', 'dct:creator')
  if (agent === undefined) return null
  const about = dataset.at(agent)
  const name = agent.termType === 'Literal' ? textOf(agent.value) : about.text('foaf:name', 'skos:prefLabel', 'rdfs:label', 'vcard:fn')
  return Object.keys(name).length === 0 ? null : { iri: addressOf(agent.value), identifier: about.words('dct:identifier'), name, homepage: addressOf(about.words('foaf:homepage')) }
}

function contactOf(dataset: Reader): DatasetDescription['contact'] {
  const point = dataset.one('dcat:contactPoint')
  if (point === undefined) return null
  const about = dataset.at(point)
  const valueOf = (name: Name): string | null => {
    const term = about.one(name)
    return term === undefined ? null : wordsOf(term.termType === 'BlankNode' ? about.at(term).words('vcard:hasValue') : term.value)
  }
  const contact = {
    name: about.words('vcard:fn', 'vcard:hasFN', 'foaf:name'),
    email: valueOf('vcard:hasEmail')?.replace(/^mailto:/i, '') ?? null,
    phone: valueOf('vcard:hasTelephone')?.replace(/^tel:/i, '') ?? null,
    url: addressOf(valueOf('vcard:hasURL')),
  }
  return Object.values(contact).every((value) => value === null) ? null : contact
}

function keywordsFrom(terms: readonly Term[]): Record<string, string[]> {
  const byLanguage: Record<string, string[]> = {}
  for (const term of terms) for (const [language, words] of Object.entries(textFrom([term]))) (byLanguage[language] ??= []).push(words)
  return byLanguage
}

function licenceFrom(thing: Reader): DatasetDescription['licence'] {
  const term = thing.one('dct:license')
  if (term === undefined) return null
  const about = thing.at(term)
  const address = addressOf(term.value)
  const id = [term.value, ...about.all('skos:exactMatch').map(({ value }) => value)].map(licenceIdOf).find((found) => found !== null) ?? null
  if (id !== null) return licenceOf(id)
  const name = Object.values(about.text('rdfs:label', 'dct:title', 'skos:prefLabel'))[0] ?? (term.termType === 'BlankNode' ? null : wordsOf(term.value))
  return name === null ? null : { id: null, iri: address, name }
}

function placeOf(place: Reader): PlaceDescription[] {
  const iri = addressOf(place.term.value)
  const name = place.term.termType === 'Literal' ? wordsOf(place.term.value) : place.words('skos:prefLabel', 'rdfs:label')
  const code = place.words('dct:identifier')
  return iri === null && name === null && code === null ? [] : [{ code, iri, name }]
}

function distributionOf(distribution: Reader, index: number): DistributionDescription[] {
  const download = addressOf(distribution.words('dcat:downloadURL'))
  const access = addressOf(distribution.words('dcat:accessURL')) ?? download
  if (access === null) return []
  const format = distribution.words('dct:format')
  return [{
    ...A_DISTRIBUTION,
    iri: addressOf(distribution.term.value),
    key: addressOf(distribution.term.value) ?? String(index + 1),
    title: distribution.text('dct:title'),
    description: distribution.text('dct:description'),
    accessUrl: access,
    downloadUrl: download,
    mediaType: distribution.words('dcat:mediaType')?.replace(/^https?:\/\/www\.iana\.org\/assignments\/media-types\//, '') ?? null,
    format: format === null ? null : (euCode('file-type', format) ?? format),
    byteSize: bytesOf(distribution.words('dcat:byteSize')),
    licence: licenceFrom(distribution),
    issued: timeOf(distribution.words('dct:issued')),
    modified: timeOf(distribution.words('dct:modified')),
  }]
}
