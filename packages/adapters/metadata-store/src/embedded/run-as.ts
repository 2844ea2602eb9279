import { spawnSync } from 'node:child_process'
import { lstatSync } from 'node:fs'
import { dirname, parse } from 'node:path'
import { storeError } from '../store-errors.ts'
import type { Log } from '../log.ts'

/** The user "nobody" on Linux and a free number on macOS; needs no entry in the user database. */
const UNPRIVILEGED_UID = 65534

/** How to start a PostgreSQL program: under which ids, and with which words before it. */
export interface RunAs {
  readonly uid: number
  readonly gid: number
  /** Command line to put before the program's own; empty when Node sets the ids itself. */
  readonly prefix: readonly string[]
  /** Ids for `spawn`; empty when the prefix sets them or when they are our own. */
  readonly ids: { readonly uid?: number; readonly gid?: number }
}

/**
 * Decides how to run PostgreSQL, which refuses to run as root. As root it runs under the data folder's owner, or an
 * unprivileged id; where a folder above the data or the programs is closed to that id (such as /root), Linux can give
 * the process the one capability to pass it.
 * @param owner uid that owns the existing data folder, if there is one
 * @throws AppError `store/not-permitted` naming the folder that is closed
 */
export function chooseRunAs(dataDir: string, initdb: string, owner: number | undefined, log: Log): RunAs {
  const self = process.getuid?.() ?? 0
  if (self !== 0) {
    if (owner !== undefined && owner !== self) {
      throw storeError('store/not-permitted', { dataDir, detail: `it belongs to user ${owner}, this is user ${self}` })
    }
    return { uid: self, gid: process.getgid?.() ?? self, prefix: [], ids: {} }
  }
  const uid = owner === undefined || owner === 0 ? UNPRIVILEGED_UID : owner
  const gid = uid
  const plain: RunAs = { uid, gid, prefix: [], ids: { uid, gid } }
  if (canPass(plain, dataDir, initdb)) return plain
  for (const capability of process.platform === 'linux' ? ['dac_read_search', 'dac_override'] : []) {
    const prefix = [
      // Without the secure bit access(2), by which initdb looks for its files, ignores capabilities of other users than root.
      'setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--securebits=+no_setuid_fixup',
      `--inh-caps=+${capability}`, `--ambient-caps=+${capability}`, '--',
    ]
    const capable: RunAs = { uid, gid, prefix, ids: {} }
    if (!canPass(capable, dataDir, initdb)) continue
    log.warn({ dataDir, capability }, 'a folder above the store is closed to its user; PostgreSQL gets a capability to pass it')
    return capable
  }
  const closed = firstClosed(dataDir, uid) ?? firstClosed(initdb, uid) ?? dirname(dataDir)
  throw storeError('store/not-permitted', { dataDir, detail: `user ${uid} may not pass ${closed}; try chmod o+x ${closed}` })
}

/** Lets `initdb --show` look for all its files, without making anything. */
function canPass(runAs: RunAs, dataDir: string, initdb: string): boolean {
  const [command = '/bin/sh', ...args] = [
    ...runAs.prefix, '/bin/sh', '-c', 'cd "$0" && exec "$1" --show --pgdata "$2"', dirname(dataDir), initdb, dataDir,
  ]
  return spawnSync(command, args, { ...runAs.ids, cwd: '/', env: serverEnvironment(), stdio: 'ignore' }).status === 0
}

function firstClosed(path: string, uid: number): string | undefined {
  const folders: string[] = []
  for (let folder = dirname(path); folder !== parse(folder).root; folder = dirname(folder)) folders.unshift(folder)
  return folders.find((folder) => {
    const { mode, uid: owner } = lstatSync(folder)
    return owner === uid ? (mode & 0o100) === 0 : (mode & 0o001) === 0
  })
}

/** A fixed environment: the caller's locale and PG* variables must not change the store. */
export function serverEnvironment(): Record<string, string> {
  return { LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin', TZ: 'UTC' }
}
