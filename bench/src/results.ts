import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Figures } from './benchmark.ts'
import type { RunDescription } from './describe-run.ts'

/** As it lies in `<name>.json`: the description and the figures side by side. */
interface Result extends RunDescription {
  readonly [figure: string]: unknown
}

const FOLDER = fileURLToPath(new URL('../results/', import.meta.url))
const DESCRIPTION = new Set<string>(['machine', 'date', 'commit', 'uncommittedChanges', 'loadAverage'] satisfies (keyof RunDescription)[])

/** Writes `<name>.json` and the table of all results. @returns the table of this one, for the terminal */
export async function writeResult(name: string, description: RunDescription, figures: Figures): Promise<string> {
  await mkdir(FOLDER, { recursive: true })
  const result: Result = { ...description, ...figures }
  await replace(`${name}.json`, `${JSON.stringify(result, null, 2)}\n`)
  const names = (await readdir(FOLDER)).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length)).sort()
  const sections = await Promise.all(names.map(async (one) => {
    // Written by this very function.
    return tableOf(one, JSON.parse(await readFile(join(FOLDER, `${one}.json`), 'utf8')) as Result)
  }))
  await replace('README.md', `# Results\n\nWritten by \`npm run bench\`; what the figures mean is told in [../README.md](../README.md).\n\n${sections.join('\n')}`)
  return tableOf(name, result)
}

/** The figures of one benchmark as a table in Markdown, which reads well in a terminal too. */
function tableOf(name: string, result: Result): string {
  const { machine, date, commit, uncommittedChanges, loadAverage } = result
  const rows = Object.entries(result).filter(([key]) => !DESCRIPTION.has(key)).map(([key, value]) => [key, textOf(value)] as const)
  const width = Math.max(...rows.map(([key]) => key.length))
  const valueWidth = Math.max(...rows.map(([, value]) => value.length))
  const line = (key: string, value: string): string => `| ${key.padEnd(width)} | ${value.padStart(valueWidth)} |`
  return [
    `## ${name}`,
    '',
    `${machine.cpu} × ${machine.cores}, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node} · ${date.slice(0, 16)}Z · commit ${commit}` +
      `${uncommittedChanges ? ' with changes' : ''} · load average ${loadAverage.before} before, ${loadAverage.after} after`,
    '',
    line('figure', 'value'),
    `|${'-'.repeat(width + 2)}|${'-'.repeat(valueWidth + 1)}:|`,
    ...rows.map(([key, value]) => line(key, value)),
    '',
  ].join('\n')
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString('en-US', { maximumFractionDigits: 2 })
  if (Array.isArray(value)) return value.map(textOf).join(' · ')
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([key, part]) => `${key} ${textOf(part)}`).join(' · ')
  return String(value)
}

async function replace(file: string, content: string): Promise<void> {
  const path = join(FOLDER, file)
  await writeFile(`${path}.tmp`, content)
  await rename(`${path}.tmp`, path)
}
