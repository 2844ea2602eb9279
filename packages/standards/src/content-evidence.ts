import type { CodeMatcher } from './code-list.ts'
import type { DataElement } from './data-element.ts'
import type { FieldContent } from './field-content.ts'
import { fits, readNotation, type Representation, typesOf } from './notation.ts'
import type { Reason } from './reason.ts'

/** What content says about an element: how much for it (0–1), and what remains of a confidence after what speaks against (0–1). */
export interface ContentEvidence {
  readonly support: number
  readonly doubt: number
  readonly reasons: readonly Reason[]
}

/** Kinds with check characters: values that pass are nothing else. */
const STRICT: ReadonlySet<string> = new Set(['citizen-number', 'unified-credit-code', 'organisation-code', 'bank-card', 'email', 'plate', 'phone', 'passport'])
/** Kinds that values can be told from only roughly. */
const VAGUE: ReadonlySet<string> = new Set(['person-name', 'organisation-name', 'address', 'postcode', 'coordinates', 'date-of-birth'])
/** Values needed before they say anything against an element. */
const ENOUGH = 5
const LEAST_CONFIDENCE = 0.5

export const percent = (share: number): string => String(Math.round(share * 1000) / 10)

export function contentEvidence(content: FieldContent, distinct: ReadonlySet<string>, element: DataElement, matcher: CodeMatcher | undefined): ContentEvidence {
  const reasons: Reason[] = []
  let support = 0
  let doubt = 1
  const say = (kind: Reason['kind'], ...params: string[]): void => void reasons.push({ kind, params })
  const representation = readNotation(element.notation)

  const codes = matcher === undefined || distinct.size === 0 ? null : matcher.shareOf(distinct)
  if (codes !== null && element.codeList !== null) {
    if (codes >= 0.8) {
      support += 0.6 * codes
      say('codes-fit', element.codeList, percent(codes))
    } else if (codes < 0.3 && distinct.size >= 2 && matcher?.partial !== true && element.recognizers.length === 0) {
      doubt *= 0.75
      say('codes-unfit', element.codeList, percent(codes))
    }
  }

  const kind = content.recognised.find(({ recognizer, confidence }) => confidence >= LEAST_CONFIDENCE && element.recognizers.includes(recognizer))
  if (kind !== undefined) {
    support += 0.6 * Math.max(kind.validShare, kind.confidence * 0.8)
    say('values-recognised', kind.recognizer, percent(kind.validShare))
  } else {
    const strict = content.recognised.find(({ recognizer, confidence, validShare }) => STRICT.has(recognizer) && confidence >= 0.6 && validShare >= 0.6)
    if (strict !== undefined) {
      doubt *= 0.4
      say('values-other-kind', strict.recognizer, percent(strict.validShare))
    } else if (content.values.length >= ENOUGH && element.recognizers.length > 0) {
      doubt *= element.recognizers.every((one) => VAGUE.has(one)) ? 0.95 : 0.7
      say('values-not-recognised', element.recognizers[0] ?? '')
    }
  }

  if (representation !== null) {
    const form = formEvidence(content, representation, codes !== null && codes >= 0.8)
    support += form.support
    doubt *= form.doubt
    reasons.push(...form.reasons)
  }
  return { support: Math.min(0.75, support), doubt, reasons }
}

/** What type and form of the values say. */
function formEvidence({ type: stored, values }: FieldContent, representation: Representation, coded: boolean): ContentEvidence {
  const type = stored === 'decimal' && values.length > 0 && values.every((one) => /^\d+$/.test(one)) ? 'integer' : stored
  const right = typesOf(representation).includes(type)
  if (values.length === 0) return { support: 0, doubt: right || coded || type === 'text' ? 1 : 0.6, reasons: right ? [] : [{ kind: 'type-unfit', params: [type] }] }
  const share = values.filter((one) => fits(representation, one)).length / values.length
  const exact = representation.kind === 'text' && representation.min !== null && representation.min === representation.max && representation.min > 1
  if (representation.kind === 'text') {
    if (type === 'date' || type === 'datetime' || type === 'decimal' || type === 'boolean') return { support: 0, doubt: coded ? 0.9 : 0.45, reasons: [{ kind: 'type-unfit', params: [type] }] }
    if (exact && share >= 0.9) return { support: 0.15, doubt: 1, reasons: [{ kind: 'length-fits', params: [String(representation.min)] }] }
    if (type === 'integer' && !exact && !coded && (representation.max ?? 0) > 40) return { support: 0, doubt: 0.6, reasons: [{ kind: 'type-unfit', params: [type] }] }
    return { support: 0, doubt: exact && share < 0.3 && !coded ? 0.75 : 1, reasons: exact && share < 0.3 && !coded ? [{ kind: 'length-unfit', params: [String(representation.min)] }] : [] }
  }
  if (right) return { support: representation.kind === 'date' ? 0.2 : 0.1, doubt: share < 0.3 && representation.kind === 'date' ? 0.7 : 1, reasons: [{ kind: 'type-fits', params: [type] }] }
  if (share >= 0.8) return { support: 0.1, doubt: 1, reasons: [{ kind: 'values-form', params: [percent(share)] }] }
  return { support: 0, doubt: 0.45, reasons: [{ kind: 'type-unfit', params: [type] }] }
}
