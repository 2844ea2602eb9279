import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Step = () => Promise<unknown>

const steps: Step[] = []

/** Registers what must be undone when the work ends, fails or is broken off; undone last first. */
export type Defer = (step: Step) => void

/** Runs work and then undoes what it registered, whatever happened. */
export async function withCleanup<T>(work: (defer: Defer) => Promise<T>): Promise<T> {
  const from = steps.length
  try {
    return await work((step) => void steps.push(step))
  } finally {
    await undo(from)
  }
}

/** A folder of its own in the system's place for them, removed at the end. */
export async function temporaryFolder(defer: Defer, name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `datong-bench-${name}-`))
  defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** On Ctrl-C or a stop: undoes everything, then ends with the signal's code. */
export function cleanUpOnSignals(): void {
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
    process.once(signal, () => void undo(0).finally(() => process.exit(code)))
  }
}

async function undo(from: number): Promise<void> {
  while (steps.length > from) {
    await steps.pop()?.().catch((error: unknown) => console.error('a benchmark did not clean up:', error))
  }
}
