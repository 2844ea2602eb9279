import { AppError, type FieldType } from '@datong/kernel'
import { type ParamDefinitions, type ParamsOf, type ParamsSchema, readParams, toSchema } from './params.ts'

/** Every masking method. */
export const MASKING_METHOD_IDS = [
  'name',
  'phone',
  'citizen-number',
  'address',
  'bank-card',
  'email',
  'plate',
  'credit-code',
  'birth-date',
  'age-band',
  'generalise-number',
  'redact',
  'truncate',
  'hash',
  'keep',
] as const
export type MaskingMethodId = (typeof MASKING_METHOD_IDS)[number]

/** Whether a value leaves as it is: without a method, or with the one that keeps it. */
export const masksNothing = (method: string | null): method is 'keep' | null => method === null || method === 'keep'

/** A cell as the lake and the serving tables hold it. */
export type CellValue = string | number | boolean | null

/** Masks one value. Total: never throws, whatever the value. */
export type Mask = (value: CellValue) => CellValue

/** What a plan lends to its masks. */
export interface MaskContext {
  /** Secret of pseudonyms, at least 16 bytes; equal keys give equal pseudonyms. */
  readonly key?: Uint8Array
  /** Synchronous HMAC of at least 32 bytes (SHA-256, SM3): Web Crypto only has an asynchronous one, so it is passed in. */
  readonly hmac?: (key: Uint8Array, message: Uint8Array) => Uint8Array
  /** The day that ages are reckoned on, `2026-11-22`: of the version of the data, so that one version always reads the same. */
  readonly day?: string
}

/** One way of masking, compiled once for a plan and then called for each value. */
export interface MaskingMethod {
  readonly id: MaskingMethodId
  readonly titleZh: string
  readonly titleEn: string
  /** A right value before and after, for forms and documentation. */
  readonly example: { readonly from: string; readonly to: string }
  readonly accepts: readonly FieldType[]
  readonly output: FieldType | 'same'
  /** JSON Schema of the parameters, all optional; forms are drawn from it. */
  readonly params: ParamsSchema
  /**
   * @param params checked against the schema; what is missing takes its default
   * @throws AppError `masking/invalid-params` with every issue; `masking/key-required` when the context lacks a key
   */
  compile(params: Readonly<Record<string, unknown>>, context: MaskContext): Mask
}

interface MethodDefinition<Definitions extends ParamDefinitions> extends Omit<MaskingMethod, 'params' | 'compile'> {
  readonly params: Definitions
  readonly compile: (params: ParamsOf<Definitions>, context: MaskContext) => Mask
}

/** Makes a method out of its definition; the parameters that `compile` gets are checked, complete and typed. */
export function defineMethod<const Definitions extends ParamDefinitions>(definition: MethodDefinition<Definitions>): MaskingMethod {
  return {
    ...definition,
    params: toSchema(definition.params),
    compile: (raw, context) => {
      const { params, issues } = readParams(definition.params, raw)
      if (issues.length > 0) throw new AppError('masking/invalid-params', { method: definition.id }, issues)
      return definition.compile(params, context)
    },
  }
}
