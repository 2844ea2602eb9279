import { describe } from 'vitest'
import { type EngineHarness, engineBench } from './engine-bench.ts'
import { describeMerging } from './merge-suite.ts'
import { describeReading } from './read-suite.ts'
import { describeWriting } from './write-suite.ts'

export type { EngineHarness } from './engine-bench.ts'

/** What every data engine must do alike. An adapter's test calls it with a way to make an engine. */
export function describeDataEngine(name: string, makeHarness: () => Promise<EngineHarness>): void {
  describe(`data engine ${name}`, () => {
    const bench = engineBench(makeHarness)
    describeWriting(bench)
    describeMerging(bench)
    describeReading(bench)
  })
}
