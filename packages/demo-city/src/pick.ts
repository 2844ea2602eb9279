import { seededRandom } from '@datong/kernel'

/** A table for weighted choice: items and their running sum of weights. */
export interface Weighted<T> {
  readonly items: readonly T[]
  readonly sums: Float64Array
}

/** The random choices that the generator makes, all from one seeded source. */
export interface Picker {
  /** Uniform in [0, 1). */
  fraction(): number
  /** Whole number, both ends included. */
  int(min: number, max: number): number
  chance(probability: number): boolean
  one<T>(items: readonly T[]): T
  weighted<T>(table: Weighted<T>): T
  /** About normal (sum of three uniforms), cut at three standard deviations. */
  normal(mean: number, deviation: number): number
  digits(length: number): string
}

export function weightedOf<T>(entries: readonly (readonly [T, number])[]): Weighted<T> {
  let sum = 0
  const sums = Float64Array.from(entries, ([, weight]) => (sum += weight))
  return { items: entries.map(([item]) => item), sums }
}

/** A seed for one part of the city (FNV-1a of its name), so that a change in one table leaves the others as they are. */
function seedFor(seed: number, part: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let i = 0; i < part.length; i++) hash = Math.imul(hash ^ part.charCodeAt(i), 0x01000193) >>> 0
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0
}

export function pickerFor(seed: number, part: string): Picker {
  const { fraction } = seededRandom(seedFor(seed, part))
  const int = (min: number, max: number): number => min + Math.floor(fraction() * (max - min + 1))
  return {
    fraction,
    int,
    chance: (probability) => fraction() < probability,
    one: (items) => items[Math.floor(fraction() * items.length)]!,
    weighted: ({ items, sums }) => {
      const at = fraction() * sums[sums.length - 1]!
      let low = 0
      let high = sums.length - 1
      while (low < high) {
        const middle = (low + high) >> 1
        if (sums[middle]! > at) high = middle
        else low = middle + 1
      }
      return items[low]!
    },
    normal: (mean, deviation) => mean + deviation * 2 * (fraction() + fraction() + fraction() - 1.5),
    digits: (length) => {
      let text = ''
      for (let i = 0; i < length; i++) text += Math.floor(fraction() * 10)
      return text
    },
  }
}

const ORDINALS = ['', '第二', '第三', '第四', '第五', '第六', '第七', '第八', '第九', '第十'] as const

/** A name that is not taken yet: as it is, or with 第二, 第三 … put in; it is taken afterwards. */
export function distinct(taken: Set<string>, make: (ordinal: string) => string): string {
  for (let i = 0; ; i++) {
    const name = make(ORDINALS[i] ?? `第${i + 1}`)
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}
