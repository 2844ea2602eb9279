// npm leaves out of package-lock.json the optional packages of other platforms that its registry does not have at the
// moment, and `npm ci` then refuses the lock. This writes them in, by name and version: enough for npm to pass over them
// where the platform is another, and to fetch them where it is theirs. With --check it only says what is missing.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FILE = fileURLToPath(new URL('../package-lock.json', import.meta.url))
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']

const lock = JSON.parse(readFileSync(FILE, 'utf8'))
const missing = findMissing(lock.packages)
if (process.argv.includes('--check')) {
  for (const { name, version } of missing) console.log(`package-lock.json lacks ${name}@${version}; run node tools/complete-lock.mjs`)
  process.exitCode = missing.length > 0 ? 1 : 0
} else if (missing.length > 0) {
  for (const { name, entry } of missing) lock.packages[`node_modules/${name}`] = entry
  const byName = new Intl.Collator('en').compare
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => byName(a, b)))
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`added ${missing.length} packages of other platforms to package-lock.json`)
}

function findMissing(packages) {
  const known = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)))
  return Object.values(packages).flatMap((parent) =>
    Object.entries(parent.optionalDependencies ?? {}).flatMap(([name, version]) => {
      const platform = platformOf(name)
      if (known.has(name) || platform === undefined || !/^\d/.test(version)) return []
      known.add(name)
      const entry = {
        version, cpu: [platform.cpu], ...(parent.dev === true ? { dev: true } : {}), ...platform.libc,
        license: parent.license, optional: true, os: [platform.os],
      }
      return [{ name, version, entry }]
    }))
}

/** `@oxlint/binding-linux-arm64-musl` → linux, arm64, musl. */
function platformOf(name) {
  const parts = name.slice(name.indexOf('/') + 1).split('-')
  const at = parts.findIndex((part) => SYSTEMS.includes(part))
  const [os, cpu, abi = ''] = at < 0 ? [] : parts.slice(at)
  if (os === undefined || cpu === undefined) return undefined
  const libc = os !== 'linux' ? undefined : abi.startsWith('musl') ? 'musl' : abi.startsWith('gnu') ? 'glibc' : undefined
  return { os, cpu, libc: libc === undefined ? {} : { libc: [libc] } }
}
