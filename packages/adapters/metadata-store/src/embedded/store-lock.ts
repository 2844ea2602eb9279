import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAppError } from '@datong/kernel'
import { storeError } from '../store-errors.ts'
import { isAlive, startMark } from './process-info.ts'

/** The right to own a store: held from `lockStore` until `release` or the death of the process. */
export interface StoreLock {
  release(): Promise<void>
}

interface Holder {
  readonly pid: number
  readonly mark: string
}

/**
 * Takes the lock file of a store, so that no two processes own one data folder. A lock left by a dead process is taken
 * over; the mark of its start tells a dead holder from a new process with the same number.
 * @param waitMs how long to wait for a holder, which may be stopping just now, in milliseconds
 * @throws AppError `store/locked`
 */
export async function lockStore(path: string, dataDir: string, waitMs: number): Promise<StoreLock> {
  const deadline = Date.now() + waitMs
  for (;;) {
    try {
      return await takeLock(path, dataDir)
    } catch (error) {
      if (!isAppError(error) || Date.now() >= deadline) throw error
      await sleep(100)
    }
  }
}

async function takeLock(path: string, dataDir: string): Promise<StoreLock> {
  const mine = `${path}.${process.pid}.${randomUUID().slice(0, 8)}`
  const content = JSON.stringify({ pid: process.pid, mark: startMark(process.pid) } satisfies Holder)
  await writeFile(mine, content, { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        // A hard link appears at once and with its content, or fails because the name is taken.
        await link(mine, path)
        return { release: () => release(path, content) }
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      }
      await removeIfDead(path, dataDir)
    }
  } finally {
    await rm(mine, { force: true })
  }
  throw storeError('store/locked', { pid: '?', dataDir })
}

async function removeIfDead(path: string, dataDir: string): Promise<void> {
  const seen = await readFile(path, 'utf8').catch(() => undefined)
  if (seen === undefined) return
  const holder = parseHolder(seen)
  if (holder !== undefined && isAlive(holder.pid) && startMark(holder.pid) === holder.mark) {
    throw storeError('store/locked', { pid: holder.pid, dataDir })
  }
  // Move it aside before deleting: if someone else took over in between, what we moved is theirs and goes back.
  const aside = `${path}.stale.${randomUUID().slice(0, 8)}`
  await rename(path, aside).catch(() => undefined)
  const moved = await readFile(aside, 'utf8').catch(() => undefined)
  if (moved !== undefined && moved !== seen) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('mark' in value)) return undefined
    return typeof value.pid === 'number' && typeof value.mark === 'string' ? { pid: value.pid, mark: value.mark } : undefined
  } catch {
    return undefined
  }
}

async function release(path: string, content: string): Promise<void> {
  const held = await readFile(path, 'utf8').catch(() => undefined)
  if (held === content) rmSync(path, { force: true })
}
