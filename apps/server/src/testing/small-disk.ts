import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MOUNT = '/bin/mount'
const UNMOUNT = '/bin/umount'

/** A disk of its own in memory, mounted on a folder, that can be full and have room again while it is used. */
export interface SmallDisk {
  /** Leaves so many bytes free, whatever is on it. */
  leave(bytes: number): void
  stop(): void
}

/** Whether disks can be mounted here: on Linux by root, outside of containers that forbid it. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const folder = mkdtempSync(join(tmpdir(), 'datong-disk-'))
  try {
    aSmallDisk(folder, 2 ** 20).stop()
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Mounts one over an existing, empty folder. */
export function aSmallDisk(folder: string, bytes: number): SmallDisk {
  const mount = (...options: string[]): void => void execFileSync(MOUNT, options, { stdio: 'ignore' })
  mount('-t', 'tmpfs', '-o', `size=${bytes},mode=0755`, 'tmpfs', folder)
  return {
    leave(free) {
      const { blocks, bfree, bsize } = statfsSync(folder)
      mount('-o', `remount,size=${(blocks - bfree) * bsize + free}`, folder)
    },
    // What still has a file open keeps it until it is closed.
    stop: () => void execFileSync(UNMOUNT, ['-l', folder], { stdio: 'ignore' }),
  }
}
