import type { Clock } from '@datong/kernel'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Names in these folders are `<load id>~<host>~<process>~<its start>~<random>` while something is being made. */
const PARTS = /^([0-9a-f-]{36})~([0-9a-f]{8})~(\d+)~(\d+)~[0-9a-f]{8}$/
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
const STARTED = Math.round(performance.timeOrigin)
/** What another machine left counts as abandoned after a day. */
const FOREIGN_MS = 86_400_000
/** A file that came in gets its load within moments; one that has none after an hour lost its transaction. */
const ORPHAN_MS = 3_600_000

/** The module's folders: files that came in, scratch space of loads under way, and versions being written. */
export interface Workspace {
  /** Where the uploaded file of a load lies. */
  incomingPath(loadId: string): string
  /** A new path under `incoming` for a file that is still arriving. */
  arrivingPath(loadId: string): string
  /** A new scratch folder. */
  makeScratch(loadId: string): Promise<string>
  /** A path in the lake's file system for a version being written; not made yet. */
  stagingPath(loadId: string): string
  /** Folder of a finished version, relative to the lake. */
  versionFolder(entryCode: string, number: number): string
  inLake(path: string): string
  discard(path: string): Promise<void>
  /**
   * Removes what processes left behind that died or gave up: half uploads, scratch, unfinished versions, and files of loads
   * that no longer need them. @param isNeeded tells of load ids whether a file that came in is still wanted
   */
  tidy(isNeeded: (loadIds: readonly string[]) => Promise<ReadonlyMap<string, boolean>>): Promise<void>
}

export async function openWorkspace(homeFolder: string, lakeFolder: string, clock: Clock): Promise<Workspace> {
  const incoming = join(homeFolder, 'incoming')
  const scratch = join(homeFolder, 'scratch')
  const staging = join(lakeFolder, '.staging')
  const ready = async (): Promise<void> => {
    for (const folder of [incoming, scratch, staging]) await mkdir(folder, { recursive: true, mode: 0o750 })
  }
  await ready()
  const underWay = (loadId: string): string => `${loadId}~${HOST}~${process.pid}~${STARTED}~${randomBytes(4).toString('hex')}`
  const discard = (path: string): Promise<void> => rm(path, { recursive: true, force: true })

  const ageMs = async (path: string): Promise<number> => clock.now().getTime() - (await stat(path)).mtimeMs
  const isAbandoned = async (path: string, [, , host, pid, started]: readonly string[]): Promise<boolean> => {
    if (host !== HOST) return (await ageMs(path)) > FOREIGN_MS
    return Number(pid) === process.pid ? Number(started) !== STARTED : !isAlive(Number(pid))
  }
  const tidyFolder = async (folder: string): Promise<void> => {
    for (const name of await readdir(folder)) {
      const parts = PARTS.exec(name)
      if (parts !== null && (await isAbandoned(join(folder, name), parts).catch(() => false))) await discard(join(folder, name))
    }
  }
  const tidyIncoming = async (isNeeded: Parameters<Workspace['tidy']>[0]): Promise<void> => {
    const ids = (await readdir(incoming)).filter((name) => /^[0-9a-f-]{36}$/.test(name))
    const needed = await isNeeded(ids)
    for (const id of ids) {
      const orphan = !needed.has(id) && (await ageMs(join(incoming, id)).catch(() => 0)) > ORPHAN_MS
      if (needed.get(id) === false || orphan) await discard(join(incoming, id))
    }
  }

  return {
    incomingPath: (loadId) => join(incoming, loadId),
    arrivingPath: (loadId) => join(incoming, underWay(loadId)),
    makeScratch: async (loadId) => {
      const path = join(scratch, underWay(loadId))
      await mkdir(path, { mode: 0o750 })
      return path
    },
    stagingPath: (loadId) => join(staging, underWay(loadId)),
    versionFolder: (entryCode, number) => join(entryCode, `v${number}`),
    inLake: (path) => join(lakeFolder, path),
    discard,
    tidy: async (isNeeded) => {
      for (const folder of [incoming, scratch, staging]) await tidyFolder(folder)
      await tidyIncoming(isNeeded)
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
