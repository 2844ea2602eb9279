import { BULK_WORDED, type BulkMapping, type BulkProperty, type BulkWorded } from '@datong/contracts'
import type { Issue } from '@datong/kernel'
import type { EntryPatch } from '../entry/edit-entry.ts'
import { CODES, codeOfWord } from './words.ts'

/** Names of organisations as files write them, to codes. */
export type FindOrganisation = (text: string) => string | undefined

/** A row as the mapping reads it: only what it says. */
export interface ReadRow {
  readonly code: string | null
  readonly revision: number | null
  readonly organisation: string | null
  readonly patch: EntryPatch
  readonly link: { readonly url: string; readonly format: string } | null
  readonly problems: Issue[]
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

const isWorded = (property: BulkProperty): property is BulkWorded => BULK_WORDED.some((one) => one === property)
/** Texts that may be emptied by an empty cell. */
const EMPTIABLE = ['summary', 'sharingCondition', 'legalBasis', 'openingCondition', 'contact', 'contactPhone', 'contactEmail'] as const
const listOf = (text: string): string[] => [...new Set(text.split(/[、,，;；\n]+/).map((part) => part.trim()).filter((part) => part !== ''))]

/** Makes a reader of rows for one mapping. */
export function rowReader({ columns, fixed, words }: BulkMapping, organisationOf: FindOrganisation) {
  const at = new Map(columns.flatMap((property, index) => (property === null ? [] : [[property, index] as const])))
  const constant = new Map(fixed.map(({ property, value }) => [property, value]))
  const chosen = new Map(words.map(({ property, from, to }) => [`${property} ${from}`, to]))

  return (cells: readonly string[]): ReadRow => {
    const problems: Issue[] = []
    const problem = (property: BulkProperty, code: string, message: string): void => void problems.push({ pointer: `/${property}`, code, message })
    /** What the row says of a property: undefined for nothing at all, '' for an empty cell. */
    const textOf = (property: BulkProperty): string | undefined => {
      const place = at.get(property)
      const text = place === undefined ? undefined : (cells[place] ?? '').trim()
      return text === undefined || text === '' ? constant.get(property) ?? text : text
    }
    const codeOf = (property: BulkWorded, text: string): string | undefined => {
      const code = chosen.get(`${property} ${text}`) ?? (CODES[property].includes(text) ? text : codeOfWord(property, text))
      if (code !== undefined && CODES[property].includes(code)) return code
      problem(property, 'unknown-word', text)
      return undefined
    }
    const dateOf = (property: 'temporalFrom' | 'temporalTo', text: string | undefined): string | null => {
      if (text === undefined || text === '') return null
      const date = dateIn(text)
      if (date === undefined) problem(property, 'wrong-date', text)
      return date ?? null
    }
    const organisationIn = (property: 'organisation' | 'visibleTo', text: string): string | undefined => {
      const code = organisationOf(text)
      if (code === undefined) problem(property, 'unknown-organisation', text)
      return code
    }

    const patch: Writable<EntryPatch> = {}
    const title = textOf('title')
    if (title) patch.title = title
    const titleEn = textOf('titleEn')
    if (titleEn !== undefined) patch.titleEn = titleEn === '' ? null : titleEn
    for (const property of EMPTIABLE) {
      const text = textOf(property)
      if (text !== undefined) patch[property] = text
    }
    const classification = textOf('classification')
    if (classification) patch.classification = classification
    const keywords = textOf('keywords')
    if (keywords !== undefined) patch.keywords = listOf(keywords)
    const ways = textOf('sharingWays')
    if (ways !== undefined) patch.sharingWays = listOf(ways).flatMap((way) => codeOf('sharingWays', way) ?? []) as NonNullable<EntryPatch['sharingWays']> // its codes are from the list
    for (const property of BULK_WORDED) {
      const text = property === 'sharingWays' ? undefined : textOf(property)
      const code = text ? codeOf(property, text) : undefined
      if (code !== undefined) Object.assign(patch, { [property]: code })
    }
    const division = textOf('division')
    if (division !== undefined) patch.spatial = division === '' ? null : { division, name: '' }
    const [from, to] = [textOf('temporalFrom'), textOf('temporalTo')]
    if (from !== undefined || to !== undefined) {
      const temporal = { from: dateOf('temporalFrom', from), to: dateOf('temporalTo', to) }
      patch.temporal = temporal.from === null && temporal.to === null ? null : temporal
    }
    const visibleTo = textOf('visibleTo')
    if (visibleTo !== undefined) patch.visibleTo = listOf(visibleTo).flatMap((name) => organisationIn('visibleTo', name) ?? [])
    const organisation = textOf('organisation')
    const revision = textOf('revision')
    if (revision && !/^\d{1,9}$/.test(revision)) problem('revision', 'wrong-form', revision)
    const url = textOf('linkUrl')
    return {
      code: codeIn(textOf('code')), revision: revision && /^\d{1,9}$/.test(revision) ? Number(revision) : null,
      organisation: organisation ? organisationIn('organisation', organisation) ?? null : null,
      patch, link: url ? { url, format: textOf('linkFormat') ?? '' } : null, problems,
    }
  }
}

/** Codes are written 306007-000123 or 306007/000123. */
export const codeIn = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text.replace('/', '-'))

/** A date of the common calendar, or of the Republic's (three digits and less); undefined for what is none. */
function dateIn(text: string): string | undefined {
  const [, year, month, day] = /^(\d{2,4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(text.normalize('NFKC')) ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  const date = `${year.length === 4 ? year : String(Number(year) + 1911)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const read = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== date ? undefined : date
}

/** Words of worded columns that nothing is known of, the most frequent first. */
export function unknownWords(rows: readonly { readonly cells: readonly string[] }[], { columns, words }: BulkMapping): { property: BulkWorded; value: string; count: number }[] {
  const chosen = new Set(words.map(({ property, from }) => `${property} ${from}`))
  return columns.flatMap((property, index) => {
    if (property === null || !isWorded(property)) return []
    const counts = new Map<string, number>()
    for (const { cells } of rows) {
      const text = cells[index] ?? ''
      for (const part of property === 'sharingWays' ? listOf(text) : text === '' ? [] : [text]) counts.set(part, (counts.get(part) ?? 0) + 1)
    }
    return [...counts].filter(([value]) => chosen.has(`${property} ${value}`) || (!CODES[property].includes(value) && codeOfWord(property, value) === undefined))
      .sort(([, a], [, b]) => b - a).slice(0, 100).map(([value, count]) => ({ property, value: value.slice(0, 500), count }))
  })
}
