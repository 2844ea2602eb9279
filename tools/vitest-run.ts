import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { environment, ROOT } from './steps.ts'

/** Counts of a run, what failed with the first lines of its reason, and the names of what was skipped. */
export interface Tally {
  readonly passed: number
  readonly failed: readonly string[]
  readonly skipped: readonly string[]
}

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    /** Why a file could not be run. */
    readonly message?: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string; readonly failureMessages?: readonly string[] | null }[]
  }[]
}

const REASON_LINES = 6

/** Runs vitest on this terminal and counts. A file that cannot be loaded, and a run that ends badly without a failed test, count as one failure. */
export async function runVitest(args: readonly string[]): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'datong-report-'))
  const reportFile = join(folder, 'report.json')
  try {
    const code = await vitest(['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`])
    const text = await readFile(reportFile, 'utf8').catch(() => undefined)
    if (text === undefined) return { passed: 0, failed: [`vitest ${args.join(' ')}: no report`], skipped: [] }
    // The shape is vitest's documented JSON report.
    const tally = count(JSON.parse(text) as Report)
    return code !== 0 && tally.failed.length === 0 ? { ...tally, failed: [`vitest ${args.join(' ')}: ended with code ${code}`] } : tally
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function count({ testResults }: Report): Tally {
  const nameOf = (file: string): string => file.replace(`${ROOT}/`, '')
  const tests = testResults.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: nameOf(file.name) })))
  const broken = testResults.filter(({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed'))
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: [
      ...tests.filter(({ status }) => status === 'failed')
        .map(({ file, fullName, failureMessages }) => withReason(`${file}: ${fullName}`, failureMessages?.[0])),
      ...broken.map(({ name, message }) => withReason(nameOf(name), message)),
    ],
    skipped: tests.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ file, fullName }) => `${file}: ${fullName}`),
  }
}

const withReason = (name: string, reason = ''): string =>
  [name, ...stripVTControlCharacters(reason).split('\n').filter((line) => line.trim() !== '' && !line.includes('node_modules')).slice(0, REASON_LINES)].join('\n      ')

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
