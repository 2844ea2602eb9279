// Builds the web pages when they are missing or older than their sources.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PINNED_NODE, projectEnvironment, ROOT, runOrExit } from './install.mjs'

const WEB = join(ROOT, 'apps', 'web')
const MARK = join(WEB, 'dist', '.sources')

/** Command line of Vite, wherever npm has put it. */
export function viteCommand(...args) {
  const places = [join(WEB, 'node_modules'), join(ROOT, 'node_modules')].map((folder) => join(folder, 'vite', 'bin', 'vite.js'))
  return [places.find(existsSync) ?? 'vite', ...args]
}

/** Runs `vite build` unless `apps/web/dist` was built from exactly these sources. */
export async function ensureWebPages() {
  if (!existsSync(join(WEB, 'index.html'))) return
  const hash = sourcesHash()
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === hash) return
  console.log('Building the web pages …')
  await runOrExit(PINNED_NODE, viteCommand('build', '--logLevel', 'warn'), { cwd: WEB, env: { ...projectEnvironment(), NODE_ENV: 'production' } })
  writeFileSync(MARK, hash)
}

/** Digest over the pages' own files, the libraries they may import, and the versions of everything installed. */
function sourcesHash() {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')))
  for (const file of [...filesOf(WEB), ...librarySources()].sort()) hash.update(`${file}\n`).update(readFileSync(file))
  return hash.digest('hex')
}

function librarySources() {
  const packages = join(ROOT, 'packages')
  return readdirSync(packages).map((name) => join(packages, name, 'src')).filter(existsSync).flatMap(filesOf)
}

function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist'].includes(entry.name) || /\.test\.tsx?$/.test(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesOf(path) : [path]
  })
}
