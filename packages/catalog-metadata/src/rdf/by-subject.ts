import type { Quad } from 'n3'

/** What is said of one subject, by predicate, each in the order of the graph. */
export type Statements = ReadonlyMap<string, readonly Quad['object'][]>

/** Gathers a graph by subject and predicate, as tree-shaped syntaxes write it. */
export function bySubject(quads: readonly Quad[]): ReadonlyMap<string, Statements> {
  const subjects = new Map<string, Map<string, Quad['object'][]>>()
  for (const { subject, predicate, object } of quads) {
    const statements = subjects.get(subject.value) ?? new Map<string, Quad['object'][]>()
    subjects.set(subject.value, statements)
    const objects = statements.get(predicate.value) ?? []
    statements.set(predicate.value, objects)
    objects.push(object)
  }
  return subjects
}
