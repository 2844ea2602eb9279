import type { RecipeStep } from '@datong/contracts'

const behind = (fields: readonly string[], source: string, names: readonly string[]): string[] => {
  const fresh = names.filter((name) => name !== '' && !fields.includes(name))
  const at = fields.indexOf(source)
  return at < 0 ? [...fields, ...fresh] : fields.toSpliced(at + 1, 0, ...fresh)
}

/** Fields of the table after one step, as far as they are named already. The server decides; this is for choosing from. */
function after(fields: readonly string[], step: RecipeStep): readonly string[] {
  switch (step.kind) {
    case 'split': return behind(fields, step.field, step.into)
    case 'merge': return behind(fields, step.fields.at(-1) ?? '', [step.into])
    case 'calculate': return behind(fields, '', [step.into])
    case 'map-codes': return behind(fields, step.field, [step.into])
    case 'address': return behind(fields, step.field, step.levels.map(({ into }) => into))
    case 'rename': return fields.map((name) => (name === step.field && step.to !== '' ? step.to : name))
    case 'remove-fields': return fields.filter((name) => !step.fields.includes(name))
    default: return fields
  }
}

/** Fields that a step may name: those of the table as the steps before it leave it. */
export const fieldsBefore = (inputs: readonly string[], steps: readonly RecipeStep[], at: number): readonly string[] => steps.slice(0, at).reduce(after, inputs)
