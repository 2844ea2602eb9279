export { type ColumnMatch, detectColumn, sampleColumn } from './detect-column.ts'
export { GRADE_OF_RECOGNIZED, NAMED_GRADES, type NamedGrade, type RecognizedGrade } from './grade-rules.ts'
export {
  type CellValue,
  type ColumnSample,
  type Detection,
  type DetectionEvidence,
  RECOGNIZER_IDS,
  type Recognizer,
  type RecognizerCategory,
  type RecognizerId,
  type Verdict,
} from './recognizer.ts'
export { ADDRESS_LEVELS, type Address, type AddressLevel, parseAddress } from './recognizers/address.ts'
export { passesLuhn } from './recognizers/bank-card.ts'
export { type CitizenNumber, citizenNumberCheck, parseCitizenNumber, toEighteenDigits } from './recognizers/citizen-number.ts'
export { divisionLevel } from './recognizers/division-code.ts'
export { organisationCodeCheck } from './recognizers/organisation-code.ts'
export { type Phone, parsePhone } from './recognizers/phone.ts'
export { type CreditCode, creditCodeCheck, parseCreditCode } from './recognizers/unified-credit-code.ts'
export { RECOGNIZERS } from './registry.ts'
export { DECISIVE_CONFIDENCE, type FieldGrade, type FieldToGrade, type GradeSuggestion, suggestGrade } from './suggest-grade.ts'
