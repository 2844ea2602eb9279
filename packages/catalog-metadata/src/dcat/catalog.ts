import type { Quad } from 'n3'
import type { CatalogDescription, DatasetDescription } from '../description.ts'
import { createGraph } from '../rdf/graph.ts'
import { EU_LISTS, euScheme } from '../vocabularies/eu.ts'
import { addDataset, addRecord } from './dataset.ts'
import { addAgent, addDocument, addLanguages, addLicence, addPlaces } from './parts.ts'

/** Where a page stands among the others. Addresses are whole, with their conditions. */
export interface PageDescription {
  readonly self: string
  readonly first: string
  readonly previous: string | null
  readonly next: string | null
  readonly last: string
  /** Data sets on all pages. */
  readonly totalItems: number
}

/** One data set, with what the catalogue says of its description. */
export function datasetToDcat(dataset: DatasetDescription): readonly Quad[] {
  const graph = createGraph()
  addDataset(graph, dataset)
  addRecord(graph, dataset)
  return graph.quads
}

/**
 * A page of a catalogue: the catalogue, its data sets on this page, and the way to the other pages.
 * @see https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Catalogue
 * @see https://www.hydra-cg.com/spec/latest/core/#collections
 */
export function catalogToDcat(catalog: CatalogDescription, datasets: readonly DatasetDescription[], page: PageDescription): readonly Quad[] {
  const graph = createGraph()
  const { iri } = catalog
  const themes = euScheme('data-theme')
  graph.type(iri, 'dcat:Catalog', 'hydra:Collection')
  graph.text(iri, 'dct:title', catalog.title)
  graph.text(iri, 'dct:description', catalog.description)
  addAgent(graph, iri, 'dct:publisher', catalog.publisher)
  addDocument(graph, iri, 'foaf:homepage', catalog.homepage)
  addLicence(graph, iri, catalog.licence)
  addLanguages(graph, iri, catalog.languages)
  addPlaces(graph, iri, catalog.spatial)
  graph.time(iri, 'dct:issued', catalog.issued)
  graph.time(iri, 'dct:modified', catalog.modified)
  graph.link(iri, 'dcat:themeTaxonomy', themes)
  graph.type(themes, 'skos:ConceptScheme')
  graph.text(themes, 'dct:title', { en: EU_LISTS['data-theme'] })
  graph.typed(iri, 'hydra:totalItems', String(page.totalItems), 'xsd:integer')
  graph.link(iri, 'hydra:view', page.self)
  graph.type(page.self, 'hydra:PartialCollectionView')
  graph.link(page.self, 'hydra:first', page.first)
  graph.link(page.self, 'hydra:previous', page.previous)
  graph.link(page.self, 'hydra:next', page.next)
  graph.link(page.self, 'hydra:last', page.last)
  for (const dataset of datasets) {
    graph.link(iri, 'dcat:dataset', dataset.iri)
    graph.link(iri, 'dcat:record', addRecord(graph, dataset))
    for (const service of dataset.services) graph.link(iri, 'dcat:service', service.iri)
    addDataset(graph, dataset)
  }
  return graph.quads
}
