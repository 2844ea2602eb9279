import type { AccessRights, DatasetDescription, RelationDescription } from '../description.ts'
import { firstSaid, type Graph } from '../rdf/graph.ts'
import { partOf } from '../rdf/iri.ts'
import type { Name } from '../rdf/namespaces.ts'
import { euCode } from '../vocabularies/eu.ts'
import { euFrequency } from '../vocabularies/frequencies.ts'
import { addDistribution, addService } from './distribution.ts'
import { addAgent, addContact, addDocument, addKeywords, addLanguages, addPlaces, addStandards, addTheme } from './parts.ts'

const ACCESS: Readonly<Record<AccessRights, { readonly code: string; readonly label: string }>> = {
  public: { code: 'PUBLIC', label: 'public' }, restricted: { code: 'RESTRICTED', label: 'restricted' }, 'non-public': { code: 'NON_PUBLIC', label: 'non-public' },
}

/** A source is named by PROV: `dct:source` wants a data set that is described in the same graph. */
const RELATIONS: Readonly<Record<RelationDescription['kind'], Name>> = {
  source: 'prov:wasDerivedFrom', 'part-of': 'dct:isPartOf', replaces: 'dct:replaces', related: 'dct:relation', 'version-of': 'dct:isVersionOf',
}

/** The profile that records follow. */
const DCAT_AP = { iri: 'https://semiceu.github.io/DCAT-AP/releases/3.0.1', title: 'DCAT-AP 3.0.1' }

/**
 * A data set with its distributions and services.
 * @see https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Dataset
 */
export function addDataset(graph: Graph, dataset: DatasetDescription): void {
  const { iri } = dataset
  const title = firstSaid(dataset.title, { '': dataset.identifier }, { '': iri })
  graph.type(iri, 'dcat:Dataset', 'dcat:Resource')
  graph.plain(iri, 'dct:identifier', dataset.identifier)
  graph.text(iri, 'dct:title', title)
  graph.text(iri, 'dct:description', firstSaid(dataset.description, title))
  addDocument(graph, iri, 'dcat:landingPage', dataset.landingPage)
  addAgent(graph, iri, 'dct:publisher', dataset.publisher)
  addContact(graph, iri, dataset.contact, dataset.publisher?.name ?? title)
  addKeywords(graph, iri, dataset.keywords)
  for (const theme of dataset.themes) addTheme(graph, iri, theme)
  graph.time(iri, 'dct:issued', dataset.issued)
  graph.time(iri, 'dct:modified', dataset.modified)
  if (dataset.frequency !== null) {
    const { iri: frequency, label } = euFrequency(dataset.frequency)
    graph.concept(iri, 'dct:accrualPeriodicity', 'frequency', euCode('frequency', frequency) ?? '', label, 'dct:Frequency')
  }
  addPlaces(graph, iri, dataset.spatial)
  addPeriods(graph, dataset)
  addProvenance(graph, dataset)
  graph.plain(iri, 'dcat:version', dataset.version)
  graph.text(iri, 'adms:versionNotes', dataset.versionNotes)
  for (const { kind, iri: other } of dataset.relations) graph.link(iri, RELATIONS[kind], other)
  if (dataset.accessRights !== null) {
    const { code, label } = ACCESS[dataset.accessRights]
    graph.concept(iri, 'dct:accessRights', 'access-right', code, label, 'dct:RightsStatement')
  }
  addStandards(graph, iri, dataset.conformsTo)
  addLanguages(graph, iri, dataset.languages)
  for (const [index, distribution] of dataset.distributions.entries()) addDistribution(graph, dataset, distribution, index + 1)
  for (const service of dataset.services) addService(graph, dataset, service)
}

/** What the catalogue says of the description itself. */
export function addRecord(graph: Graph, dataset: DatasetDescription): string {
  const iri = partOf(dataset.iri, 'record')
  graph.type(iri, 'dcat:CatalogRecord')
  graph.link(iri, 'foaf:primaryTopic', dataset.iri)
  graph.time(iri, 'dct:modified', dataset.changed ?? dataset.modified)
  graph.time(iri, 'dct:issued', dataset.listed)
  addStandards(graph, iri, [DCAT_AP])
  return iri
}

function addPeriods(graph: Graph, { iri, temporal }: DatasetDescription): void {
  for (const [index, { from, to }] of temporal.entries()) {
    if (from === null && to === null) continue
    const period = partOf(iri, `temporal-${index + 1}`)
    graph.link(iri, 'dct:temporal', period)
    graph.type(period, 'dct:PeriodOfTime')
    graph.time(period, 'dcat:startDate', from)
    graph.time(period, 'dcat:endDate', to)
  }
}

function addProvenance(graph: Graph, { iri, provenance, origin }: DatasetDescription): void {
  if (Object.keys(firstSaid(provenance)).length === 0) return
  const statement = partOf(iri, 'provenance')
  graph.link(iri, 'dct:provenance', statement)
  graph.type(statement, 'dct:ProvenanceStatement')
  graph.text(statement, 'rdfs:label', provenance)
  graph.link(statement, 'rdfs:seeAlso', origin?.url)
}
