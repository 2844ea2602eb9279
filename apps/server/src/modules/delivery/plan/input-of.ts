import { type Grade, stricter } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import type { ReadableInput } from '../../collection/index.ts'
import type { PlanCache } from './plan-cache.ts'

/**
 * What a department may read of an entry inside the platform, to make another resource of it: its own as it is; of what is open or
 * granted the fields and rows that it would get, without those that it gets masked.
 * @throws AppError as a read of the rows would
 */
export async function inputOf(plans: Pick<PlanCache, 'get'>, organisation: string, entryCode: string): Promise<ReadableInput> {
  const caller: Caller = { actor: { kind: 'system', id: 'view', name: '视图', organisation }, roles: ['provider', 'consumer'], organisation, keyId: null }
  const plan = await plans.get(caller, entryCode)
  const fields = [...plan.fields.values()]
  const isOwn = plan.basis.kind === 'owner'
  const plain = fields.filter(({ mask }) => isOwn || mask === null)
  return {
    entryCode: plan.entryCode, provider: plan.provider, basis: plan.basis.kind, version: plan.version, files: plan.files, schema: plan.schema,
    fields: plain.map(({ schema }) => schema), masked: fields.filter((field) => !plain.includes(field)).map(({ name }) => name),
    filter: plan.rowFilter, grade: fields.reduce<Grade>((grade, field) => stricter(grade, field.grade), 'public'),
  }
}
