import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import type { LakeVersion } from '../deps.ts'
import type { DeliveryPlan } from '../plan/plan.ts'

/**
 * The plan of a department's own entry over another of its versions: the fields that the version has as the catalogue describes them
 * now, masked as now. For the department alone: a version may have been taken back for what it held.
 * @throws AppError `request/not-found`; `delivery/version-gone` for one that is not kept
 */
export async function planOfVersion(context: DeliveryContext, caller: Caller, entryCode: string, number: number): Promise<DeliveryPlan> {
  const plan = await context.plans.get(caller, entryCode)
  if (plan.basis.kind !== 'owner') throw new AppError('request/not-found')
  const version = await context.lake.version(plan.entryCode, number)
  if (version === undefined) throw new AppError('delivery/version-gone', { code: plan.entryCode, version: number })
  return overVersion(plan, version, context)
}

function overVersion(plan: DeliveryPlan, version: LakeVersion, { maskOf }: Pick<DeliveryContext, 'maskOf'>): DeliveryPlan {
  const fields = version.fields.flatMap((schema) => {
    const field = plan.fields.get(schema.name)
    if (field === undefined) return []
    const mask = field.masking === null ? null : maskOf(field.masking, schema, version.madeOn)
    return [[schema.name, { ...field, schema, mask }] as const]
  })
  return {
    ...plan, version: version.number, fixed: true, rowCount: version.rowCount, files: version.files, schema: version.fields, fields: new Map(fields), serving: null, watermark: null,
  }
}
