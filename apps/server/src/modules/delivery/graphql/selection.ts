import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql'

/**
 * Names of the fields that a query selects under a field of this resolver, through fragments; `@skip` and `@include` are
 * left out of account, so that a field may be read that is not answered, never the other way.
 */
export function selectedNames({ fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>, path: readonly string[]): ReadonlySet<string> {
  let sets = fieldNodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]))
  for (const name of path) sets = sets.flatMap((set) => fieldsOf(set, fragments).filter((field) => field.name.value === name).flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet])))
  return new Set(sets.flatMap((set) => fieldsOf(set, fragments).map((field) => field.name.value)))
}

/** The document was validated: every fragment is there, and none stands in itself. */
function fieldsOf({ selections }: SelectionSetNode, fragments: GraphQLResolveInfo['fragments']): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection]
    const set = selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments[selection.name.value]?.selectionSet
    return set === undefined ? [] : fieldsOf(set, fragments)
  })
}
