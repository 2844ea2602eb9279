import { isMaskingMethodId, MASKING_METHODS, masksNothing } from '@datong/anonymisation'
import type { FieldType, Grade, Issue } from '@datong/kernel'
import { GRADE_OF_RECOGNIZED, RECOGNIZER_IDS, RECOGNIZERS, type RecognizerId } from '@datong/recognizers'
import type { PolicyRule } from './tables.ts'

/** The masking policy: for each kind that is recognised its grade and its masking method. */
export interface MaskingPolicy {
  readonly revision: number
  readonly rules: ReadonlyMap<RecognizerId, Pick<PolicyRule, 'grade' | 'method'>>
}

const isRecognizerId = (id: string): id is RecognizerId => RECOGNIZER_IDS.some((known) => known === id)
const isProtected = (grade: Grade): boolean => grade === 'secret' || grade === 'top-secret'

/** A stored policy over the program's defaults, so that a kind that is recognised only since has a rule too. */
export function policyOf(revision: number, stored: readonly PolicyRule[]): MaskingPolicy {
  const rules = new Map(RECOGNIZER_IDS.map((id): [RecognizerId, Pick<PolicyRule, 'grade' | 'method'>] => {
    const { grade, maskingMethod } = GRADE_OF_RECOGNIZED[id]
    return [id, { grade, method: maskingMethod }]
  }))
  for (const { recognizer, grade, method } of stored) if (isRecognizerId(recognizer)) rules.set(recognizer, { grade, method })
  return { revision, rules }
}

/** The policy with some rules changed; all issues at once. */
export function changePolicy(before: MaskingPolicy, changes: readonly PolicyRule[]): { policy: MaskingPolicy; issues: Issue[] } {
  const issues: Issue[] = []
  const rules = new Map(before.rules)
  changes.forEach(({ recognizer, grade, method }, index) => {
    const pointer = `/rules/${index}`
    if (!isRecognizerId(recognizer)) return void issues.push({ pointer: `${pointer}/recognizer`, code: 'unknown-recognizer', message: `没有识别器“${recognizer}”` })
    if (method !== null && !isMaskingMethodId(method)) issues.push({ pointer: `${pointer}/method`, code: 'unknown-masking-method', message: `没有脱敏方法“${method}”` })
    if (isProtected(grade) && masksNothing(method)) {
      issues.push({ pointer: `${pointer}/method`, code: 'mask-needed', message: `“${RECOGNIZERS[recognizer].titleZh}”的分级为秘密以上，须指定脱敏方法` })
    }
    rules.set(recognizer, { grade, method })
  })
  return { policy: { revision: before.revision + 1, rules }, issues }
}

/** The method for a field: the policy's when it fits the field's type, else full redaction. */
export function methodFor(method: string | null, type: FieldType): string | null {
  if (method === null) return null
  return isMaskingMethodId(method) && MASKING_METHODS[method].accepts.includes(type) ? method : 'redact'
}
