import { masksNothing } from '@datong/anonymisation'
import type { AdvisedField, Field } from '@datong/contracts'
import { detectColumn, RECOGNIZER_IDS, RECOGNIZERS, type RecognizerId } from '@datong/recognizers'
import { mayReplace } from '../applying/coarser-masks.ts'

type Offer = AdvisedField['alternatives'][number]

const VERIFY: Offer = { kind: 'verification', masking: null, reason: '只需核对是否一致时，改用核验：送入号码，答复“一致”或“不一致”，不交付原值' }

const AGE_BAND: Offer = { kind: 'age-band', masking: 'age-band', reason: '只看年龄段时，改为年龄段（0-5、6-17、18-59、60 岁以上），按数据版本当日计算，不交付出生日期' }

/** Coarser forms that often do, by what a field holds. A recogniser that is not here has none. */
const COARSER: Partial<Record<RecognizerId, readonly Offer[]>> = {
  'date-of-birth': [
    AGE_BAND,
    { kind: 'birth-year', masking: 'birth-date', reason: '只看年份时，改为仅保留出生年份' },
  ],
  'citizen-number': [VERIFY, AGE_BAND],
  phone: [VERIFY],
  'unified-credit-code': [VERIFY],
  'bank-card': [VERIFY],
  passport: [VERIFY],
}

/** What a field holds, by the values when they were looked at, else by its name. */
export function kindOf(field: Pick<Field, 'name' | 'type' | 'suggestion'>): RecognizerId | null {
  const seen = field.suggestion?.recognizer
  if (seen !== undefined && seen !== null) return RECOGNIZER_IDS.find((id) => id === seen) ?? null
  return detectColumn(field.name, field.type, [])[0]?.recognizer ?? null
}

/** Sensitive: graded secret or above, or something that tells of a person. */
export function isSensitive(field: Pick<Field, 'name' | 'type' | 'grade' | 'suggestion'>): boolean {
  const kind = kindOf(field)
  return field.grade === 'secret' || field.grade === 'top-secret' || (kind !== null && RECOGNIZERS[kind].category.startsWith('personal'))
}

/** Coarser forms in which a field could be asked for instead. */
export function alternativesOf(field: Field): Offer[] {
  const kind = kindOf(field)
  const offers = kind === null ? [] : COARSER[kind] ?? []
  if (masksNothing(field.masking)) return [...offers]
  const { masking: own } = field
  return [...offers.filter(({ masking }) => masking === null || mayReplace(own, masking)), { kind: 'masked', masking: field.masking, reason: '提供部门已为此项设定脱敏方式，按脱敏后的形式交付' }]
}
