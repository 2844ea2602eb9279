import { CLASSIFICATION_DIGITS, type ClassificationNode, type OrganisationRef } from '@datong/contracts'
import type { ClassRecord } from './classification-store.ts'

/** 1 类, 2 项, 3 目, 4 and deeper 细目. */
const levelOf = (code: string): number => CLASSIFICATION_DIGITS.findIndex((digits) => digits === code.length) + 1

/** How many digits a class below this one adds; undefined where nothing goes below. */
export const digitsBelow = (code: string): number | undefined => {
  const deeper = CLASSIFICATION_DIGITS[levelOf(code)]
  return deeper === undefined ? undefined : deeper - code.length
}

/**
 * The next code below a class: one more than the highest that was ever given; undefined when all are used.
 * @param given codes below the class, closed ones too
 */
export function nextCodeBelow(parent: string, given: readonly string[]): string | undefined {
  const digits = digitsBelow(parent)
  if (digits === undefined) return undefined
  const next = Math.max(0, ...given.map((code) => Number(code.slice(parent.length)))) + 1
  return next < 10 ** digits ? `${parent}${String(next).padStart(digits, '0')}` : undefined
}

/** The tree as a list in the order of codes; each class counts what is in it and below. */
export function nodesOf(
  classes: readonly ClassRecord[], counts: ReadonlyMap<string, number>, organisations: { ref(code: string): OrganisationRef },
): ClassificationNode[] {
  const sums = new Map<string, number>()
  for (const [code, count] of counts) {
    for (const digits of CLASSIFICATION_DIGITS) if (digits <= code.length) sums.set(code.slice(0, digits), (sums.get(code.slice(0, digits)) ?? 0) + count)
  }
  return classes.map((row) => nodeOf(row, sums.get(row.code) ?? 0, organisations))
}

export function nodeOf({ organisation, ...row }: ClassRecord, entries: number, organisations: { ref(code: string): OrganisationRef }): ClassificationNode {
  const own = organisation === null ? undefined : organisations.ref(organisation)
  return { ...row, name: row.name || (own?.name ?? row.code), nameEn: row.nameEn || (own?.nameEn ?? ''), organisation, level: levelOf(row.code), entries }
}
