import { DataFactory, type Quad, Writer } from 'n3'
import { bySubject } from './by-subject.ts'
import { PREFIXES } from './namespaces.ts'

const { namedNode } = DataFactory

/** A graph in Turtle. @see https://www.w3.org/TR/turtle/ */
export function writeTurtle(quads: readonly Quad[]): string {
  const writer = new Writer({ prefixes: PREFIXES })
  // Gathered by subject, so that people can read it too.
  for (const [subject, statements] of bySubject(quads)) {
    for (const [predicate, objects] of statements) for (const object of objects) writer.addQuad(namedNode(subject), namedNode(predicate), object)
  }
  let text = ''
  // Without a stream the writer collects what it writes and calls back at once.
  writer.end((_, result: string) => (text = result))
  return text
}
