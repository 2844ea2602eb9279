import { Parser, type Quad, Store } from 'n3'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import SHACLValidator from 'rdf-validate-shacl'

/** The published SHACL shapes of DCAT-AP beside the project, or in the folder that `DATONG_SHARED` names. */
const FOLDER = join(resolve(process.env['DATONG_SHARED'] ?? join(import.meta.dirname, '../../../../../shared')), 'conformance', 'dcat-ap')

export const SHAPES = ['dcat-ap-SHACL.ttl', 'shapes.ttl', 'ranges.ttl', 'mdr-vocabularies.shape.ttl', 'shapes_recommended.ttl'] as const
export const hasShapes = (): boolean => existsSync(join(FOLDER, SHAPES[0]))

export interface Finding {
  readonly severity: 'Violation' | 'Warning' | 'Info'
  readonly focus: string
  readonly path: string
  readonly constraint: string
  readonly value: string
}

const validators = new Map<string, SHACLValidator>()

/** What one file of shapes says about a graph. */
export async function findingsOf(shapes: (typeof SHAPES)[number], quads: readonly Quad[]): Promise<Finding[]> {
  const validator = validators.get(shapes) ?? new SHACLValidator(new Store(new Parser().parse(readFileSync(join(FOLDER, shapes), 'utf8'))))
  validators.set(shapes, validator)
  const { results } = await validator.validate(new Store([...quads]))
  return results.map((result) => ({
    severity: (result.severity?.value.split('#')[1] ?? 'Violation') as Finding['severity'], // SHACL has these three
    focus: result.focusNode?.value ?? '', path: 'value' in (result.path ?? {}) ? String((result.path as { value: string }).value) : '', // a simple path is a term
    constraint: result.sourceConstraintComponent?.value.split('#')[1] ?? '', value: 'value' in (result.value ?? {}) ? String((result.value as { value: string }).value) : '', // likewise
  }))
}
