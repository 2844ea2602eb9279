import { AppError } from '@datong/kernel'
import { JsonLdParser } from 'jsonld-streaming-parser'
import { type Quad, StreamParser } from 'n3'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Transform, type TransformCallback } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import type { Fetched } from '../fetching/fetch-outside.ts'

/** A page with more statements than this is none: half a million say everything about five thousand data sets. */
const MOST_QUADS = 500_000
const LOOK_BYTES = 64 * 1024

type Syntax = 'turtle' | 'rdf-xml' | 'json-ld'

/**
 * The statements of a fetched document in whichever of the three syntaxes it is. Nothing else is fetched: a context elsewhere
 * and entities beyond plain words are refused.
 * @throws AppError `harvest/not-a-catalogue`, `harvest/too-large`
 */
export async function readRdf({ file, mediaType, url }: Fetched & { readonly file: string }, host: string): Promise<Quad[]> {
  const quads: Quad[] = []
  const refuse = (): never => {
    throw new AppError('harvest/not-a-catalogue', { host, wanted: 'DCAT' })
  }
  const { beginning, end } = await edgesOf(file)
  const syntax = syntaxOf(beginning, mediaType) ?? refuse()
  // The parser does not mind when the rest is missing; a run would take what is missing for gone.
  if (syntax === 'rdf-xml' && !isWhole(beginning, end)) refuse()
  const gather = new Transform({
    objectMode: true,
    transform(quad: Quad, _: BufferEncoding, done: TransformCallback) {
      quads.push(quad)
      done(quads.length > MOST_QUADS ? new AppError('harvest/too-large', { host, mostQuads: MOST_QUADS }) : null)
    },
  })
  try {
    await pipeline(createReadStream(file), parserOf(syntax, url), gather.resume())
  } catch (error) {
    if (error instanceof AppError) throw error
    refuse()
  }
  return quads
}

function parserOf(syntax: Syntax, baseIRI: string): NodeJS.ReadWriteStream {
  if (syntax === 'turtle') return new StreamParser({ baseIRI })
  if (syntax === 'rdf-xml') return new RdfXmlParser({ baseIRI }) as unknown as NodeJS.ReadWriteStream // a Transform, typed by itself
  return new JsonLdParser({ baseIRI, documentLoader: { load: () => Promise.reject(new Error('contexts elsewhere are not fetched')) } }) as unknown as NodeJS.ReadWriteStream // as above
}

/** By what it is called and what it begins with; HTML is none of them, whatever it is called. */
function syntaxOf(beginning: string, mediaType: string): Syntax | undefined {
  if (/^\s*(<!doctype html|<html)/i.test(beginning)) return undefined
  if (/^\s*[{[]/.test(beginning) && !/^\s*\[\s*\]?\s*[a-z]+:/i.test(beginning)) return 'json-ld'
  if (/^\s*<(\?xml|rdf:|!DOCTYPE|!--)/.test(beginning) || mediaType === 'application/rdf+xml') return hasHarmlessEntities(beginning) ? 'rdf-xml' : undefined
  return 'turtle'
}

/**
 * Entities that hold plain words, as RDF/XML uses them for namespaces; none that name others or files (XXE, billion laughs).
 * They stand before the first element, which must be in sight.
 */
function hasHarmlessEntities(beginning: string): boolean {
  if (rootOf(beginning) === undefined) return false
  const declared = beginning.match(/<!ENTITY/g)?.length ?? 0
  const harmless = beginning.match(/<!ENTITY\s+[\w.-]+\s+("[^"&%<]*"|'[^'&%<]*')\s*>/g)?.length ?? 0
  return declared === harmless
}

/** Name of the first element. */
const rootOf = (beginning: string): string | undefined => /<([A-Za-z_][\w:.-]*)/.exec(beginning.replace(/<!--[^]*?-->/g, ''))?.[1]

const isWhole = (beginning: string, end: string): boolean => {
  const rest = end.replace(/<!--[^]*?-->/g, '').trimEnd()
  const isOneEmptyElement = rest.endsWith('/>') && beginning.match(/<[A-Za-z_]/g)?.length === 1
  return isOneEmptyElement || rest.endsWith(`</${rootOf(beginning) ?? ''}>`)
}

async function edgesOf(file: string): Promise<{ beginning: string; end: string }> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const piece = async (position: number): Promise<string> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(LOOK_BYTES), 0, LOOK_BYTES, position)
      return buffer.toString('utf8', 0, bytesRead)
    }
    return { beginning: (await piece(0)).replace(/^\ufeff/, ''), end: await piece(Math.max(0, size - LOOK_BYTES)) }
  } finally {
    await handle.close()
  }
}
