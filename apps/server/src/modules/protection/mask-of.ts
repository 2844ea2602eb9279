import { compileMask, type Mask, type MaskContext } from '@datong/anonymisation'
import type { FieldSchema } from '@datong/data-engine'
import { createHmac } from 'node:crypto'
import { methodFor } from './masking-policy.ts'

/**
 * Compiles a masking method for a field, once for a plan; null for one that leaves values as they are.
 * @param day of the version, `2026-11-22`: ages are reckoned on it
 */
export type MaskOf = (method: string, field: FieldSchema, day?: string) => Mask | null

/**
 * Whatever a field's method says that cannot be done (a method of a later program, one that does not fit the type), the value
 * is redacted: an entry that asks for a mask never goes without.
 */
export function createMaskOf(pseudonymKey: Uint8Array): MaskOf {
  const context: MaskContext = { key: pseudonymKey, hmac: (key, message) => createHmac('sha256', key).update(message).digest() }
  return (method, { type }, day) => {
    if (method === 'keep') return null
    return compileMask({ method: methodFor(method, type) ?? 'redact' }, type, day === undefined ? context : { ...context, day })
  }
}
