import { type Code, type CodeListVersion, versionAt } from './code-list.ts'

/** One stretch of time in which a code had one name. */
export interface CodeSpan {
  readonly name: string
  /** First day. */
  readonly from: string
  /** First day on which it was no longer so; null while it holds. */
  readonly until: string | null
}

/**
 * What became of a code between two versions: `same`; `renamed` under the same code; `recoded`: its name (or its stem: 县 to 市 or 区) stands
 * under another code nearby; `replaced`: the file itself names the codes that took its place (one: merged or moved, several: split);
 * `gone`: no trace; `absent`: the earlier version had none either.
 */
export interface CodeFate {
  readonly kind: 'same' | 'renamed' | 'recoded' | 'replaced' | 'gone' | 'absent'
  readonly before: Code | null
  readonly after: readonly Code[]
}

const byDay = <V extends CodeListVersion>(versions: readonly V[]): V[] => versions.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))

/** When a code was valid and what it was called, the earliest first. */
export function spansOf(versions: readonly CodeListVersion[], code: string): CodeSpan[] {
  const spans: CodeSpan[] = []
  for (const version of byDay(versions)) {
    const name = version.codes.find((one) => one.code === code)?.name
    const last = spans.at(-1)
    const open = last !== undefined && last.until === null
    if (open && last.name === name) continue
    if (open) spans[spans.length - 1] = { ...last, until: version.from }
    if (name !== undefined) spans.push({ name, from: version.from, until: null })
  }
  return spans
}

/** A place's name without what tells its rank. */
const stemOf = (name: string): string => (name.length > 2 ? name.replace(/(特区|林区|新区|地区|矿区|自治[州县旗]|[省市县区旗盟])$/, '') : name)

/** Digits that two codes begin with alike, as whole levels of division codes: 0, 2, 4. */
const nearness = (a: string, b: string): number => (a.slice(0, 4) === b.slice(0, 4) ? 4 : a.slice(0, 2) === b.slice(0, 2) ? 2 : 0)

/** What became of each code of `before` in `after`. @param related whether codes under different codes may be the same thing (divisions) */
export function fatesOf(before: CodeListVersion, after: CodeListVersion, related: boolean): ReadonlyMap<string, CodeFate> {
  const now = new Map(after.codes.map((one) => [one.code, one]))
  const old = new Set(before.codes.map(({ code }) => code))
  const fresh = after.codes.filter(({ code }) => !old.has(code))
  const byStem = Map.groupBy(fresh, ({ name }) => stemOf(name))
  return new Map(before.codes.map((code): [string, CodeFate] => {
    const same = now.get(code.code)
    if (same !== undefined) return [code.code, { kind: same.name === code.name ? 'same' : 'renamed', before: code, after: [same] }]
    const told = (code.became ?? []).flatMap((one) => now.get(one) ?? [])
    if (told.length > 0) return [code.code, { kind: 'replaced', before: code, after: told }]
    const near = related ? (byStem.get(stemOf(code.name)) ?? []).filter((one) => nearness(one.code, code.code) > 0) : []
    const nearest = near.toSorted((a, b) => nearness(b.code, code.code) - nearness(a.code, code.code))
    const only = nearest.filter((one) => nearness(one.code, code.code) === nearness(nearest[0]!.code, code.code)) // the filter runs only when there is one
    return [code.code, only.length === 1 ? { kind: 'recoded', before: code, after: only } : { kind: 'gone', before: code, after: [] }]
  }))
}

/** What became of one code between two days. */
export function fateOf(versions: readonly CodeListVersion[], code: string, from: string, to: string, related: boolean): CodeFate {
  const [before, after] = [versionAt(versions, from), versionAt(versions, to)]
  const nothing: CodeFate = { kind: 'absent', before: null, after: [] }
  if (before === undefined || after === undefined) return nothing
  return fatesOf(before, after, related).get(code) ?? nothing
}

/** What a version brings against another. */
export interface VersionChange {
  readonly added: readonly Code[]
  readonly removed: readonly Code[]
  readonly renamed: readonly { readonly code: string; readonly before: string; readonly after: string }[]
  readonly unchanged: number
}

export function compareVersions(before: readonly Code[], after: readonly Code[]): VersionChange {
  const old = new Map(before.map((one) => [one.code, one]))
  const now = new Set(after.map(({ code }) => code))
  const renamed = after.flatMap(({ code, name }) => {
    const was = old.get(code)
    return was === undefined || was.name === name ? [] : [{ code, before: was.name, after: name }]
  })
  const added = after.filter(({ code }) => !old.has(code))
  return { added, removed: before.filter(({ code }) => !now.has(code)), renamed, unchanged: after.length - added.length - renamed.length }
}
