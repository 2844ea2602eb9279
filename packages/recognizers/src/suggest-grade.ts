import { type FieldType, type Grade, stricter } from '@datong/kernel'
import { type ColumnMatch, detectColumn } from './detect-column.ts'
import { GRADE_OF_RECOGNIZED, NAMED_GRADES, type NamedGrade, type RecognizedGrade } from './grade-rules.ts'
import { normaliseName } from './normalise-text.ts'
import type { CellValue, DetectionEvidence, RecognizerId } from './recognizer.ts'

/** From here on a match decides the suggested grade. */
export const DECISIVE_CONFIDENCE = 0.6

/** A field to grade, with some of its values; `matches` spares the detection when it is already known. */
export interface FieldToGrade {
  readonly name: string
  readonly type: FieldType
  readonly values: readonly CellValue[]
  readonly matches?: readonly ColumnMatch[]
}

/** A grade to be confirmed by a person, with what speaks for it. */
export interface FieldGrade {
  readonly name: string
  readonly grade: Grade
  /** The recogniser that decided; null when the name alone did, or nothing. */
  readonly recognizer: RecognizerId | null
  readonly confidence: number
  readonly reason: RecognizedGrade['reason'] | NamedGrade['reason'] | 'nothing-found'
  readonly evidence: DetectionEvidence | null
  /** Id of a method of `@datong/anonymisation`; null for fields that need none. */
  readonly maskingMethod: string | null
}

export interface GradeSuggestion {
  /** The strictest of the fields'. */
  readonly grade: Grade
  readonly fields: readonly FieldGrade[]
}

const NAMES_PERSONS: ReadonlySet<RecognizerId> = new Set(['citizen-number', 'person-name', 'passport', 'phone'])
/** A grade from a name alone is a fair guess and no more. */
const NAME_CONFIDENCE = 0.7

/**
 * Suggests a grade for each field of a table and for the table itself. Citizen and card numbers are secret; names, phones,
 * addresses, plates, birth dates internal (a name beside a citizen number stays internal); health, crime, biometric by
 * the field's name secret; companies and places public. Nothing found means public: a person confirms each grade.
 * @see GB/T 43697-2024; GB/T 35273-2020 annexes A and B
 */
export function suggestGrade(fields: readonly FieldToGrade[]): GradeSuggestion {
  const found = fields.map((field) => ({
    field,
    best: (field.matches ?? detectColumn(field.name, field.type, field.values))[0] ?? null,
  }))
  const withPersons = found.some(({ best }) => isDecisive(best) && NAMES_PERSONS.has(best.recognizer))
  const graded = found.map(({ field, best }) => gradeField(field, best, withPersons))
  return { grade: graded.reduce<Grade>((strictest, { grade }) => stricter(strictest, grade), 'public'), fields: graded }
}

const isDecisive = (match: ColumnMatch | null): match is ColumnMatch => match !== null && match.confidence >= DECISIVE_CONFIDENCE

function gradeField(field: FieldToGrade, best: ColumnMatch | null, withPersons: boolean): FieldGrade {
  const recognised = isDecisive(best) ? GRADE_OF_RECOGNIZED[best.recognizer] : null
  const name = normaliseName(field.name)
  const named = NAMED_GRADES.find(
    (rule) => rule.names.test(name) && !rule.notNames.test(name) && (withPersons || !rule.besidePersons),
  )
  // What the values are outweighs what the name sounds like, unless the name asks for more protection.
  if (named !== undefined && (recognised === null || stricter(named.grade, recognised.grade) !== recognised.grade)) {
    return {
      name: field.name,
      grade: named.grade,
      recognizer: null,
      confidence: NAME_CONFIDENCE,
      reason: named.reason,
      evidence: best === null ? null : best.evidence,
      maskingMethod: 'redact',
    }
  }
  return {
    name: field.name,
    grade: recognised?.grade ?? 'public',
    recognizer: recognised === null ? null : best!.recognizer,
    confidence: best?.confidence ?? 0,
    reason: recognised?.reason ?? 'nothing-found',
    evidence: best?.evidence ?? null,
    maskingMethod: recognised?.maskingMethod ?? null,
  }
}
