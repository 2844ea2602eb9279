import { RECOGNIZER_IDS, RECOGNIZERS } from '@datong/recognizers'
import type { FieldContent } from '@datong/standards'
import { setImmediate } from 'node:timers/promises'
import type { QualityContext } from './context.ts'
import { valuesToRecognise } from './recognise-columns.ts'
import { sampleColumns } from './sample-columns.ts'

/** Rows looked at: names, codes and forms show themselves early. */
const SAMPLED_ROWS = 500
const MOST_VALUES = 600

/** What the fields of a version hold, for holding them against data elements; undefined when there is no such version. It shows values: for the platform's own work. */
export async function contentOf({ collection, engine, store }: QualityContext, entryCode: string, version: number): Promise<readonly FieldContent[] | undefined> {
  const data = await collection.lake.version(entryCode, version)
  if (data === undefined) return undefined
  const samples = await sampleColumns(engine, data, SAMPLED_ROWS)
  const profiles = new Map((await store.find(entryCode, version))?.profile.map((profile) => [profile.name, profile]))
  const contents: FieldContent[] = []
  for (const { name, type } of data.fields) {
    const values = valuesToRecognise(samples.get(name) ?? [], profiles.get(name)).flatMap((value) => (value === null || value === '' ? [] : [String(value)])).slice(0, MOST_VALUES)
    // All kinds with a share of right values, for documents of several kinds may stand in one field.
    const recognised = RECOGNIZER_IDS.flatMap((recognizer) => {
      const { confidence, evidence } = RECOGNIZERS[recognizer].detect({ name, type, sampleValues: values })
      return evidence.validShare > 0 || confidence > 0 ? [{ recognizer, confidence, validShare: evidence.validShare }] : []
    }).toSorted((a, b) => b.confidence - a.confidence)
    contents.push({ name, description: '', type, values, recognised })
    await setImmediate() // others are served between fields
  }
  return contents
}
