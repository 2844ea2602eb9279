import { beginRun } from './describe-run.ts'
import type { Benchmark } from './benchmark.ts'
import { captureBenchmark } from './capture/capture.ts'
import { cleanUpOnSignals } from './cleanup.ts'
import { connectorsBenchmark } from './connectors/connectors.ts'
import { deliveryBenchmark } from './delivery/delivery.ts'
import { fileBenchmark } from './delivery/file.ts'
import { partsBenchmark } from './delivery/parts.ts'
import { scaleBenchmark } from './delivery/scale.ts'
import { soakBenchmark } from './delivery/soak.ts'
import { evidenceBenchmark } from './evidence.ts'
import { loadBenchmark } from './load/load.ts'
import { writeResult } from './results.ts'
import { rulesBenchmark } from './rules/rules.ts'
import { searchBenchmark } from './search/search.ts'
import { readSettings } from './settings.ts'
import { truthBenchmark } from './truth/truth.ts'
import { uploadBenchmark } from './upload/upload.ts'

const BENCHMARKS: readonly Benchmark[] = [deliveryBenchmark, partsBenchmark, scaleBenchmark, fileBenchmark, uploadBenchmark, loadBenchmark, rulesBenchmark, truthBenchmark, evidenceBenchmark, searchBenchmark, captureBenchmark, connectorsBenchmark, soakBenchmark]

/** `npm run bench [-- name…]`: runs all or the named ones, one after the other. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name))
  if (unknown.length > 0) throw new Error(`There is no benchmark ${unknown.join(', ')}; there are ${BENCHMARKS.map(({ name }) => name).join(', ')}.`)
  const settings = readSettings(process.env)
  cleanUpOnSignals()
  for (const { name, run } of BENCHMARKS) {
    if (names.length > 0 && !names.includes(name)) continue
    console.log(`${name} …`)
    const describe = beginRun()
    const figures = await run(settings, (line) => console.log(`  ${line}`))
    console.log(`\n${await writeResult(name, describe(), figures)}`)
  }
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
