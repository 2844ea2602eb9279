/** Shares of the numbers below which the quantiles lie that bounds are worked out of: median, quartiles, and both tails. */
export const BOUND_SHARES = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] as const

/** Times that the upper half of the middle is wider than the lower, for numbers whose orders of magnitude are what is spread evenly. */
const SKEWED = 1.5
/** How likely it is, of sound numbers, that a single one of all lies beyond a bound. */
const ALARM = 0.05
/** Normal quantiles of the shares above the median. */
const NORMAL = [0.6744897501960817, 1.2815515655446004, 1.6448536269514722] as const

/** Outliers are rare: what more numbers than this share, and than these few, have in common on one side is a habit of the field, such as a count of none. */
const RARE = { share: 0.01, few: 5 }

/** Most numbers that may lie beyond a bound for it to be one. */
export const mostBeyond = (count: number): number => Math.max(RARE.few, Math.floor(count * RARE.share))

export interface OutlierBounds {
  readonly low: number
  readonly high: number
}

/**
 * Bounds of numbers, from their quantiles alone, so that outliers do not move them. A number is beyond when it is so by both of two
 * measures: further than `factor` times the distance of the quartiles beyond them (Tukey), and further than the farthest of so many numbers
 * would come if the tail went on as heavy as it begins. Each tail is fitted by a scale and a weight of its own, ln((Q(p) − median)/z(p)) =
 * ln B + h z²/2 (the h of Tukey's g-and-h distributions). Of skewed positive numbers the logarithms are looked at.
 * @param quantiles at `BOUND_SHARES` @returns null where the quartiles are the same: there is no distance to be beyond
 * @see Tukey, Exploratory Data Analysis, 1977; Hoaglin, Summarizing Shape Numerically, 1985; Davies and Gather, The Identification of Multiple
 *   Outliers, 1993; Bruffaerts, Verardi and Vermandele, A generalized boxplot for skewed and heavy-tailed distributions, 2014
 */
export function outlierBounds(quantiles: readonly number[], count: number, factor: number): OutlierBounds | null {
  const [, , first = 0, middle = 0, third = 0] = quantiles
  if (!(third > first)) return null
  const isMagnitude = quantiles[0]! > 0 && third - middle > SKEWED * (middle - first) // there are as many as shares
  if (!isMagnitude) return boundsOn(quantiles, count, factor)
  const { low, high } = boundsOn(quantiles.map(Math.log), count, factor)
  return { low: Math.exp(low), high: finite(Math.exp(high)) }
}

function boundsOn(quantiles: readonly number[], count: number, factor: number): OutlierBounds {
  const [twentieth = 0, tenth = 0, first = 0, middle = 0, third = 0, ninth = 0, last = 0] = quantiles
  const reach = factor * (third - first)
  const z = normalQuantile(ALARM / (2 * count))
  return {
    low: finite(Math.min(first - reach, middle - tailReach([middle - first, middle - tenth, middle - twentieth], z))),
    high: finite(Math.max(third + reach, middle + tailReach([third - middle, ninth - middle, last - middle], z))),
  }
}

const finite = (bound: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, bound))

/** How far from the median a tail reaches at a normal quantile. @param spreads distances of the tail's quantiles from the median; those of nothing say nothing */
function tailReach(spreads: readonly number[], z: number): number {
  const points = spreads.flatMap((spread, i) => (spread > 0 ? [{ x: NORMAL[i]! ** 2 / 2, y: Math.log(spread / NORMAL[i]!) }] : []))
  if (points.length === 0) return 0
  const mean = (of: (point: (typeof points)[number]) => number): number => points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)]
  const spread = mean((point) => (point.x - x) ** 2)
  const weight = spread === 0 ? 0 : Math.max(0, mean((point) => (point.x - x) * (point.y - y)) / spread)
  return z * Math.exp(y + weight * (z ** 2 / 2 - x))
}

/** The normal quantile above which a small share lies; error below 4.5 · 10⁻⁴. @see Abramowitz and Stegun, 26.2.23 */
function normalQuantile(share: number): number {
  const t = Math.sqrt(-2 * Math.log(share))
  return t - (2.515517 + 0.802853 * t + 0.010328 * t ** 2) / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3)
}
