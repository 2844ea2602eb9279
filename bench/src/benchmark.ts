import type { Settings } from './settings.ts'

/** What a benchmark found: names with units, such as `p50Ms`. */
export type Figures = Readonly<Record<string, number | string | readonly number[] | Readonly<Record<string, number>>>>

/** One benchmark: what it measures is told in bench/README.md. */
export interface Benchmark {
  readonly name: string
  /** @param tell prints a line about how far it is */
  readonly run: (settings: Settings, tell: (line: string) => void) => Promise<Figures>
}
