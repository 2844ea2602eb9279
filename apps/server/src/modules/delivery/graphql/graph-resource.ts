import type { DeliveryPlan } from '../plan/plan.ts'

/** A resource that the caller may ask for, with what its fields were recognised as. */
export interface GraphResource {
  readonly plan: DeliveryPlan
  readonly recognizers: ReadonlyMap<string, string | null>
}
