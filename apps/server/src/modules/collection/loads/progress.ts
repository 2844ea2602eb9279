import type { CollectionContext } from '../context.ts'
import type { ProgressChange } from './load-store.ts'
import type { LoadPhase } from '../tables.ts'

/** Least time between two notes of progress, in milliseconds. */
const NOTE_EVERY_MS = 250

/** Where each part of a load begins and ends on the scale of 0 to 1; reading and storing take the most time. */
const SPAN: Readonly<Record<LoadPhase, readonly [from: number, to: number]>> = {
  received: [0, 0],
  detecting: [0, 0.02],
  reading: [0.02, 0.5],
  typing: [0.5, 0.65],
  storing: [0.65, 0.85],
  profiling: [0.85, 1],
}

/** How far `share` (0 to 1) of a part brings the whole load. */
export const overallProgress = (phase: LoadPhase, share: number): number => {
  const [from, to] = SPAN[phase]
  return from + (to - from) * Math.min(1, Math.max(0, share))
}

export interface Progress {
  /** Begins a part; noted at once. */
  begin(phase: LoadPhase, change?: ProgressChange): Promise<void>
  /** Notes how far the part has come, at most four times a second; never throws and never waits. */
  tick(share: number, change: ProgressChange): void
  /** Resolves when what was noted is written. */
  settle(): Promise<void>
}

/** Shows one load's progress. Losing a note harms nothing, so failures to write one are only logged. */
export function createProgress({ loads, clock, log }: CollectionContext, loadId: string): Progress {
  let phase: LoadPhase = 'received'
  let notedAt = 0
  let writing: Promise<void> = Promise.resolve()
  return {
    begin: async (next, change = {}) => {
      await writing
      phase = next
      notedAt = clock.now().getTime()
      await loads.move(loadId, { phase, progress: overallProgress(phase, 0), ...change })
    },
    tick: (share, change) => {
      const now = clock.now().getTime()
      if (now - notedAt < NOTE_EVERY_MS) return
      notedAt = now
      const note = { progress: overallProgress(phase, share), ...change }
      writing = writing.then(() => loads.move(loadId, note)).catch((error: unknown) => log.warn({ err: error, loadId }, 'progress was not noted'))
    },
    settle: () => writing,
  }
}
