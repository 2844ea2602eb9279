// Runs on any Node ≥ 18 before anything is installed: no dependencies, no TypeScript.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root folder of the repository. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

const MODULES = join(ROOT, 'node_modules')
const LOCK = join(ROOT, 'package-lock.json')
const MARK = join(MODULES, '.datong-lock')

/** The Node of the version that package.json pins, once installed. */
export const PINNED_NODE = join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** Installs what package-lock.json says when node_modules is missing or was made for another lock. */
export async function ensureInstalled() {
  if (isInstalled()) return
  await holdingInstallLock(async () => {
    // Another start may have installed while this one waited.
    if (isInstalled()) return
    console.log('Installing packages; this takes about a minute the first time …')
    // The pages are built here, so what builds them is needed whatever NODE_ENV says.
    await runOrExit('npm', ['ci', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], { env: outsideEnvironment() }, progress())
    await ensurePinnedNode()
    writeFileSync(MARK, lockHash())
    console.log('Packages installed.')
  })
}

function isInstalled() {
  const made = join(MODULES, '.package-lock.json')
  if (!existsSync(made) || !existsSync(PINNED_NODE)) return false
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === lockHash()) return true
  // `npm install` and `npm ci` by hand write no mark of ours, but npm's own copy of the lock last of all.
  if (statSync(made).mtimeMs + 2_000 < statSync(LOCK).mtimeMs) return false
  writeFileSync(MARK, lockHash())
  return true
}

function lockHash() {
  return createHash('sha256').update(readFileSync(LOCK)).digest('hex')
}

/** Where install scripts are switched off, the package `node` has fetched no program yet: run its script ourselves. */
async function ensurePinnedNode() {
  if (existsSync(PINNED_NODE)) return
  const script = join(MODULES, 'node', 'installArchSpecificPackage.js')
  await runOrExit(process.execPath, [script], { cwd: dirname(script), env: outsideEnvironment() })
  if (existsSync(PINNED_NODE)) return
  console.error('The pinned Node could not be installed; allow install scripts (npm config set ignore-scripts false) and start again.')
  process.exit(1)
}

/** PATH without this project's programs: `npm ci` deletes them while it runs. */
function outsideEnvironment() {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(MODULES))
  return { ...process.env, PATH: path.join(delimiter) }
}

/** Environment in which `node` and all installed programs are the project's own. */
export function projectEnvironment() {
  const path = [dirname(PINNED_NODE), join(MODULES, '.bin'), process.env.PATH ?? '']
  return { ...process.env, PATH: path.join(delimiter) }
}

/** Says every ten seconds that the install goes on, where npm shows no bar of its own. */
function progress() {
  if (process.stdout.isTTY) return () => undefined
  const startedAt = Date.now()
  const timer = setInterval(() => {
    const count = existsSync(MODULES) ? readdirSync(MODULES).length : 0
    console.log(`… installing, ${Math.round((Date.now() - startedAt) / 1000)} s, ${count} packages unpacked`)
  }, 10_000)
  return () => clearInterval(timer)
}

/** Lets one process install at a time; a lock whose holder died is removed. */
async function holdingInstallLock(work) {
  const lock = join(ROOT, 'var', '.installing')
  const holderFile = join(lock, 'pid')
  mkdirSync(dirname(lock), { recursive: true })
  for (let told = false; ; told = true) {
    try {
      mkdirSync(lock)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!told) console.log('Another start is installing packages; waiting for it …')
    await new Promise((resolve) => setTimeout(resolve, 500))
    const holder = existsSync(holderFile) ? Number(readFileSync(holderFile, 'utf8')) : 0
    if (holder > 0 && !isAlive(holder)) rmSync(lock, { recursive: true, force: true })
  }
  writeFileSync(holderFile, String(process.pid))
  const release = () => rmSync(lock, { recursive: true, force: true })
  process.once('exit', release)
  await work()
  process.off('exit', release)
  release()
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Runs a program to its end; exits with its code when that is not 0. */
export async function runOrExit(command, args, options = {}, whenDone = () => undefined) {
  const code = await run(command, args, options)
  whenDone()
  if (code === 0) return
  console.error(`${[command, ...args].join(' ')} failed with exit code ${code}.`)
  process.exit(code)
}

/**
 * Runs a program on this terminal, hands signals on to it and resolves to its exit code.
 * @returns {Promise<number>} 128 + n when signal n ended it
 */
export function run(command, args, { cwd = ROOT, env = projectEnvironment(), channel = false } = {}) {
  const shell = process.platform === 'win32' && command === 'npm'
  const stdio = channel ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit'
  const child = spawn(command, args, { cwd, env, stdio, shell })
  const handOn = (signal) => {
    // Ctrl-C in a terminal reaches the child by itself.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, handOn)
  const watch = watchParent(() => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, handOn)
      clearInterval(watch)
      resolve(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}

/**
 * Under npm, a killed npm must not leave the program running with nobody to stop it. The scripts of package.json begin
 * with `exec`, so that npm is the parent and not a shell, which would keep signals to itself.
 */
function watchParent(whenGone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    whenGone()
  }, 500)
  timer.unref()
  return timer
}
