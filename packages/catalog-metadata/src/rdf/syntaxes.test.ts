import fc from 'fast-check'
import { JsonLdParser } from 'jsonld-streaming-parser'
import { Parser, type Quad } from 'n3'
import { isomorphic } from 'rdf-isomorphic'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { describe, expect, it } from 'vitest'
import { catalogToDcat, datasetToDcat } from '../dcat/catalog.ts'
import { anyDataset, CAR_PARKS, CATALOG } from '../testing/descriptions.ts'
import { writeJsonLd } from './json-ld.ts'
import { writeRdfXml } from './rdf-xml.ts'
import { writeTurtle } from './turtle.ts'

const PAGE = { self: 'https://data.example.gov.cn/catalog', first: 'https://data.example.gov.cn/catalog', previous: null, next: null, last: 'https://data.example.gov.cn/catalog', totalItems: 1 }

/** Parsers that we did not write; none of them may ask the network for anything. */
async function parsed(parser: JsonLdParser | RdfXmlParser, text: string): Promise<Quad[]> {
  const quads: Quad[] = []
  parser.on('data', (one: Quad) => quads.push(one))
  const ended = new Promise<void>((resolve, reject) => void parser.on('end', resolve).on('error', reject))
  parser.write(text)
  parser.end()
  await ended
  return quads
}
const refuse = async (url: string): Promise<never> => { throw new Error(`asked for ${url}`) }

async function readAll(quads: readonly Quad[]): Promise<Quad[][]> {
  return [
    new Parser({ format: 'text/turtle' }).parse(writeTurtle(quads)),
    await parsed(new JsonLdParser({ documentLoader: { load: refuse } }), writeJsonLd(quads)),
    await parsed(new RdfXmlParser(), writeRdfXml(quads)),
  ]
}

describe('Turtle, JSON-LD and RDF/XML', () => {
  it('say the same graph of a full description, triple for triple', async () => {
    const quads = catalogToDcat(CATALOG, [CAR_PARKS], PAGE)
    for (const read of await readAll(quads)) {
      expect(read).toHaveLength(quads.length)
      expect(isomorphic(read, [...quads])).toBe(true)
    }
  })

  it('say the same graph of whatever is described', async () => {
    await fc.assert(
      fc.asyncProperty(anyDataset, async (dataset) => {
        const quads = datasetToDcat(dataset)
        for (const read of await readAll(quads)) {
          expect(read).toHaveLength(quads.length)
          expect(isomorphic(read, [...quads])).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })
})
