import type { EngineHarness } from '@datong/data-engine/contract-suite'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDuckDbEngine } from '../duckdb-engine.ts'

/** An engine with a folder of its own that goes away with it. */
export async function duckDbHarness(): Promise<EngineHarness> {
  const directory = await mkdtemp(join(tmpdir(), 'datong-duckdb-'))
  const engine = await createDuckDbEngine({
    allowedDirectories: [directory],
    temporaryDirectory: join(directory, 'tmp'),
    memoryLimitMiB: 512,
    threads: 2,
  })
  return {
    engine,
    directory,
    writeText: (path, text) => writeFile(path, text),
    readText: (path) => readFile(path, 'utf8'),
    sha256: async (path) => createHash('sha256').update(await readFile(path)).digest('hex'),
    dispose: () => rm(directory, { recursive: true, force: true }),
  }
}
