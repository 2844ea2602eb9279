import type { Step, StepKind } from './step.ts'
import type { StepDefinition } from './step-definition.ts'
import { address } from './steps/address.ts'
import { amount } from './steps/amount.ts'
import { blankWords } from './steps/blank-words.ts'
import { calculate } from './steps/calculate.ts'
import { citizenNumber } from './steps/citizen-number.ts'
import { day } from './steps/day.ts'
import { dedupe } from './steps/dedupe.ts'
import { divisionCode } from './steps/division-code.ts'
import { removeFields, rename } from './steps/fields.ts'
import { fill } from './steps/fill.ts'
import { letterCase } from './steps/letter-case.ts'
import { mapCodes } from './steps/map-codes.ts'
import { merge } from './steps/merge.ts'
import { removeRows } from './steps/remove-rows.ts'
import { replace } from './steps/replace.ts'
import { split } from './steps/split.ts'
import { standardForm } from './steps/standard-form.ts'
import { trim } from './steps/trim.ts'
import { width } from './steps/width.ts'

/** Every step by its kind. A new one is a file in `steps/`, its type in `step.ts`, and a line here. */
const STEPS = {
  trim,
  width,
  'letter-case': letterCase,
  'blank-words': blankWords,
  replace,
  fill,
  'citizen-number': citizenNumber,
  'standard-form': standardForm,
  day,
  amount,
  'division-code': divisionCode,
  address,
  'map-codes': mapCodes,
  split,
  merge,
  calculate,
  rename,
  'remove-fields': removeFields,
  'remove-rows': removeRows,
  dedupe,
} satisfies { readonly [K in StepKind]: StepDefinition<Extract<Step, { kind: K }>> }

/** The definition of a step's kind. */
export const definitionOf = <S extends Step>(step: S): StepDefinition<S> =>
  STEPS[step.kind] as unknown as StepDefinition<S> // the registry has under each kind the definition of that kind, which TypeScript cannot follow through a union
