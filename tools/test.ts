/**
 * `npm test`: the checks, unit and database tests, and browser journeys when there is a Chromium. Ends with what failed and why, and the line
 * `N passed, N failed, N skipped`; each check counts as one test. With REQUIRE_ALL=1 a skip is a failure, but for tests that no
 * machine can be made to run: on real files that are no part of the project (they say `DATONG_SHARED`), and on disks of their own, which
 * containers forbid (they say `mounts a disk`).
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runSteps, STEPS } from './steps.ts'
import { runVitest, type Tally } from './vitest-run.ts'

const MOST_SKIPS_LISTED = 30
const NOT_EVERYWHERE = ['DATONG_SHARED', 'mounts a disk']

const steps = await runSteps(STEPS)
const tests = await runVitest([])
const journeys = await runJourneys()

const all = [tests, journeys]
const skipped = all.flatMap((tally) => tally.skipped)
const passed = all.reduce((sum, tally) => sum + tally.passed, steps.passed)
const failed = [...steps.failed.map((name) => `check: ${name}`), ...all.flatMap((tally) => tally.failed)]
const requireAll = process.env['REQUIRE_ALL'] === '1'
const missing = requireAll ? skipped.filter((name) => !NOT_EVERYWHERE.some((words) => name.includes(words))) : []

if (skipped.length > 0) {
  console.log(`\nSkipped${missing.length > 0 ? `, ${missing.length} of which REQUIRE_ALL=1 makes a failure` : ''}:`)
  for (const name of skipped.slice(0, MOST_SKIPS_LISTED)) console.log(`  - ${name}`)
  if (skipped.length > MOST_SKIPS_LISTED) console.log(`  … and ${skipped.length - MOST_SKIPS_LISTED} more`)
}
if (failed.length > 0) {
  console.log('\nFailed:')
  for (const what of failed) console.log(`  - ${what}`)
}
console.log(`${passed} passed, ${failed.length} failed, ${skipped.length} skipped`)
process.exitCode = failed.length > 0 || missing.length > 0 ? 1 : 0

async function runJourneys(): Promise<Tally> {
  const chromium = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((path) => path !== undefined && existsSync(path))
  if (chromium === undefined) {
    const reason = 'browser journeys: no Chromium at /usr/bin/chromium or CHROMIUM_PATH'
    return { passed: 0, failed: [], skipped: [reason] }
  }
  process.env['CHROMIUM_PATH'] = chromium
  return runVitest(['--config', join('e2e', 'vitest.config.ts')])
}
