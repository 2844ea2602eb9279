import type { LineageInput, VersionLineage } from '../versions/lineage.ts'

/** Where one field of a version comes from, said of every field. */
export interface KnownOrigin {
  readonly field: string
  readonly from: readonly { readonly input: number; readonly field: string }[]
  readonly how: string
}

/** Whether an input is an older version of the entry itself, as when new rows are merged into the old. */
export const isItself = (input: LineageInput | undefined, entryCode: string): boolean => input?.kind === 'version' && input.entryCode === entryCode

/**
 * The origins of all fields: those that the lineage names, and for the others the field of the same name of each input that is not
 * the entry itself.
 */
export function originsOf({ inputs, fields }: VersionLineage, names: readonly string[], entryCode: string): KnownOrigin[] {
  const said = new Map(fields.map((origin) => [origin.field, origin]))
  const others = inputs.flatMap((input, index) => (isItself(input, entryCode) ? [] : [index]))
  return names.map((field) => {
    const origin = said.get(field)
    if (origin !== undefined) return { ...origin, from: origin.from.filter(({ input }) => !isItself(inputs[input], entryCode)) }
    return { field, how: 'same', from: others.map((input) => ({ input, field })) }
  })
}
