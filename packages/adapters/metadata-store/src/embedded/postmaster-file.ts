import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a PostgreSQL server writes about itself in `postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number
  readonly socketDir: string
  /** `starting`, `ready`, `stopping` or `standby`. */
  readonly status: string
}

/**
 * Reads the lock file of the server that has (or had) the data folder open; `undefined` when there is none.
 * @see PostgreSQL, src/include/utils/pidfile.h: pid, data folder, start, port, socket folder, address, shm, status
 */
export function readPostmasterFile(dataDir: string): PostmasterFile | undefined {
  let text: string
  try {
    text = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8')
  } catch {
    return undefined
  }
  const lines = text.split('\n')
  const pid = Math.abs(Number(lines[0]))
  if (!Number.isSafeInteger(pid) || pid === 0) return undefined
  return { pid, socketDir: (lines[4] ?? '').trim(), status: (lines[7] ?? '').trim() }
}
