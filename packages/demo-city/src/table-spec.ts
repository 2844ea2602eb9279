import { inject, type FaultPlan, type Marks } from './inject.ts'
import type { DemoTable, OrganisationKey, TableDescription } from './model.ts'
import { pickerFor, type Picker } from './pick.ts'
import { organisationOf, type World } from './world.ts'

/** How one table is made: its description, its clean rows, and the faults that come in afterwards. */
export interface TableSpec extends Omit<TableDescription, 'fields'> {
  readonly owner: OrganisationKey
  readonly fields: readonly (readonly [name: string, titleEn: string, description: string])[]
  /** Clean rows, each a new array; `marks` takes those that are faulty in fact and not in one cell. */
  readonly rows: (world: World, pick: Picker, marks: Marks) => Iterable<string[]>
}

export function tableOf(spec: TableSpec, plan: FaultPlan, world: World): DemoTable {
  const { owner, fields, rows, ...description } = spec
  const names = fields.map(([name]) => name)
  return {
    ...description,
    owner: organisationOf(world, owner).code,
    fields: fields.map(([name, titleEn, description]) => ({ name, titleEn, description })),
    rows: (onFault = () => undefined) => {
      const marks: Marks = new Map()
      const clean = rows(world, pickerFor(world.seed, `table/${spec.key}`), marks)
      return inject(clean, marks, names, plan, pickerFor(world.seed, `faults/${spec.key}`), onFault)
    },
  }
}
