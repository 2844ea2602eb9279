/** One permissible value. */
export interface Code {
  readonly code: string
  readonly name: string
  readonly nameEn?: string
  /** Code above it in the tree. */
  readonly parent?: string
  /** Other ways in which data write the name. */
  readonly aliases?: readonly string[]
  /** What became of the code in this version, where its source tells: codes that took its place in a later one. */
  readonly became?: readonly string[]
}

/** How codes hang together: not at all, by `parent`, or by the digits of division codes (GB/T 2260: 2, 4, 6 digits, trailing zeros). */
export type Hierarchy = 'flat' | 'parents' | 'division'

/** The whole list as it was from one day on. */
export interface CodeListVersion {
  /** As the standard calls it: `2017`, `2019-04`. */
  readonly label: string
  /** First day, `YYYY-MM-DD`; the version holds until the next one begins. */
  readonly from: string
  readonly codes: readonly Code[]
  /** Holds only a part of the standard: what is not in it may be right all the same. */
  readonly partial?: boolean
}

/** Allowed values with versions and validity (代码集). */
export interface CodeList {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly source: string
  readonly confirmed: boolean
  readonly hierarchy: Hierarchy
  /** Lengths of codes by depth, for files that lost leading zeros; empty when lengths say nothing. */
  readonly levels: readonly number[]
  /** The seed's own version or versions, the oldest first. */
  readonly versions: readonly CodeListVersion[]
}

/** The version in force on a day; undefined before the first. Versions may be in any order. */
export function versionAt<V extends Pick<CodeListVersion, 'from'>>(versions: readonly V[], day: string): V | undefined {
  return versions.reduce<V | undefined>((best, one) => (one.from <= day && (best === undefined || one.from >= best.from) ? one : best), undefined)
}

/** A code as it stood on a day; undefined when the list had none of it then. */
export const codeAt = (versions: readonly CodeListVersion[], code: string, day: string): Code | undefined =>
  versionAt(versions, day)?.codes.find((one) => one.code === code)

/** Code above, by the list's way of hanging together; null at the top. @param has whether a code is in the same version */
export function parentOf(code: Code, hierarchy: Hierarchy, has: (code: string) => boolean): string | null {
  if (hierarchy === 'flat') return null
  if (hierarchy === 'parents') return code.parent !== undefined && has(code.parent) ? code.parent : null
  const digits = code.code
  const above = digits.length === 12 ? [`${digits.slice(0, 9)}000`, digits.slice(0, 9), digits.slice(0, 6)] : digits.length === 9 ? [digits.slice(0, 6)] : []
  return [...above, `${digits.slice(0, 4)}00`, `${digits.slice(0, 2)}0000`].find((one) => one !== digits && has(one)) ?? null
}

/** Folds what data write differently: widths, spaces, case, the ending of an ethnic group's name is left to aliases. */
const foldValue = (value: string): string => value.normalize('NFKC').trim().toLowerCase()

/** Looks values up by code, name or alias, as data have them. */
export class CodeMatcher {
  readonly #byText = new Map<string, string>()
  /** A value that is not found may be right all the same. */
  readonly partial: boolean

  constructor(codes: readonly Code[], partial = false) {
    this.partial = partial
    for (const { code, name, aliases = [] } of codes) for (const text of [code, name, ...aliases]) if (!this.#byText.has(foldValue(text))) this.#byText.set(foldValue(text), code)
  }

  /** The code that a value means; undefined when it is none of the list. */
  codeOf(value: string): string | undefined {
    return this.#byText.get(foldValue(value))
  }

  /** Share of values that belong to the list, 0–1; 0 of none. */
  shareOf(values: Iterable<string>): number {
    let all = 0
    let known = 0
    for (const value of values) {
      all++
      if (this.codeOf(value) !== undefined) known++
    }
    return all === 0 ? 0 : known / all
  }
}
