import type { VersionRef } from '@datong/data-engine'
import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { evaluateRules, type Rule } from '@datong/quality-rules'
import { join } from 'node:path'
import { serveParent } from '../child.ts'
import { peakMemoryMiB } from '../load/peak-memory.ts'
import { subjectOf } from '../truth/subject-of.ts'

export interface RulesInput {
  readonly folder: string
  readonly version: VersionRef
  readonly rows: number
  readonly rules: readonly Rule[]
}

export interface RulesAnswer {
  readonly seconds: number
  /** Processor time of all threads: what it costs even where other work takes the machine. */
  readonly cpuSeconds: number
  readonly peakMiB: number
  /** Of each rule. */
  readonly checked: readonly number[]
  readonly failed: readonly number[]
}

/** Holds a version against rules, as the platform does after a load. */
await serveParent(async ({ folder, version, rows, rules }: RulesInput) => {
  const engine = await createDuckDbEngine({ allowedDirectories: [folder], temporaryDirectory: join(folder, 'spill') })
  const [started, before] = [performance.now(), process.cpuUsage()]
  const outcomes = await evaluateRules(rules, subjectOf(version, rows, 0, []), engine)
  const { user, system } = process.cpuUsage(before)
  const answer: RulesAnswer = {
    seconds: (performance.now() - started) / 1_000, cpuSeconds: (user + system) / 1e6, peakMiB: peakMemoryMiB(),
    checked: outcomes.map(({ checked }) => checked), failed: outcomes.map(({ failed }) => failed),
  }
  await engine.close()
  return { answer }
})
