import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'

/** True while the process exists and is not a zombie that its parent forgot to reap (usual for PID 1 in containers). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it exists and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return linuxStat(pid)?.state !== 'Z'
}

/**
 * A string that tells this run of `pid` from any later process with the same number: boot and start tick on Linux, the
 * start time elsewhere. Empty when there is no such process.
 */
export function startMark(pid: number): string {
  if (process.platform === 'linux') {
    const stat = linuxStat(pid)
    return stat === undefined ? '' : `${bootId()}:${stat.startTick}`
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

/** True when `pid` is a PostgreSQL server that works in `dataDir`. */
export function isPostmasterOf(pid: number, dataDir: string): boolean {
  if (!isAlive(pid)) return false
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === dataDir
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes('postgres')
  } catch {
    return false
  }
}

function linuxStat(pid: number): { state: string; startTick: string } | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    // The command name, in brackets, may hold spaces: count fields after it (proc(5): state is field 3, starttime 22).
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', startTick: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return 'boot'
  }
}
