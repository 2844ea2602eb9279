import type { DatasetDescription, DistributionDescription, LocalisedText } from '../description.ts'
import { formatOf } from '../vocabularies/formats.ts'

/** Words for formats that hold one language: Chinese where there is some, otherwise whatever there is. */
export function inOneLanguage(words: LocalisedText): string | undefined {
  const said = (text: string | undefined): text is string => text !== undefined && text.trim() !== ''
  return [words['zh-CN'], words['zh'], ...Object.values(words)].find(said)
}

export const titleOf = (dataset: DatasetDescription): string => inOneLanguage(dataset.title) ?? (dataset.identifier.trim() || dataset.iri)

/** What the data set is; its title when nothing more is said. */
export const descriptionOf = (dataset: DatasetDescription): string => inOneLanguage(dataset.description) ?? titleOf(dataset)

/** Each word once, whatever its language. */
export const keywordsOf = ({ keywords }: DatasetDescription): string[] => [...new Set(Object.values(keywords).flat().map((word) => word.trim()).filter((word) => word !== ''))]

/** An object without the members that are undefined, null, or empty lists. */
export const withoutEmpty = (members: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)))

/** An instant or a calendar date as it was given; undefined when it is neither. */
export const momentOf = (at: string | null | undefined): string | undefined =>
  at !== null && at !== undefined && /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/.test(at) && !Number.isNaN(Date.parse(at)) ? at : undefined

/** The media type without parameters, from what is said or from the format; undefined when nothing usable is known. */
export function mediaTypeOf({ mediaType, format }: Pick<DistributionDescription, 'mediaType' | 'format'>): string | undefined {
  const plain = mediaType?.split(';')[0]?.trim().toLowerCase() ?? ''
  return /^[a-z]+\/[a-z0-9][a-z0-9.+_-]*$/.test(plain) ? plain : formatOf(format)?.mediaType
}
