import { AppError, type FieldType } from '@datong/kernel'
import type { Mask, MaskContext } from './masking-method.ts'
import { isMaskingMethodId, MASKING_METHODS } from './registry.ts'

/** How one field is to be masked, as a policy stores it. */
export interface MaskSpec {
  readonly method: string
  readonly params?: Readonly<Record<string, unknown>>
}

/**
 * Compiles a stored specification to a function for each value; done once when a delivery plan is made.
 * @param type the field's type, which the method must accept
 * @throws AppError `masking/unknown-method`, `masking/type-not-accepted`, `masking/invalid-params`, `masking/key-required`
 */
export function compileMask(spec: MaskSpec, type: FieldType, context: MaskContext): Mask {
  if (!isMaskingMethodId(spec.method)) throw new AppError('masking/unknown-method', { method: spec.method })
  const method = MASKING_METHODS[spec.method]
  if (!method.accepts.includes(type)) throw new AppError('masking/type-not-accepted', { method: spec.method, type })
  return method.compile(spec.params ?? {}, context)
}

/** The type of a field after masking. */
export function maskedType(spec: MaskSpec, type: FieldType): FieldType {
  if (!isMaskingMethodId(spec.method)) throw new AppError('masking/unknown-method', { method: spec.method })
  const { output } = MASKING_METHODS[spec.method]
  return output === 'same' ? type : output
}
