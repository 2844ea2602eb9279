import type { FieldType } from '@datong/kernel'
import { MASKING_METHOD_IDS, type MaskingMethod, type MaskingMethodId } from './masking-method.ts'
import { ageBand } from './methods/age-band.ts'
import { address } from './methods/address.ts'
import { bankCard } from './methods/bank-card.ts'
import { birthDate } from './methods/birth-date.ts'
import { citizenNumber } from './methods/citizen-number.ts'
import { creditCode } from './methods/credit-code.ts'
import { email } from './methods/email.ts'
import { generaliseNumber } from './methods/generalise-number.ts'
import { hash } from './methods/hash.ts'
import { keep } from './methods/keep.ts'
import { name } from './methods/name.ts'
import { phone } from './methods/phone.ts'
import { plate } from './methods/plate.ts'
import { redact } from './methods/redact.ts'
import { truncate } from './methods/truncate.ts'

/** Every masking method by its id. A new one is a file in `methods/`, its id in `masking-method.ts`, and a line here. */
export const MASKING_METHODS = {
  name,
  phone,
  'citizen-number': citizenNumber,
  address,
  'bank-card': bankCard,
  email,
  plate,
  'credit-code': creditCode,
  'birth-date': birthDate,
  'age-band': ageBand,
  'generalise-number': generaliseNumber,
  redact,
  truncate,
  hash,
  keep,
} satisfies Record<MaskingMethodId, MaskingMethod>

/** Whether a stored or sent id names a method. */
export const isMaskingMethodId = (id: string): id is MaskingMethodId => Object.hasOwn(MASKING_METHODS, id)

/** The methods that a field of this type can have. */
export const methodsFor = (type: FieldType): MaskingMethod[] =>
  MASKING_METHOD_IDS.map((id) => MASKING_METHODS[id]).filter((method) => method.accepts.includes(type))
