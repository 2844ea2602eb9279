import type { CodesFrom } from './subject.ts'

/** The version in force on a day; undefined before the first. Versions may be in any order. */
export const versionOn = (versions: readonly CodesFrom[], day: string): CodesFrom | undefined =>
  versions.reduce<CodesFrom | undefined>((best, one) => (one.from <= day && (best === undefined || one.from >= best.from) ? one : best), undefined)

/** What a value may be to stand for a code of the version. */
export const wordsOf = ({ codes }: CodesFrom, names: boolean): string[] =>
  [...new Set(codes.flatMap(({ code, name, aliases = [] }) => (names ? [code, name, ...aliases] : [code])))]

/** Versions by their first day, each with the day on which the next one began; null for the last. */
export function spansOf(versions: readonly CodesFrom[]): (CodesFrom & { readonly until: string | null })[] {
  const sorted = versions.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  return sorted.map((version, index) => ({ ...version, until: sorted[index + 1]?.from ?? null }))
}
