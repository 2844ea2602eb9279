import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** Extensions taken from a folder; a file that is named itself is taken whatever its extension. */
const DATA_EXTENSIONS = new Set(['.csv', '.tsv', '.txt', '.tab', '.xls', '.xlsx', '.json', '.jsonl', '.ndjson', '.geojson', '.parquet'])

/**
 * Files to load, folders walked through in the order of names, each file once.
 * @returns `missing` lists the arguments that are not there
 */
export async function findFiles(paths: readonly string[]): Promise<{ files: string[]; missing: string[] }> {
  const files = new Set<string>()
  const missing: string[] = []
  for (const path of paths) {
    const found = await stat(path).catch(() => null)
    if (found === null) missing.push(path)
    else if (found.isDirectory()) for (const file of await dataFilesIn(path)) files.add(file)
    else files.add(path)
  }
  return { files: [...files], missing }
}

async function dataFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const files: string[] = []
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.')) continue
    if (entry.isDirectory()) files.push(...(await dataFilesIn(path)))
    else if (DATA_EXTENSIONS.has(extname(entry.name).toLowerCase())) files.push(path)
  }
  return files
}
