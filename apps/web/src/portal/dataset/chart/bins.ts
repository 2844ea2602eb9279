/** Rows whose values lie from the first bound up to the second. */
export interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
}

export interface Bins {
  readonly bins: readonly Bin[]
  /** Rows far away from all others, left out so that the others can be seen. */
  readonly below: number
  readonly above: number
}

const ABOUT = 20
/** Beyond so many times the middle half of the values, a value is far out. @see Tukey 1977, outer fence */
const FAR_OUT = 3

/** The value below which a share of the sorted values lies. */
const quantile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0

/** A round width that cuts a length into about so many parts; whole numbers are not cut into fractions. */
export function roundWidth(length: number, parts: number, whole: boolean): number {
  const raw = length / parts
  // Lengths near the end of what a number can hold would give a width of zero.
  if (!(raw > 1e-300)) return 1
  const power = 10 ** Math.floor(Math.log10(raw))
  const width = ([1, 2, 5, 10].find((step) => step * power >= raw) ?? 10) * power
  return whole ? Math.max(1, Math.round(width)) : width
}

/** Counts values between round bounds, without what is far out. */
export function binsOf(values: readonly number[], whole: boolean): Bins {
  const sorted = values.toSorted((a, b) => a - b)
  const low = quantile(sorted, 0.25)
  const high = quantile(sorted, 0.75)
  const spread = high - low
  const near = spread === 0 ? sorted : sorted.filter((value) => value >= low - FAR_OUT * spread && value <= high + FAR_OUT * spread)
  const first = near[0]
  const last = near.at(-1)
  if (first === undefined || last === undefined) return { bins: [], below: 0, above: 0 }
  const width = roundWidth(last - first, ABOUT, whole)
  const start = Math.floor(first / width)
  const counts = Array.from({ length: Math.floor(last / width) - start + 1 }, () => 0)
  for (const value of near) {
    const index = Math.floor(value / width) - start
    counts[index] = (counts[index] ?? 0) + 1
  }
  return {
    bins: counts.map((count, index) => ({ from: tidy((start + index) * width), to: tidy((start + index + 1) * width), count })),
    below: sorted.findIndex((value) => value === first),
    above: sorted.length - 1 - sorted.findLastIndex((value) => value === last),
  }
}

/** Without the dust that binary fractions leave behind: 0.30000000000000004 is 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(12))
