import type { RecipeReading } from '@datong/contracts'
import { DELIMITERS, ENCODINGS, type ImportOptions, SOURCE_FORMATS } from '@datong/tabular'
import type { DetectionFacts } from '../tables.ts'
import type { RecipeStore } from './recipe-store.ts'

/** How a load's file was read, as far as the next one can be read the same way; null for loads that are no files, and those of before. */
export function readingOf(facts: DetectionFacts | null): RecipeReading | null {
  if (facts?.skipRows === undefined) return null
  const { format, encoding, delimiter, quote = '"', skipRows, headerRows, sheet = null } = facts
  return { format, encoding: encoding ?? 'utf-8', delimiter: delimiter ?? ',', quote, skipRows, headerRows, sheet }
}

const oneOf = <T extends string>(all: readonly T[], text: string): T | undefined => all.find((one) => one === text)

/** What is known of how a file of the entry is read, before anybody looks at it: nothing, unless its recipe says so. */
export async function readingFor(recipes: Pick<RecipeStore, 'active'>, entryCode: string): Promise<Partial<ImportOptions>> {
  const reading = (await recipes.active(entryCode))?.reading
  return reading ? givenBy(reading) : {}
}

/** What detection is told, so that it decides nothing of it anew; names follow from the header. */
function givenBy({ format, encoding, delimiter, quote, skipRows, headerRows, sheet }: RecipeReading): Partial<ImportOptions> {
  const [knownFormat, knownEncoding, knownDelimiter] = [oneOf(SOURCE_FORMATS, format), oneOf(ENCODINGS, encoding), oneOf(DELIMITERS, delimiter)]
  return {
    skipRows, headerRows,
    ...(knownFormat === undefined ? {} : { format: knownFormat }), ...(knownEncoding === undefined ? {} : { encoding: knownEncoding }),
    ...(knownDelimiter === undefined ? {} : { delimiter: knownDelimiter }), ...(quote === '"' || quote === "'" || quote === null ? { quote } : {}), ...(sheet === null ? {} : { sheet }),
  }
}
