import type { DatasetDescription, DistributionAvailability, DistributionDescription, ServiceDescription } from '../description.ts'
import type { Graph } from '../rdf/graph.ts'
import { iriOf, partOf } from '../rdf/iri.ts'
import { addAgent, addContact, addFormat, addKeywords, addLicence, addRights, addStandards, addTheme } from './parts.ts'

const AVAILABILITY: Readonly<Record<DistributionAvailability, string>> = { stable: 'STABLE', available: 'AVAILABLE', experimental: 'EXPERIMENTAL', temporary: 'TEMPORARY' }

/** One form of the data, the `position`th. One without a usable address is left out, for it leads nowhere. */
export function addDistribution(graph: Graph, dataset: DatasetDescription, distribution: DistributionDescription, position: number): void {
  const address = iriOf(distribution.accessUrl)
  if (address === undefined) return
  const iri = iriOf(distribution.iri ?? '') ?? partOf(dataset.iri, `distribution-${position}`)
  graph.link(dataset.iri, 'dcat:distribution', iri)
  graph.type(iri, 'dcat:Distribution')
  graph.text(iri, 'dct:title', distribution.title)
  graph.text(iri, 'dct:description', distribution.description)
  graph.link(iri, 'dcat:accessURL', address)
  graph.type(address, 'rdfs:Resource')
  if (graph.link(iri, 'dcat:downloadURL', distribution.downloadUrl)) graph.type(iriOf(distribution.downloadUrl ?? '') ?? '', 'rdfs:Resource')
  addFormat(graph, iri, distribution.mediaType, distribution.format)
  if (distribution.byteSize !== null) graph.typed(iri, 'dcat:byteSize', String(distribution.byteSize), 'xsd:nonNegativeInteger')
  addChecksum(graph, iri, distribution.checksum)
  addLicence(graph, iri, distribution.licence)
  addRights(graph, iri, distribution.rights, dataset.legalBasis)
  graph.time(iri, 'dct:issued', distribution.issued)
  graph.time(iri, 'dct:modified', distribution.modified)
  if (distribution.availability !== null) {
    graph.concept(iri, 'dcatap:availability', 'planned-availability', AVAILABILITY[distribution.availability], distribution.availability)
  }
  addStandards(graph, iri, distribution.conformsTo)
  if (distribution.accessService !== null && dataset.services.some((service) => service.iri === distribution.accessService)) {
    graph.link(iri, 'dcat:accessService', distribution.accessService)
  }
}

/** The value is hexBinary, and the algorithm an SPDX term under the address that the shapes ask for. */
function addChecksum(graph: Graph, distribution: string, checksum: DistributionDescription['checksum']): void {
  if (checksum === null || !/^([0-9a-f]{2})+$/i.test(checksum.value)) return
  const iri = partOf(distribution, 'checksum')
  const algorithm = `https://spdx.org/rdf/terms#checksumAlgorithm_${checksum.algorithm}`
  graph.link(distribution, 'spdx:checksum', iri)
  graph.type(iri, 'spdx:Checksum')
  graph.link(iri, 'spdx:algorithm', algorithm)
  graph.type(algorithm, 'spdx:ChecksumAlgorithm')
  graph.typed(iri, 'spdx:checksumValue', checksum.value.toLowerCase(), 'xsd:hexBinary')
}

/** An interface, with what the catalogue knows about it through its data set. */
export function addService(graph: Graph, dataset: DatasetDescription, service: ServiceDescription): void {
  const { iri } = service
  graph.type(iri, 'dcat:DataService', 'dcat:Resource')
  graph.text(iri, 'dct:title', service.title)
  graph.text(iri, 'dct:description', service.description)
  if (graph.link(iri, 'dcat:endpointURL', service.endpointUrl)) graph.type(iriOf(service.endpointUrl) ?? '', 'rdfs:Resource')
  if (graph.link(iri, 'dcat:endpointDescription', service.endpointDescription)) graph.type(iriOf(service.endpointDescription ?? '') ?? '', 'rdfs:Resource')
  graph.link(iri, 'dcat:servesDataset', dataset.iri)
  addStandards(graph, iri, service.conformsTo)
  addAgent(graph, iri, 'dct:publisher', dataset.publisher)
  addContact(graph, iri, dataset.contact, dataset.publisher?.name ?? dataset.title)
  addLicence(graph, iri, dataset.licence)
  addKeywords(graph, iri, dataset.keywords)
  for (const theme of dataset.themes) addTheme(graph, iri, theme)
}
