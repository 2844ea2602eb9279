import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** Root folder of the repository. */
export const ROOT = dirname(import.meta.dirname)

const BIN = join(ROOT, 'node_modules', '.bin')

/** Installed programs come first, among them the pinned Node, which their first lines ask for. */
export const environment: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: [dirname(process.execPath), BIN, process.env['PATH'] ?? ''].join(delimiter),
}

/** One check that passes or fails as a whole. */
export interface Step {
  readonly name: string
  /** Resolves to what is wrong, empty when nothing is. */
  readonly run: () => Promise<string>
}

interface Ended {
  readonly code: number
  readonly output: string
}

/** The folders with sources of our own. */
const SOURCES = ['packages', 'apps', 'bench', 'e2e', 'tools']

/** What `npm run check` runs, in this order. */
export const STEPS: readonly Step[] = [
  { name: 'types', run: () => complaints('tsc', ['--noEmit', '--pretty', 'false', '-p', ROOT]) },
  { name: 'lint', run: () => complaints('oxlint', ['--type-aware', '--quiet']) },
  { name: 'boundaries', run: boundaries },
  { name: 'dead exports', run: () => complaints('knip', ['--no-progress', '--no-config-hints']) },
  { name: 'lock file', run: () => complaints('node', ['tools/complete-lock.mjs', '--check']) },
  {
    name: 'versions',
    run: () => complaints('sherif', [
      // npm runs no matter what the field says, and the pinned Node is the root's own dependency.
      '--ignore-rule', 'root-package-manager-field', '--ignore-rule', 'root-package-dependencies',
      // packages/adapters is a folder of packages, not one itself.
      '--ignore-rule', 'packages-without-package-json',
    ]),
  },
]

/** Runs all steps, two at a time, and prints each one's outcome in order. @returns how many passed, and the names of those that failed */
export async function runSteps(steps: readonly Step[]): Promise<{ passed: number; failed: string[] }> {
  const outcomes = steps.map(() => Promise.withResolvers<string>())
  let next = 0
  const lane = async (): Promise<void> => {
    for (let index = next++; index < steps.length; index = next++) {
      const problem = await steps[index]?.run().catch((error: unknown) => String(error))
      outcomes[index]?.resolve(problem ?? '')
    }
  }
  const lanes = Promise.all([lane(), lane()])
  const failed: string[] = []
  for (const [index, step] of steps.entries()) {
    const problem = await outcomes[index]?.promise
    if (problem === '' || problem === undefined) {
      console.log(`✓ ${step.name}`)
      continue
    }
    failed.push(step.name)
    console.log(`✗ ${step.name}\n${problem.trimEnd().replace(/^/gm, '  ')}`)
  }
  await lanes
  return { passed: steps.length - failed.length, failed }
}

/** What a program says when it ends with another code than 0. */
async function complaints(command: string, args: readonly string[]): Promise<string> {
  const { code, output } = await capture(command, args)
  return code === 0 ? '' : output.trim() || `${command} ended with code ${code}`
}

function capture(command: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(BIN, command), args, { cwd: ROOT, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output: stripVTControlCharacters(Buffer.concat(chunks).toString()) }))
  })
}

/** The part of dependency-cruiser's JSON report that is read here. */
interface CruiseReport {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[]
  }
}

/**
 * Who imports whom. With a TypeScript that it does not support dependency-cruiser finds no module and is content, so the
 * report must hold every source file there is.
 */
async function boundaries(): Promise<string> {
  const folders = SOURCES.filter((folder) => sourceFiles(join(ROOT, folder)).length > 0)
  const { output } = await capture('depcruise', ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders])
  let report: CruiseReport
  try {
    // The shape is dependency-cruiser's documented result.
    report = JSON.parse(output) as CruiseReport
  } catch {
    return output
  }
  const cruised = new Set(report.modules.map(({ source }) => source))
  const missed = folders.flatMap((folder) => sourceFiles(join(ROOT, folder))).filter((file) => !cruised.has(file))
  if (missed.length > 0) return `${missed.length} source files were not looked at:\n${missed.slice(0, 20).join('\n')}`
  return report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).join('\n')
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist'].includes(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourceFiles(path)
    return /\.tsx?$/.test(entry.name) ? [path.slice(ROOT.length + 1)] : []
  })
}
