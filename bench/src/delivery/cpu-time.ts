import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second for programs, whatever its own clock. */
const TICK_MICROS = 10_000

interface Times {
  readonly parent: number
  /** Of the process itself. */
  readonly own: number
  /** Of its children that have ended. */
  readonly ended: number
}

/**
 * Processor time that processes and their direct children have used so far, in microseconds. Unlike requests a second it
 * hardly depends on what else the machine does.
 * @returns NaN where there is no /proc
 */
export function cpuMicrosOf(pids: readonly number[]): number {
  let ticks = 0
  for (const pid of pids) {
    const times = timesOf(String(pid))
    if (times === undefined) return Number.NaN
    ticks += times.own + times.ended
  }
  for (const name of readdirSync('/proc')) {
    const times = /^\d+$/.test(name) ? timesOf(name) : undefined
    if (times !== undefined && pids.includes(times.parent)) ticks += times.own
  }
  return ticks * TICK_MICROS
}

/** @see proc_pid_stat(5); the name in parentheses may hold anything, so counting begins behind it */
function timesOf(pid: string): Times | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number)
    const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map((index) => fields[index])
    return { parent, own: user + system, ended: endedUser + endedSystem }
  } catch {
    return undefined
  }
}
