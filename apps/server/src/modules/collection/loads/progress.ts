import type { Clock } from '@datong/kernel'
import type { Log } from '@datong/metadata-store'
import type { LoadStore, ProgressChange } from './load-store.ts'
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

/** Rows a second, and the time that the rest will take when it goes on so; null while nobody can know. */
function paceOf(begin: { at: number; share: number | null; rows: number }, now: { at: number; share: number; rows: number }): Pick<ProgressChange, 'rows_per_second' | 'remaining_seconds'> {
  const seconds = (now.at - begin.at) / 1000
  const done = now.share - (begin.share ?? 0)
  if (seconds <= 0) return { rows_per_second: null, remaining_seconds: null }
  return { rows_per_second: Math.max(0, now.rows - begin.rows) / seconds, remaining_seconds: done > 0.001 ? (seconds * Math.max(0, 1 - now.share)) / done : null }
}

/** Shows one load's progress. Losing a note harms nothing, so failures to write one are only logged. */
export function createProgress({ loads, clock, log }: { readonly loads: LoadStore; readonly clock: Clock; readonly log: Pick<Log, 'warn'> }, loadId: string): Progress {
  let phase: LoadPhase = 'received'
  let notedAt = 0
  let begin: { readonly at: number; share: number | null; rows: number } = { at: 0, share: null, rows: 0 }
  let writing: Promise<void> = Promise.resolve()
  return {
    begin: async (next, change = {}) => {
      await writing
      phase = next
      notedAt = clock.now().getTime()
      begin = { at: notedAt, share: null, rows: Number(change.rows_read ?? 0) }
      await loads.move(loadId, { phase, progress: overallProgress(phase, 0), ...change })
    },
    tick: (share, change) => {
      const now = clock.now().getTime()
      if (now - notedAt < NOTE_EVERY_MS) return
      notedAt = now
      begin.share ??= share
      const note = { progress: overallProgress(phase, share), ...change, ...paceOf(begin, { at: now, share, rows: Number(change.rows_read ?? 0) }) }
      writing = writing.then(() => loads.move(loadId, note)).catch((error: unknown) => log.warn({ err: error, loadId }, 'progress was not noted'))
    },
    settle: () => writing,
  }
}
