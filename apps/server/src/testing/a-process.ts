import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

/** `node`: the program dies and its PostgreSQL lives on. `both`: all processes die at once, as in a power cut. */
export type Kill = 'node' | 'both'

const MAIN = join(import.meta.dirname, '..', 'main.ts')
/** Ends the program when the test run is killed, so that none is left behind. */
const STOP_WITH_PARENT = join(import.meta.dirname, '../../../../tools/stop-with-parent.mjs')

/** The program as operators run it, in a process of its own. */
export interface ServerProcess {
  readonly origin: string
  /** False from the moment in which it is killed or ends. */
  isAlive(): boolean
  /** Resolves when it answers calls. @throws Error with what it printed when it ends before */
  ready(timeoutMs?: number): Promise<void>
  /** `kill -9`; resolves when the process is gone. */
  kill(kind: Kill): Promise<void>
  /**
   * Breaks the database under the living program: kills one of PostgreSQL's sessions, after which it ends all others and
   * recovers, or all of PostgreSQL.
   */
  breakDatabase(what: 'session' | 'all'): void
  /** Ctrl-C; resolves with the exit code. */
  interrupt(): Promise<number | null>
  /** Everything that it printed. */
  output(): string
}

/** Starts `main.ts serve` on a home folder. @param port free, below the ports that connections take for themselves */
export function startServerProcess(home: string, port: number): ServerProcess {
  const env = { ...process.env, DATONG_HOME: home, PORT: String(port), HOST: '127.0.0.1', DATONG_LOG_LEVEL: 'error', DATABASE_URL: '', LAKE_URL: '' }
  const child = spawn(process.execPath, ['--import', pathToFileURL(STOP_WITH_PARENT).href, MAIN, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let output = ''
  let alive = true
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = endOf(child).finally(() => (alive = false))
  return {
    origin: `http://127.0.0.1:${port}`,
    isAlive: () => alive,
    output: () => output,
    async ready(timeoutMs = 90_000) {
      for (const deadline = Date.now() + timeoutMs; !output.includes('Datong is ready'); await sleep(20)) {
        if (!alive || Date.now() > deadline) throw new Error(`the server did not start:\n${output}`)
      }
    },
    async kill(kind) {
      alive = false
      const postmaster = kind === 'both' ? postmasterOf(home) : undefined
      for (const pid of [child.pid, ...(postmaster === undefined ? [] : [postmaster, ...childrenOf(postmaster)])]) killHard(pid)
      await ended
    },
    breakDatabase(what) {
      const postmaster = postmasterOf(home) ?? 0
      const children = childrenOf(postmaster)
      if (what === 'all') [postmaster, ...children].forEach(killHard)
      else killHard(children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('datong datong')))
    },
    async interrupt() {
      child.kill('SIGINT')
      return ended
    },
  }
}

const endOf = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('close', (code) => resolve(code)))

function killHard(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/** The first line of the lock file that PostgreSQL keeps in its folder. */
function postmasterOf(home: string): number | undefined {
  try {
    return Number(readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

/** Sessions of a server; elsewhere than on Linux they notice the death of their parent and follow. */
function childrenOf(parent: number): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => parentOf(pid) === parent)
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

/** A port that nobody listens on, below those that outgoing connections are given. */
export async function freePort(random: () => number): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(random() * 12_000)
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer().once('error', () => resolve(false))
      probe.listen({ host: '127.0.0.1', port, exclusive: true }, () => probe.close(() => resolve(true)))
    })
    if (free) return port
  }
}
