import type { FieldSchema } from '@datong/data-engine'
import type { DeliveryPlan, Mask, PlanField } from './plan/plan.ts'

/** A plan for tests: fields by name and type, some masked. */
export function aPlan(fields: Readonly<Record<string, FieldSchema['type']>>, masks: Readonly<Record<string, Mask>> = {}, change: Partial<DeliveryPlan> = {}): DeliveryPlan {
  const schema = Object.entries(fields).map(([name, type]): FieldSchema => ({ name, type, nullable: true }))
  const planFields = schema.map((one): [string, PlanField] => [one.name, {
    name: one.name, description: '', schema: one, grade: 'internal', identifier: false,
    masking: masks[one.name] === undefined ? null : 'redact', mask: masks[one.name] ?? null,
  }])
  return {
    entryCode: '301001-000001', title: '企业登记', provider: 'P', basis: { kind: 'open' }, version: 1, rowCount: 0, files: [], schema,
    fields: new Map(planFields), rowFilter: [], serving: null, ...change,
  }
}
