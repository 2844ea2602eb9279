import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    datong: { readonly url: string; readonly password: string }
  }
}

const ROOT = join(import.meta.dirname, '../..')
const PASSWORD = 'journey-password-1'
const READY_WITHIN_MS = 300_000

/** Starts the program as a person would, waits until it is ready, and stops it at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'datong-journey-'))
  const port = await freePort()
  const server = spawn(process.execPath, [join(ROOT, 'tools/bootstrap.mjs'), 'start'], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), DATONG_HOME: home, DATONG_DEMO_PASSWORD: PASSWORD },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await ready(server)
  project.provide('datong', { url: `http://127.0.0.1:${port}`, password: PASSWORD })
  return async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGINT')
    await ended
    await rm(home, { recursive: true, force: true })
  }
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => reject(new Error(`not ready in ${READY_WITHIN_MS / 1000} s:\n${output}`)), READY_WITHIN_MS)
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      if (!output.includes('Datong is ready')) return
      clearTimeout(timer)
      resolve()
    }
    server.stdout?.on('data', read)
    server.stderr?.on('data', read)
    server.once('exit', (code) => reject(new Error(`ended with ${code}:\n${output}`)))
  })
}

/** A port below the range that the system gives to clients. */
async function freePort(): Promise<number> {
  for (let port = 20_000 + Math.floor(Math.random() * 10_000); ; port++) {
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer().once('error', () => resolve(false)).listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
    })
    if (free) return port
  }
}
