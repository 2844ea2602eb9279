import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { round } from './statistics.ts'

/** On what, when and of which state of the sources figures were taken. */
export interface RunDescription {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGiB: number; readonly system: string; readonly node: string }
  /** RFC 3339, UTC. */
  readonly date: string
  readonly commit: string
  /** Whether tracked files differed from that commit. */
  readonly uncommittedChanges: boolean
  /** Over one minute, before and after: what else the machine did, and what the benchmark itself did. */
  readonly loadAverage: { readonly before: number; readonly after: number }
}

/** Notes the load before; the result describes the run when it has ended. */
export function beginRun(): () => RunDescription {
  const before = oneMinute()
  return () => ({
    machine: {
      cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30),
      system: `${type()} ${release()}`, node: process.version,
    },
    date: new Date().toISOString(),
    commit: git('rev-parse', '--short', 'HEAD') || 'unknown',
    uncommittedChanges: git('status', '--porcelain', '--untracked-files=no') !== '',
    loadAverage: { before, after: oneMinute() },
  })
}

const oneMinute = (): number => round(loadavg()[0] ?? 0, 2)

/** Empty where there is no git or no repository. */
function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return ''
  }
}
