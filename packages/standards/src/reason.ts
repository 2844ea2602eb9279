/** Why a field is taken for a data element, or why it does not keep to it; the interface has a sentence for each in both languages. */
export const REASON_KINDS = [
  'name-equal', 'name-synonym', 'name-learnt', 'name-learnt-elsewhere', 'name-ends', 'name-contains', 'name-contained', 'name-alike', 'name-initials', 'name-pinyin', 'name-english', 'name-words',
  'values-recognised', 'values-not-recognised', 'values-invalid', 'values-other-kind', 'codes-fit', 'codes-unfit', 'type-fits', 'type-unfit', 'length-fits', 'length-unfit', 'unit-differs', 'values-form', 'range-unfit', 'ambiguous',
] as const
export type ReasonKind = (typeof REASON_KINDS)[number]

/** A reason with what its sentence names, in order; texts without `|`. */
export interface Reason {
  readonly kind: ReasonKind
  readonly params: readonly string[]
}

/** A reason as one text, for events and the wire: `codes-fit|GB2261.1|0.98`. */
export const writeReason = ({ kind, params }: Reason): string => [kind, ...params.map((one) => one.replaceAll('|', ' '))].join('|')

/** Reads what `writeReason` wrote; null for what is none. */
export function readReason(text: string): Reason | null {
  const [kind, ...params] = text.split('|')
  const known = REASON_KINDS.find((one) => one === kind)
  return known === undefined ? null : { kind: known, params }
}
