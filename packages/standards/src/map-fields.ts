import { CodeMatcher, type CodeListVersion } from './code-list.ts'
import { type ContentEvidence, contentEvidence } from './content-evidence.ts'
import type { DataElement } from './data-element.ts'
import { type FieldContent, tellingValues } from './field-content.ts'
import { nameEvidence, type NameEvidence, type NameForms, nameForms } from './name-evidence.ts'
import { foldName, readName } from './names.ts'
import type { Reason } from './reason.ts'

/** From here on a mapping is worth showing. */
export const SHOWN_CONFIDENCE = 0.5
/** From here on it holds until people say otherwise. */
export const CERTAIN_CONFIDENCE = 0.9

/** A data element that a field may be, 0–1 sure of it, and why. */
export interface Candidate {
  readonly element: string
  readonly confidence: number
  readonly reasons: readonly Reason[]
}

export interface FieldMapping {
  readonly name: string
  /** The likeliest first, at most three, all from `SHOWN_CONFIDENCE` on. */
  readonly candidates: readonly Candidate[]
  /** Code list of the likeliest. */
  readonly codeList: string | null
}

/** What people confirmed before: folded name to element, in the own department and in others. */
export interface Learnt {
  readonly own: ReadonlyMap<string, string>
  readonly others: ReadonlyMap<string, string>
}

export interface Mapper {
  mapField(content: FieldContent, learnt?: Learnt): FieldMapping
  matcherOf(codeList: string | null): CodeMatcher | undefined
}

const NOTHING_LEARNT: Learnt = { own: new Map(), others: new Map() }
/** A field that only its values speak for. */
const NAMELESS = 0.3
const MOST_CANDIDATES = 3
/** Kinds that numbers and dates of all sorts look like. */
const MUTE: ReadonlySet<string> = new Set(['coordinates', 'date-of-birth', 'postcode', 'division-code'])
/** Values of which the different ones are held against code lists. */
const MOST_DISTINCT = 300

/** Makes a mapper for a standard as it stands; costs some milliseconds, for names are read once. @param listOf codes in force, by list */
export function createMapper(elements: readonly DataElement[], listOf: (list: string) => Pick<CodeListVersion, 'codes' | 'partial'> | undefined): Mapper {
  const forms = elements.map((element): readonly [DataElement, NameForms] => [element, nameForms(element)])
  const matchers = new Map<string, CodeMatcher | undefined>()
  const matcherOf = (list: string | null): CodeMatcher | undefined => {
    if (list === null) return undefined
    if (!matchers.has(list)) {
      const found = listOf(list)
      matchers.set(list, found === undefined ? undefined : new CodeMatcher(found.codes, found.partial))
    }
    return matchers.get(list)
  }
  // For each kind of value the best known element: the one with the most names.
  const typical = new Map<string, DataElement>()
  for (const element of elements) for (const kind of element.recognizers) if ((typical.get(kind)?.synonyms.length ?? -1) < element.synonyms.length) typical.set(kind, element)
  /** Without a name only the values speak, for the usual element of their kind or one whose codes they are: any date would be a date of birth, any number a code. */
  const speaksAlone = (element: DataElement, held: ContentEvidence, distinct: ReadonlySet<string>): boolean => held.reasons.some(({ kind, params }) => {
    if (kind === 'values-recognised') return !MUTE.has(params[0] ?? '') && typical.get(params[0] ?? '') === element
    return kind === 'codes-fit' && distinct.size >= 2 && [...distinct].every((one) => /\p{Script=Han}/u.test(one))
  })
  return {
    matcherOf,
    mapField(given, learnt = NOTHING_LEARNT) {
      const content = { ...given, values: tellingValues(given.values) }
      const distinct = new Set(content.values.slice(0, MOST_DISTINCT))
      const { names, unit } = readName(content.name)
      const key = foldName(content.name)
      const candidates = forms.flatMap(([element, known]): Candidate[] => {
        const named = learntName(element.id, key, learnt) ?? nameEvidence(names, content.name, known)
        const held = contentEvidence(content, distinct, element, matcherOf(element.codeList))
        if (named === null && !speaksAlone(element, held, distinct)) return []
        const start = named?.score ?? NAMELESS
        // Values that do not fit are rather a fault of the data when the name is the element's own.
        const doubt = named !== null && SURE_NAMES.has(named.reason.kind) ? 1 - (1 - held.doubt) * 0.4 : held.doubt
        const sure = 1 - (1 - start) * (1 - held.support)
        const differs = unit !== null && element.unit !== null && unit !== element.unit && !unit.startsWith(element.unit)
        const confidence = Math.round(Math.min(0.99, sure * doubt * (differs ? 0.98 : 1)) * 100) / 100
        const reasons = [...(named === null ? [] : [named.reason]), ...held.reasons, ...(differs ? [{ kind: 'unit-differs' as const, params: [unit, element.unit] }] : [])]
        return confidence < SHOWN_CONFIDENCE ? [] : [{ element: element.id, confidence, reasons }]
      }).toSorted((a, b) => b.confidence - a.confidence).slice(0, MOST_CANDIDATES)
      const [best, second] = candidates
      const settled = best !== undefined && second !== undefined && best.confidence - second.confidence < AMBIGUOUS && !isNamed(best)
        ? [{ ...best, confidence: Math.round((best.confidence - AMBIGUOUS) * 100) / 100, reasons: [...best.reasons, { kind: 'ambiguous' as const, params: [second.element] }] }, ...candidates.slice(1)]
        : candidates
      return { name: content.name, candidates: settled, codeList: elements.find(({ id }) => id === settled[0]?.element)?.codeList ?? null }
    },
  }
}

/** When a second one is as near as this, the first is less sure. */
const AMBIGUOUS = 0.04

const SURE_NAMES: ReadonlySet<string> = new Set(['name-equal', 'name-synonym', 'name-learnt'])

/** Its very name: another one that is near is no doubt. */
const isNamed = ({ reasons }: Candidate): boolean => SURE_NAMES.has(reasons[0]?.kind ?? '')

function learntName(element: string, name: string, { own, others }: Learnt): NameEvidence | null {
  if (own.get(name) === element) return { score: 0.98, reason: { kind: 'name-learnt', params: [] } }
  return others.get(name) === element ? { score: 0.88, reason: { kind: 'name-learnt-elsewhere', params: [] } } : null
}
