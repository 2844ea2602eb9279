import { readFileSync } from 'node:fs'
import type { AppError } from '@datong/kernel'
import { storeError } from '../store-errors.ts'

/** True when the server refused only because the one before it is not quite gone: worth another try. */
export function isStaleLock(output: string): boolean {
  return /lock file ".*" already exists|pre-existing shared memory block|could not create lock file/.test(output)
}

/** Turns what a server (or `initdb`) wrote before it gave up into one clear error. */
export function diagnose(output: string, dataDir: string, logFile: string): AppError {
  const lines = output.split('\n').filter((line) => /FATAL|PANIC|error:|could not/.test(line))
  const detail = (lines.at(-1) ?? output.trim().split('\n').at(-1) ?? '').replace(/^.*?(FATAL|PANIC|error):\s*/, '').trim()
  if (/No space left on device|Disk quota exceeded/.test(output)) return storeError('store/disk-full', { detail: detail || 'no space left' })
  if (/incompatible with server|initialized by PostgreSQL version/.test(output)) {
    return storeError('store/wrong-version', { dataDir, detail: output.match(/initialized by PostgreSQL version [\d.]+/)?.[0] ?? detail })
  }
  if (/Permission denied|wrong ownership|invalid permissions|Read-only file system/.test(output)) {
    return storeError('store/not-permitted', { dataDir, detail: detail || 'permission denied' })
  }
  return storeError('store/damaged', { dataDir, detail: detail || 'the server stopped without a word', logFile })
}

/** What was written to the log since byte `from`. */
export function readLogSince(logFile: string, from: number): string {
  try {
    return readFileSync(logFile).subarray(from).toString('utf8')
  } catch {
    return ''
  }
}
