import type { DatasetDescription, DistributionDescription, LocalisedText } from '../description.ts'

/** Something of a foreign document, about which nothing is promised. */
export type Foreign = Readonly<Record<string, unknown>>

/** An object, or an empty one. */
export const objectOf = (value: unknown): Foreign =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Foreign) : {} // just tested

/** A list; one thing alone is a list of one, nothing an empty one. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value])

/** Words without blanks around them and without NUL, which no store of text takes; numbers as they are written; null for all else and for nothing. */
export function wordsOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string') return null
  const words = value.toWellFormed().replaceAll('\u0000', '').trim()
  return words === '' ? null : words
}

/** The first of several places that says something. */
export const firstWords = (...values: readonly unknown[]): string | null => values.map(wordsOf).find((words) => words !== null) ?? null

/** Words whose language nobody tells: Chinese when a Chinese character is among them, otherwise English. */
export const textOf = (value: unknown): LocalisedText => {
  const words = wordsOf(value)
  return words === null ? {} : { [languageOf(words)]: words }
}

const languageOf = (words: string): string => (/\p{Script=Han}/u.test(words) ? 'zh-CN' : 'en')

/** Keywords by language, each once. */
export function keywordsOf(values: readonly unknown[]): Record<string, string[]> {
  const byLanguage: Record<string, string[]> = {}
  for (const words of new Set(values.map(wordsOf))) if (words !== null) (byLanguage[languageOf(words)] ??= []).push(words)
  return byLanguage
}

/** An address of the web; null for all else. */
export const addressOf = (value: unknown): string | null => {
  const words = wordsOf(value)
  return words !== null && /^(https?|ftp):\/\/[^\s\u0000-\u001f]+$/i.test(words) ? words : null
}

/** A date or an instant of ISO 8601 as the source writes it; CKAN leaves out that its instants are UTC. Null for all else. */
export function timeOf(value: unknown): string | null {
  const words = wordsOf(value)
  if (words === null || !/^\d{4}-\d{2}(-\d{2})?(T.*)?$/.test(words)) return null
  const whole = /T[^Z+-]*$/.test(words) ? `${words}Z` : words
  return Number.isNaN(Date.parse(whole)) ? null : whole
}

/** Whole bytes; null for what is no count of them. */
export const bytesOf = (value: unknown): number | null => {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null
}

/** A description about which nothing is said yet. */
export const NOTHING_SAID: Omit<DatasetDescription, 'iri' | 'identifier' | 'title'> = {
  landingPage: null, description: {}, publisher: null, contact: null, keywords: {}, themes: [], licence: null, issued: null, modified: null,
  frequency: null, nextUpdate: null, spatial: [], temporal: [], provenance: {}, version: null, versionNotes: {}, relations: [], accessRights: null,
  rights: {}, legalBasis: null, conformsTo: [], languages: [], rowCount: null, fields: [], distributions: [], services: [], listed: null, changed: null,
  origin: null,
}

/** A distribution about which nothing is said yet but where it is. */
export const A_DISTRIBUTION: Omit<DistributionDescription, 'key' | 'accessUrl'> = {
  iri: null, title: {}, description: {}, downloadUrl: null, mediaType: null, format: null, byteSize: null, checksum: null, licence: null, rights: {},
  issued: null, modified: null, availability: null, conformsTo: [], accessService: null,
}
