import { Type, type Static } from 'typebox'
import { Instant, Nullable, Words } from './common.ts'

/** Sets of values that stand in a rule of the State or of a province. */
export const LIMIT_PRESETS = ['state-council', 'shanxi'] as const
export type LimitPreset = (typeof LIMIT_PRESETS)[number]

/** A limit of a process with the rule that sets it. */
export const limitSchema = <Key extends string>(keys: readonly Key[]) => Type.Object({
  key: Type.Unsafe<Key>(Type.Enum([...keys])),
  unit: Type.Enum(['working-days', 'months']),
  value: Type.Integer(),
  default: Type.Integer(),
  minimum: Type.Integer(),
  maximum: Type.Integer(),
  source: Type.String({ description: 'rule that sets the value' }),
  toBeConfirmed: Type.Boolean({ description: 'comes from a secondary source; the bureau has not confirmed it yet' }),
  presets: Type.Record(Type.Enum(LIMIT_PRESETS), Type.Integer()),
  changedAt: Nullable(Instant),
  changedBy: Nullable(Type.String()),
})

/** Changes of limits, one by one or to a preset; changes beside a preset come on top. */
export const limitChanges = <Key extends string>(keys: readonly Key[]) => Type.Object({
  preset: Type.Optional(Type.Enum(LIMIT_PRESETS)),
  changes: Type.Optional(Type.Array(Type.Object({
    key: Type.Unsafe<Key>(Type.Enum([...keys])), value: Type.Integer({ minimum: 0, maximum: 1000 }), source: Type.Optional(Words(500)), toBeConfirmed: Type.Optional(Type.Boolean()),
  }), { minItems: 1, maxItems: keys.length })),
  reason: Words(1000),
})

const AnyLimit = limitSchema([''])
/** A limit, whatever it is of. */
export type Limit<Key extends string = string> = Omit<Static<typeof AnyLimit>, 'key'> & { readonly key: Key }
const AnyChanges = limitChanges([''])
export type LimitChanges<Key extends string = string> = Omit<Static<typeof AnyChanges>, 'changes'> & {
  readonly changes?: (Omit<NonNullable<Static<typeof AnyChanges>['changes']>[number], 'key'> & { readonly key: Key })[]
}
