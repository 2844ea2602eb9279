import type { CodeMatcher } from './code-list.ts'
import { percent } from './content-evidence.ts'
import type { DataElement } from './data-element.ts'
import { type FieldContent, tellingValues } from './field-content.ts'
import { foldName, readName } from './names.ts'
import { fits, readNotation, typesOf } from './notation.ts'
import type { Reason } from './reason.ts'

/** Share of values that must be as the element says for a field to conform. */
export const CONFORMING_SHARE = 0.95

export const ASPECTS = ['type', 'length', 'domain', 'name'] as const
export type Aspect = (typeof ASPECTS)[number]

/** How far one aspect of a field keeps to its element: 0–1, null when there is nothing to measure it by. */
export interface AspectScore {
  readonly aspect: Aspect
  readonly score: number | null
}

/**
 * A field held against its element. It conforms when type, length and domain each reach `CONFORMING_SHARE` as far as they can be
 * measured; the name is advice and cannot fail it.
 */
export interface FieldConformity {
  readonly conforms: boolean
  readonly aspects: readonly AspectScore[]
  readonly faults: readonly Reason[]
}

/** @param matcher of the element's code list, when it has one @see GB/T 18391.1 on conformance of data to data elements */
export function conformityOf(content: FieldContent, element: DataElement, matcher: CodeMatcher | undefined): FieldConformity {
  const values = tellingValues(content.values)
  const faults: Reason[] = []
  const fault = (kind: Reason['kind'], ...params: string[]): void => void faults.push({ kind, params })
  const representation = readNotation(element.notation)
  const known = matcher === undefined || values.length === 0 ? null : values.filter((one) => matcher.codeOf(one) !== undefined).length / values.length
  const codes = known !== null && known < CONFORMING_SHARE && matcher?.partial === true ? null : known
  const fitting = representation === null || values.length === 0 ? null : values.filter((one) => fits(representation, one)).length / values.length

  const typed = representation === null ? null : typeScore(content, typesOf(representation), codes ?? fitting)
  if (typed !== null && typed < 1) fault('type-unfit', content.type, element.notation)

  // Values that are names of codes are as long as names are.
  const measured = matcher === undefined || codes === null ? fitting : values.filter((one) => matcher.codeOf(one) !== undefined || (representation !== null && fits(representation, one))).length / values.length
  if (measured !== null && measured < CONFORMING_SHARE) fault('length-unfit', element.notation, percent(measured))

  const domain = codes ?? recognisedShare(content, element) ?? rangeShare(values, element)
  if (domain !== null && domain < CONFORMING_SHARE) {
    if (codes !== null && element.codeList !== null) fault('codes-unfit', element.codeList, percent(domain))
    else if (recognisedShare(content, element) !== null) fault('values-invalid', element.recognizers[0] ?? '', percent(domain))
    else fault('range-unfit', percent(domain))
  }
  const { names } = readName(content.name)
  const called = [element.name, ...element.synonyms].map(foldName)
  const name = names[0] === called[0] ? 1 : names.some((one) => called.includes(one)) ? 0.8 : 0.4
  const conforms = [typed, measured, domain].every((score) => score === null || score >= CONFORMING_SHARE)
  return { conforms, faults, aspects: [{ aspect: 'type', score: typed }, { aspect: 'length', score: measured }, { aspect: 'domain', score: domain }, { aspect: 'name', score: name }] }
}

/** 1 for a type that holds all values; text and whole numbers pass when every value is as the element writes it. */
function typeScore({ type }: FieldContent, right: readonly FieldContent['type'][], share: number | null): number {
  if (right.includes(type)) return 1
  return (type === 'text' || type === 'integer') && share !== null && share >= CONFORMING_SHARE ? 1 : 0
}

/** Kinds whose validity can be checked; the others are only likely. */
const CHECKED: ReadonlySet<string> = new Set(['citizen-number', 'unified-credit-code', 'organisation-code', 'bank-card', 'email', 'plate', 'phone', 'passport', 'postcode'])

function recognisedShare({ recognised }: FieldContent, { recognizers }: DataElement): number | null {
  const checked = recognizers.filter((one) => CHECKED.has(one))
  if (checked.length === 0) return null
  const shares = recognised.filter(({ recognizer }) => checked.includes(recognizer)).map(({ validShare }) => validShare)
  // Documents of several kinds may stand in one field, and their shares add up.
  return shares.length === 0 ? null : Math.min(1, shares.reduce((sum, one) => sum + one, 0))
}

function rangeShare(values: readonly string[], { minimum, maximum }: DataElement): number | null {
  if ((minimum === null && maximum === null) || values.length === 0) return null
  const numbers = values.map(Number).filter(Number.isFinite)
  if (numbers.length === 0) return null
  return numbers.filter((one) => (minimum === null || one >= minimum) && (maximum === null || one <= maximum)).length / numbers.length
}

/** Counts that roll up: from entry to department to city the counts are added and the shares taken anew. */
export interface ConformityCounts {
  readonly fields: number
  /** Fields that have a data element. */
  readonly mapped: number
  /** Mapped fields that conform. */
  readonly conforming: number
}

export const addCounts = (all: Iterable<ConformityCounts>): ConformityCounts => {
  let [fields, mapped, conforming] = [0, 0, 0]
  for (const one of all) {
    fields += one.fields
    mapped += one.mapped
    conforming += one.conforming
  }
  return { fields, mapped, conforming }
}

/** Conformity = conforming fields ÷ all fields, 0–1; null of no fields. */
export const conformityShare = ({ fields, conforming }: ConformityCounts): number | null => (fields === 0 ? null : Math.round((conforming / fields) * 10_000) / 10_000)
