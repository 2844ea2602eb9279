import type { TimedUsage, Usage, UsageFigures, UsageKey } from '../evidence.ts'

/** A use, taken apart: what it is counted under and what is added up. */
export interface CountedUse {
  /** Equal for equal keys. */
  readonly name: string
  readonly key: UsageKey
  readonly figures: UsageFigures
}

/** How a use is counted: every number is a figure, everything else is part of the key. */
export function countUse(usage: Usage): CountedUse {
  const fields = Object.entries(usage)
  // Usage is its key and its figures, which are told apart by their types.
  const key = Object.fromEntries(fields.filter(([, value]) => typeof value !== 'number')) as unknown as UsageKey
  const figures = Object.fromEntries(fields.filter(([, value]) => typeof value === 'number')) as unknown as UsageFigures
  return { name: nameOfKey(key), key, figures }
}

/** A name for a key that no other key has. */
export const nameOfKey = (key: UsageKey): string => JSON.stringify(Object.entries(key).sort())

/**
 * The uses of a batch, added up by key, as JSON.
 * @returns null when none was counted
 */
export function sumUses(uses: readonly (CountedUse | null)[]): string | null {
  const sums = new Map<string, { key: UsageKey; figures: Record<string, number> }>()
  for (const use of uses) {
    if (use === null) continue
    let sum = sums.get(use.name)
    if (sum === undefined) sums.set(use.name, (sum = { key: use.key, figures: { calls: 0 } }))
    const { figures } = sum
    figures['calls']! += 1
    for (const [name, value] of Object.entries(use.figures)) figures[name] = (figures[name] ?? 0) + value
  }
  return sums.size === 0 ? null : JSON.stringify(Array.from(sums.values(), ({ key, figures }) => ({ ...key, ...figures })))
}

/** Reads what `sumUses` wrote. A figure or key that was introduced later is missing in what was written before. */
export function readUses(json: string | null, at: Date): TimedUsage[] {
  // Written by `sumUses` and guarded by the segment's salts.
  return json === null ? [] : (JSON.parse(json) as Omit<TimedUsage, 'at'>[]).map((use) => ({ ...use, at }))
}
