import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import { fieldNames, resourceName } from './names.ts'
import type { GraphResource } from './graph-resource.ts'

/** From a row of one resource to the rows of another with the same number. */
export interface Relation {
  readonly name: string
  readonly from: DeliveryPlan
  readonly by: PlanField
  readonly to: DeliveryPlan
  readonly at: PlanField
  /** Every relation of the schema, for what the related rows lead on to. */
  readonly all: readonly Relation[]
}

/** Numbers of these kinds name the same person or organisation in every resource. */
const JOINING = ['citizen-number', 'unified-credit-code'] as const

/**
 * Relations between the resources of one caller. Only over fields that both plans deliver unmasked: following a masked
 * number would tell whose row it is. Values are compared as they are stored.
 */
export function relationsOf(resources: readonly GraphResource[]): Relation[] {
  const all: Relation[] = []
  for (const from of resources) {
    for (const to of resources) {
      if (from === to) continue
      for (const kind of JOINING) {
        for (const by of joiningFields(from, kind)) {
          for (const at of joiningFields(to, kind)) {
            const name = `${resourceName(to.plan.entryCode)}_by_${fieldNames(from.plan).get(by.name)!}_${fieldNames(to.plan).get(at.name)!}` // every field of the version has one
            all.push({ name, from: from.plan, by, to: to.plan, at, all })
          }
        }
      }
    }
  }
  return all
}

const joiningFields = ({ plan, recognizers }: GraphResource, kind: string): PlanField[] =>
  [...plan.fields.values()].filter((field) => field.mask === null && field.schema.type === 'text' && recognizers.get(field.name) === kind)
