/** `npm run check`: everything that needs no test to run. */
import { runSteps, STEPS } from './steps.ts'

const { passed, failed } = await runSteps(STEPS)
console.log(`${passed} passed, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0
