import type { AddressStep } from './steps/address.ts'
import type { AmountStep } from './steps/amount.ts'
import type { BlankWordsStep } from './steps/blank-words.ts'
import type { CalculateStep } from './steps/calculate.ts'
import type { CitizenNumberStep } from './steps/citizen-number.ts'
import type { DayStep } from './steps/day.ts'
import type { DedupeStep } from './steps/dedupe.ts'
import type { DivisionCodeStep } from './steps/division-code.ts'
import type { RemoveFieldsStep, RenameStep } from './steps/fields.ts'
import type { FillStep } from './steps/fill.ts'
import type { LetterCaseStep } from './steps/letter-case.ts'
import type { MapCodesStep } from './steps/map-codes.ts'
import type { MergeStep } from './steps/merge.ts'
import type { RemoveRowsStep } from './steps/remove-rows.ts'
import type { ReplaceStep } from './steps/replace.ts'
import type { SplitStep } from './steps/split.ts'
import type { StandardFormStep } from './steps/standard-form.ts'
import type { TrimStep } from './steps/trim.ts'
import type { WidthStep } from './steps/width.ts'

/** One step of a recipe: plain data, kept and replayed. */
export type Step =
  | TrimStep | WidthStep | LetterCaseStep | BlankWordsStep | ReplaceStep | FillStep
  | CitizenNumberStep | StandardFormStep | DayStep | AmountStep | DivisionCodeStep | AddressStep | MapCodesStep
  | SplitStep | MergeStep | CalculateStep | RenameStep | RemoveFieldsStep | RemoveRowsStep | DedupeStep

export type StepKind = Step['kind']
