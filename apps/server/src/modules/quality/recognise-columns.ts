import type { FieldProfile, FieldSchema, Value } from '@datong/data-engine'
import { type ColumnMatch, DECISIVE_CONFIDENCE, detectColumn, type RecognizerId } from '@datong/recognizers'

/** What recognisers may look at of a column: a sample, and the most frequent values, in which a sparse column shows itself. */
export const valuesToRecognise = (sample: readonly Value[], profile: FieldProfile | undefined): Value[] => [
  ...sample, ...(profile?.frequent.map(({ value }) => value) ?? []),
]

/** Which columns are surely of a kind that can be recognised. */
export function recogniseColumns(
  fields: readonly FieldSchema[], samples: ReadonlyMap<string, readonly Value[]>, profiles: readonly FieldProfile[],
): ReadonlyMap<string, RecognizerId> {
  const byName = new Map(profiles.map((profile) => [profile.name, profile]))
  const found = fields.flatMap(({ name, type }): [string, RecognizerId][] => {
    const best: ColumnMatch | undefined = detectColumn(name, type, valuesToRecognise(samples.get(name) ?? [], byName.get(name)))[0]
    return best !== undefined && best.confidence >= DECISIVE_CONFIDENCE ? [[name, best.recognizer]] : []
  })
  return new Map(found)
}
