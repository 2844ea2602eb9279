import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Command } from '../context.ts'

const SERVER = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url))
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A command that needs the server's own code: runs it in a process of its own, in this terminal. */
export const serverCommand = (name: string): Command => (args, { env }) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [SERVER, name, ...args], { stdio: 'inherit', env: { ...env } })
    // The terminal sends Ctrl-C to both; other programs send a signal to this process alone.
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal)
    for (const signal of SIGNALS) process.on(signal, pass)
    child.on('error', reject)
    child.on('exit', (code) => {
      for (const signal of SIGNALS) process.off(signal, pass)
      resolve(code ?? 1)
    })
  })
