import { AppError } from '@datong/kernel'
import { createHash } from 'node:crypto'
import { constants, createReadStream, createWriteStream } from 'node:fs'
import { lstat, open, readdir, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pipeline } from 'node:stream/promises'
import { orSilence } from '../databases/explain.ts'
import type { ConnectorTools } from '../connector.ts'
import { fits } from './glob.ts'

/** Longest silence of a file system: a mount whose server is gone never answers. */
const SILENCE_MS = 30_000
const MOST_FILES = 20_000
/** A file that grows while it is looked at is still being written, whatever the clock of its machine says. */
const LOOK_MS = 400
/** How tools call what they have not finished. */
const UNFINISHED = /^[.~]|\.(tmp|temp|part|partial|filepart|crdownload|swp|writing|inprogress)$|~$/i

export interface FolderRules {
  /** Relative to the organisation's folder. */
  readonly folder: string
  readonly pattern: string
  /** A file is only read when one with this ending lies beside it: `a.csv` and `a.csv.ok`. */
  readonly readyEnding: string | undefined
  readonly quietSeconds: number
}

/** A file that may lie ready. */
export interface Dropped {
  readonly name: string
  readonly path: string
  readonly bytes: number
  readonly modifiedMs: number
  /** Changes when the file is another or was changed. */
  readonly sign: string
}

const heard = async <T>(work: Promise<T>, name: string): Promise<T> => orSilence(work, SILENCE_MS, () => undefined).catch((error: unknown) => {
  throw error instanceof Error && 'code' in error ? new AppError('collection/source-unreachable', { host: name, reason: String(error.code) })
    : error instanceof AppError ? error : new AppError('collection/source-too-slow', { host: name })
})

/**
 * The folder's real path.
 * @throws AppError `collection/source-unreachable` when it is not there, `delivery/address-refused` when a link leads out of the organisation's folder
 */
export async function realFolder({ folder }: FolderRules, { dropFolder }: ConnectorTools): Promise<string> {
  const [root, path] = await heard(Promise.all([realpath(dropFolder), realpath(join(dropFolder, folder))]), folder)
  if (path !== root && !path.startsWith(root + sep)) throw new AppError('delivery/address-refused', { host: folder, reason: 'not-allowed' })
  return path
}

/** Files that fit the rules, oldest first; not those that are surely unfinished. */
export async function listDropped(folder: string, rules: FolderRules, { clock }: ConnectorTools): Promise<Dropped[]> {
  const names = await heard(readdir(folder), rules.folder)
  if (names.length > MOST_FILES) throw new AppError('collection/source-unreadable', { host: rules.folder, reason: 'too-many-files' })
  const all = new Set(names)
  const files: Dropped[] = []
  for (const name of names) {
    if (UNFINISHED.test(name) || !fits(rules.pattern, name)) continue
    if (rules.readyEnding !== undefined && (name.endsWith(rules.readyEnding) || !all.has(name + rules.readyEnding))) continue
    const path = join(folder, name)
    // What was there a moment ago may be gone.
    const found = await heard(lstat(path).catch(() => undefined), rules.folder)
    if (found === undefined || !found.isFile()) continue
    const ageMs = clock.now().getTime() - found.mtimeMs
    // A time to come is another machine's clock: only looking twice tells.
    if (rules.readyEnding === undefined && ageMs >= 0 && ageMs < rules.quietSeconds * 1_000) continue
    files.push({ name, path, bytes: found.size, modifiedMs: found.mtimeMs, sign: signOf(name, found.size, found.mtimeMs, found.ino) })
  }
  return files.sort((a, b) => a.modifiedMs - b.modifiedMs || (a.name < b.name ? -1 : 1))
}

const signOf = (...facts: readonly (string | number)[]): string => createHash('sha256').update(facts.join('\0')).digest('base64url').slice(0, 12)

const isAsSeen = async (file: Dropped, folder: string): Promise<boolean> => {
  const found = await heard(lstat(file.path).catch(() => undefined), folder)
  return found !== undefined && found.isFile() && signOf(file.name, found.size, found.mtimeMs, found.ino) === file.sign
}

/**
 * Copies a file when it stands still before, while and after it is copied; undefined when it does not.
 * @throws AppError `collection/source-too-large`, `collection/source-lost`
 */
export async function takeDropped(file: Dropped, rules: FolderRules, target: string, { maxFileBytes, signal }: ConnectorTools): Promise<{ bytes: number; sha256: string } | undefined> {
  if (file.bytes > maxFileBytes) throw new AppError('collection/source-too-large', { host: file.name, mostMb: Math.floor(maxFileBytes / 2 ** 20) })
  await sleep(LOOK_MS, undefined, { signal })
  if (!await isAsSeen(file, rules.folder)) return undefined
  const hash = createHash('sha256')
  let bytes = 0
  // The last part of the path is no link; that it is the file seen is asked again afterwards.
  const handle = await heard(open(file.path, constants.O_RDONLY | constants.O_NOFOLLOW), rules.folder)
  try {
    await pipeline(createReadStream('', { fd: handle, autoClose: false, highWaterMark: 1 << 20 }), async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        bytes += chunk.length
        if (bytes > maxFileBytes) throw new AppError('collection/source-too-large', { host: file.name, mostMb: Math.floor(maxFileBytes / 2 ** 20) })
        yield chunk
      }
    }, createWriteStream(target), { signal })
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['EIO', 'ESTALE', 'ENOTCONN', 'ETIMEDOUT', 'EHOSTDOWN'].includes(String(error.code))) throw new AppError('collection/source-lost', { host: rules.folder, reason: String(error.code) })
    throw error
  } finally {
    await handle.close().catch(() => undefined)
  }
  return bytes === file.bytes && await isAsSeen(file, rules.folder) ? { bytes, sha256: hash.digest('hex') } : undefined
}
