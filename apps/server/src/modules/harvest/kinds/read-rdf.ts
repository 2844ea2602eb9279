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
  const syntax = await syntaxOf(file, mediaType) ?? refuse()
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
async function syntaxOf(file: string, mediaType: string): Promise<Syntax | undefined> {
  const beginning = await beginningOf(file)
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
  if (!/<[A-Za-z]/.test(beginning.replace(/<!--[^]*?-->/g, ''))) return false
  const declared = beginning.match(/<!ENTITY/g)?.length ?? 0
  const harmless = beginning.match(/<!ENTITY\s+[\w.-]+\s+("[^"&%<]*"|'[^'&%<]*')\s*>/g)?.length ?? 0
  return declared === harmless
}

async function beginningOf(file: string): Promise<string> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LOOK_BYTES), 0, LOOK_BYTES, 0)
    return buffer.toString('utf8', 0, bytesRead).replace(/^\ufeff/, '')
  } finally {
    await handle.close()
  }
}
