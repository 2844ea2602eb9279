import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environment, ROOT } from './steps.ts'

/** Counts of a run and the names of what was skipped. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly string[]
}

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/** Runs vitest on this terminal and counts. A file that cannot be loaded, and a run that ends badly without a failed test, count as one failure. */
export async function runVitest(args: readonly string[]): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'datong-report-'))
  const reportFile = join(folder, 'report.json')
  try {
    const code = await vitest(['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`])
    const text = await readFile(reportFile, 'utf8').catch(() => undefined)
    if (text === undefined) return { passed: 0, failed: 1, skipped: [] }
    // The shape is vitest's documented JSON report.
    const tally = count(JSON.parse(text) as Report)
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function count({ testResults }: Report): Tally {
  const tests = testResults.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })))
  const broken = testResults.filter(({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed'))
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + broken.length,
    skipped: tests.filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ file, fullName }) => `${file.replace(`${ROOT}/`, '')}: ${fullName}`),
  }
}

function vitest(args: readonly string[]): Promise<number> {
  const program = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: ROOT, env: environment, stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}
