import { readFileSync } from 'node:fs'

/** Most memory that this process has held so far (resident set, high-water mark), in MiB. */
export function peakMemoryMiB(): number {
  try {
    const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
    if (line !== null) return Math.round(Number(line[1]) / 1024)
  } catch {
    // Not Linux: the figure of getrusage, which there begins at zero for a new program.
  }
  return Math.round(process.resourceUsage().maxRSS / 1024)
}
