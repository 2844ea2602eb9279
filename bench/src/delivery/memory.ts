import { readFileSync } from 'node:fs'

export interface MemorySample {
  /** Minutes since the beginning. */
  readonly minute: number
  readonly residentMiB: number
}

/** Resident memory of a process now; NaN where there is no /proc. @see proc_pid_status(5) */
export function memoryOf(pid: number, minute: number): MemorySample {
  try {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return { minute, residentMiB: Math.round(Number(line?.[1]) / 1_024) }
  } catch {
    return { minute, residentMiB: Number.NaN }
  }
}

/** Slope of the line through the samples (least squares), in MiB a minute; 0 for fewer than two. */
export function growthOf(samples: readonly MemorySample[]): number {
  if (samples.length < 2) return 0
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const minute = mean(samples.map((sample) => sample.minute))
  const memory = mean(samples.map((sample) => sample.residentMiB))
  const spread = samples.reduce((sum, sample) => sum + (sample.minute - minute) ** 2, 0)
  return samples.reduce((sum, sample) => sum + (sample.minute - minute) * (sample.residentMiB - memory), 0) / spread
}
