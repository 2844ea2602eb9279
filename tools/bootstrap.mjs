// The one way in for every npm script: installs if needed, then runs the program on the pinned Node. Plain JavaScript,
// for it must run on any Node ≥ 18 in a fresh clone.
import { join } from 'node:path'
import { ensureInstalled, PINNED_NODE, ROOT, run } from './install.mjs'
import { ensureWebPages, viteCommand } from './web-pages.mjs'

const SERVER = join(ROOT, 'apps', 'server', 'src', 'main.ts')
const STOP_WITH_PARENT = new URL('./stop-with-parent.mjs', import.meta.url).href

const COMMANDS = {
  start: async (args) => {
    await ensureWebPages()
    return run(PINNED_NODE, ['--import', STOP_WITH_PARENT, SERVER, 'start', ...args], { channel: true })
  },
  dev: async (args) => {
    await ensureWebPages()
    const pages = run(PINNED_NODE, viteCommand('build', '--watch', '--logLevel', 'warn'), { cwd: join(ROOT, 'apps', 'web') })
    const server = run(PINNED_NODE, ['--watch', SERVER, 'start', ...args])
    return Math.max(await server, await pages)
  },
  test: (args) => run(PINNED_NODE, [join(ROOT, 'tools', 'test.ts'), ...args]),
  check: (args) => run(PINNED_NODE, [join(ROOT, 'tools', 'check.ts'), ...args]),
  bench: (args) => run(PINNED_NODE, [join(ROOT, 'bench', 'src', 'main.ts'), ...args]),
}

const [name = '', ...args] = process.argv.slice(2)
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
if (Number(process.versions.node.split('.')[0]) < 18) {
  console.error(`Datong needs Node 18 or later to install itself; this is ${process.version}.`)
  process.exit(1)
}
if (command === undefined) {
  console.error(`usage: node tools/bootstrap.mjs ${Object.keys(COMMANDS).join('|')}`)
  process.exit(2)
}
process.chdir(ROOT)
await ensureInstalled()
process.exitCode = await command(args)
