import { spawn } from 'node:child_process'
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { storeError } from '../store-errors.ts'
import type { PostgresBinaries } from './binaries.ts'
import { diagnose } from './diagnose.ts'
import { type RunAs, serverEnvironment } from './run-as.ts'

/** Name of the server's superuser and of the store's database. */
export const STORE_NAME = 'datong'

/** True when `dataDir` holds a store. @throws AppError `store/damaged` when it holds something else */
export async function isInitialised(dataDir: string, logFile: string): Promise<boolean> {
  if (existsSync(join(dataDir, 'PG_VERSION')) && existsSync(join(dataDir, 'global', 'pg_control'))) return true
  const entries = await readdir(dataDir).catch((): string[] => [])
  if (entries.length === 0) return false
  throw storeError('store/damaged', { dataDir, detail: 'it has no control file', logFile })
}

/**
 * Makes a new, empty store. It is made in a folder beside and moved into place when complete, so that a death in the
 * middle leaves no half store.
 */
export async function initialise(
  binaries: PostgresBinaries, dataDir: string, password: string, runAs: RunAs, durable: boolean, logFile: string,
): Promise<void> {
  const unfinished = `${dataDir}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  const passwordFile = join(dirname(dataDir), `.password-${process.pid}`)
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  try {
    if (process.getuid?.() === 0) {
      await chown(unfinished, runAs.uid, runAs.gid)
      await chown(passwordFile, runAs.uid, runAs.gid)
    }
    const [command = binaries.initdb, ...args] = [
      ...runAs.prefix, binaries.initdb, '--pgdata', unfinished, '--username', STORE_NAME, `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8',
      '--no-instructions', ...(durable ? [] : ['--no-sync']),
    ]
    const { status, output } = await runToEnd(command, args, runAs)
    if (status !== 0) throw diagnose(output, dataDir, logFile)
    await rename(unfinished, dataDir)
  } finally {
    await rm(passwordFile, { force: true })
    await rm(unfinished, { recursive: true, force: true })
  }
}

function runToEnd(command: string, args: string[], runAs: RunAs): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...runAs.ids, cwd: '/', env: serverEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, output }))
  })
}
