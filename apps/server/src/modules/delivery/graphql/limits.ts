import { AppError } from '@datong/kernel'
import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, Kind, OperationTypeNode, type SelectionSetNode, type ValueNode } from 'graphql'
import { RESOURCE_NAME } from './names.ts'

/** What one request may ask for. */
export const GRAPHQL_LIMITS = {
  /** Tokens of the document; the parser stops there. */
  tokens: 2_000,
  /** Levels of fields; three relations in a row reach it. */
  depth: 6,
  aliases: 30,
  /** Fields after fragments were put in their places. */
  fields: 1_000,
  /** Rows that all parts together could answer. */
  rows: 10_000,
  milliseconds: 5_000,
} as const

export const DEFAULT_ROWS = 20
export const DEFAULT_RELATED = 10
/** Levels of introspection; its own nesting is bounded by GraphQL's rule for it. */
const INTROSPECTION_DEPTH = 16

interface Weight {
  readonly depth: number
  readonly introspection: number
  readonly fields: number
  readonly aliases: number
  /** Rows for each row of what it stands in. */
  readonly rows: number
}
const NOTHING: Weight = { depth: 0, introspection: 0, fields: 0, aliases: 0, rows: 0 }

/**
 * Weighs a document before it is validated or run, in time proportional to its length: fragments are weighed once.
 * @throws AppError `delivery/query-too-large` with every limit that is passed; `delivery/invalid-query` for changes and subscriptions
 */
export function requireWithinLimits(document: DocumentNode, given: Readonly<Record<string, unknown>>): void {
  const variables = { ...defaultsOf(document), ...given }
  const fragments = new Map(document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one]))
  const weigher = createWeigher(fragments, variables)
  let most = NOTHING
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    if (definition.operation !== OperationTypeNode.QUERY) throw new AppError('delivery/invalid-query', {}, [{ pointer: '/query', code: 'not-a-query', message: '只支持查询（query）' }])
    most = both(most, weigher(definition.selectionSet, true))
  }
  const found = { depth: most.depth, aliases: most.aliases, fields: most.fields, rows: most.rows }
  const issues = (Object.keys(found) as (keyof typeof found)[]).filter((name) => found[name] > GRAPHQL_LIMITS[name]) // keys of a literal
    .map((name) => ({ pointer: '/query', code: name, message: `最多 ${GRAPHQL_LIMITS[name]}（${name}）` }))
  if (most.introspection > INTROSPECTION_DEPTH) issues.push({ pointer: '/query', code: 'depth', message: `最多 ${INTROSPECTION_DEPTH}（introspection depth）` })
  if (issues.length > 0) throw new AppError('delivery/query-too-large', {}, issues)
}

/** Numbers that variables have when the request leaves them out; the largest where operations differ. */
function defaultsOf({ definitions }: DocumentNode): Record<string, unknown> {
  const found = new Map<string, number>()
  for (const one of definitions) {
    if (one.kind !== Kind.OPERATION_DEFINITION) continue
    for (const { variable: { name }, defaultValue } of one.variableDefinitions ?? []) if (defaultValue?.kind === Kind.INT) found.set(name.value, Math.max(found.get(name.value) ?? 0, Number(defaultValue.value)))
  }
  return Object.fromEntries(found)
}

function createWeigher(fragments: ReadonlyMap<string, FragmentDefinitionNode>, variables: Readonly<Record<string, unknown>>) {
  const weighed = new Map<string, Weight>()
  const under = new Set<string>()

  function fragmentWeight(name: string, root: boolean): Weight {
    const found = weighed.get(name)
    if (found !== undefined) return found
    const fragment = fragments.get(name)
    // One that is not there, or stands in itself, is refused by validation.
    if (fragment === undefined || under.has(name)) return NOTHING
    under.add(name)
    const weight = setWeight(fragment.selectionSet, root)
    under.delete(name)
    weighed.set(name, weight)
    return weight
  }

  function fieldWeight(field: FieldNode, root: boolean): Weight {
    const inner = field.selectionSet === undefined ? NOTHING : setWeight(field.selectionSet, false)
    const isResource = RESOURCE_NAME.test(field.name.value)
    const rows = isResource ? rowsOf(field, root ? DEFAULT_ROWS : DEFAULT_RELATED) * (1 + inner.rows) : inner.rows
    const meta = field.name.value.startsWith('__')
    return {
      depth: meta ? 0 : inner.depth + 1, introspection: meta ? inner.depth + 1 : inner.introspection,
      fields: inner.fields + 1, aliases: inner.aliases + (field.alias === undefined ? 0 : 1), rows,
    }
  }

  function rowsOf({ arguments: given = [] }: FieldNode, otherwise: number): number {
    const value = given.find(({ name }) => name.value === 'limit')?.value
    const limit = value === undefined ? otherwise : limitOf(value, otherwise)
    return Number.isFinite(limit) ? Math.max(1, limit) : otherwise
  }
  const limitOf = (value: ValueNode, otherwise: number): number =>
    value.kind === Kind.INT ? Number(value.value) : value.kind === Kind.VARIABLE ? Number(variables[value.name.value] ?? GRAPHQL_LIMITS.rows) : value.kind === Kind.NULL ? GRAPHQL_LIMITS.rows : otherwise

  function setWeight({ selections }: SelectionSetNode, root: boolean): Weight {
    return selections.reduce((sum: Weight, selection) => {
      if (selection.kind === Kind.FIELD) return both(sum, fieldWeight(selection, root))
      return both(sum, selection.kind === Kind.FRAGMENT_SPREAD ? fragmentWeight(selection.name.value, root) : setWeight(selection.selectionSet, root))
    }, NOTHING)
  }
  return setWeight
}

const both = (a: Weight, b: Weight): Weight => ({
  depth: Math.max(a.depth, b.depth), introspection: Math.max(a.introspection, b.introspection),
  fields: a.fields + b.fields, aliases: a.aliases + b.aliases, rows: a.rows + b.rows,
})
