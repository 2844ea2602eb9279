import { type AuditReport, auditLog, entriesOrFull, tilePath, tilesOrFull } from '@datong/evidence-log'

const MAX_DAMAGES = 50

/**
 * Reads a whole log over HTTP and checks every byte against its signed checkpoint.
 * @param logUrl prefix of the log, without a trailing slash. @see C2SP tlog-tiles
 */
export async function auditOverHttp(
  logUrl: string, verifierKey: string, get: typeof fetch, onProgress: (entriesRead: number, entries: number) => void,
): Promise<AuditReport> {
  const read = async (path: string): Promise<Uint8Array> => {
    const response = await get(`${logUrl}/${path}`)
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }
  return auditLog({
    checkpoint: await read('checkpoint'),
    verifierKey,
    readTile: tilesOrFull((level, index, width) => read(tilePath({ level, index, width }))),
    readEntries: entriesOrFull((index, width) => read(tilePath({ level: 'entries', index, width }))),
    maxDamages: MAX_DAMAGES,
    onProgress,
  })
}
