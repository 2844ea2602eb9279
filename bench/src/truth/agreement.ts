/** How what was found agrees with what is so. Shares are 0–1; 1 where there is nothing to find or nothing was found. */
export interface Agreement {
  readonly planted: number
  readonly found: number
  readonly right: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** @param planted what is so, @param found what was found, both as names of places */
export function agreement(planted: ReadonlySet<string>, found: ReadonlySet<string>): Agreement {
  const right = [...planted].filter((place) => found.has(place)).length
  const precision = found.size === 0 ? 1 : right / found.size
  const recall = planted.size === 0 ? 1 : right / planted.size
  return { planted: planted.size, found: found.size, right, precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}
