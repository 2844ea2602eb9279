import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storeError } from '../store-errors.ts'
import type { RunAs } from './run-as.ts'

/** The number in the socket's name; nothing listens on a TCP port. */
export const SOCKET_PORT = 5432

/** Longest path that `sockaddr_un` takes: 107 bytes on Linux, 103 on macOS. */
const MAX_SOCKET_PATH_BYTES = process.platform === 'darwin' ? 103 : 107

/**
 * The folder of the server's Unix socket: the wished one, or the data folder, or when that path is too long for a
 * socket a short private folder in the system's temporary folder.
 * @throws AppError `store/not-permitted` when that short folder belongs to someone else
 */
export function chooseSocketFolder(dataDir: string, wished: string | undefined, runAs: RunAs): string {
  const folder = wished ?? dataDir
  if (Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) <= MAX_SOCKET_PATH_BYTES) {
    if (folder !== dataDir) makePrivate(folder, dataDir, runAs)
    return folder
  }
  const short = join(tmpdir(), `datong-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`)
  makePrivate(short, dataDir, runAs)
  return short
}

function makePrivate(folder: string, dataDir: string, runAs: RunAs): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const self = process.getuid?.() ?? 0
  const { uid } = lstatSync(folder)
  // In a shared temporary folder somebody else could have made it first and would then own our socket.
  if (!lstatSync(folder).isDirectory() || (uid !== self && uid !== runAs.uid)) {
    throw storeError('store/not-permitted', { dataDir, detail: `${folder} belongs to someone else` })
  }
  chmodSync(folder, 0o700)
  if (self === 0) chownSync(folder, runAs.uid, runAs.gid)
}
