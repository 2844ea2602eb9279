import { setImmediate as breathe } from 'node:timers/promises'

const LONGEST_MS = 4

/** Works through steps, letting other work pass every few milliseconds. */
export async function paced(steps: Iterator<void, void>): Promise<void> {
  for (let begun = performance.now(); steps.next().done !== true;) {
    if (performance.now() - begun < LONGEST_MS) continue
    await breathe()
    begun = performance.now()
  }
}
