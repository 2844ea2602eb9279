import { RECOGNIZER_IDS, type RecognizerId } from '@datong/recognizers'
import type { ElementFacts, SuggestionFacts } from '@datong/quality-rules'
import type { EntryRecord } from '../../catalog/index.ts'
import type { QualityContext } from '../context.ts'

/** Suggested elements count from here on; below it is a guess. */
const SURE_ELEMENT = 0.8
const LOOKED_BACK = 10

type OfVersion = Pick<SuggestionFacts, 'schema' | 'rows' | 'profile' | 'recognised' | 'keys'> & { readonly version: number }

/** What suggestions are drawn from: the version, the data elements of its entry's fields, and the versions before. */
export async function factsFor({ store, standards }: Pick<QualityContext, 'store' | 'standards'>, entry: EntryRecord, { version, ...facts }: OfVersion): Promise<SuggestionFacts> {
  const elements = new Map<string, ElementFacts & { readonly id: string }>()
  for (const { name, element, elementSuggestion } of entry.fields) {
    const id = element ?? (elementSuggestion !== null && elementSuggestion.confidence >= SURE_ELEMENT ? elementSuggestion.element : null)
    const known = id === null ? undefined : standards.element(id)
    if (known !== undefined) elements.set(name, known)
  }
  const before = await store.before(entry.code, version, LOOKED_BACK)
  return { ...facts, elements, history: before.map((one) => ({ rows: one.row_count, loadedAt: one.checked_at, fields: one.profile.map(({ name, type }) => ({ name, type, nullable: true })) })) }
}

const isRecognizer = (id: string | null | undefined): id is RecognizerId => RECOGNIZER_IDS.some((one) => one === id)

/** Kinds that fields of an entry were recognised as when it was graded. */
export const recognisedIn = (entry: EntryRecord): ReadonlyMap<string, RecognizerId> => new Map(entry.fields.flatMap(({ name, suggestion }): [string, RecognizerId][] => {
  const kind = suggestion?.recognizer
  return isRecognizer(kind) ? [[name, kind]] : []
}))
