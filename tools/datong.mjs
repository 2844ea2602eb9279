#!/usr/bin/env node
// The command `datong`: installs if needed, then runs the command line on the pinned Node, in the caller's folder.
import { join } from 'node:path'
import { ensureInstalled, PINNED_NODE, ROOT, run } from './install.mjs'
import { ensureWebPages } from './web-pages.mjs'

const args = process.argv.slice(2)
await ensureInstalled()
if (args[0] === 'serve') await ensureWebPages()
process.exitCode = await run(PINNED_NODE, [join(ROOT, 'apps', 'cli', 'src', 'main.ts'), ...args], { cwd: process.cwd() })
