import { type Checkpoint, formatCheckpoint, leafHash, type NoteSigner, openCheckpoint, signNote, tilesForAppend } from '@datong/evidence-log'
import { AppError, type Clock } from '@datong/kernel'
import type pg from 'pg'
import type { UsageSink } from './evidence.ts'
import { leafHashesOf } from './segments/open-segment.ts'
import { meterUsage } from './meter-usage.ts'
import {
  becomeSequencer, type Place, placeDecisions, placeSegments, readHead, readWaiting, saveCheckpoint, saveTiles, type StoredHead,
} from './sequencer-store.ts'

/** How many records a turn takes when they wait; its last segment may bring more. */
export const RECORDS_A_TURN = 4096

export interface Growth {
  readonly clock: Clock
  readonly signer: NoteSigner
  /** Who meters; undefined: nobody does. */
  readonly sink: UsageSink | undefined
  /** Whether to hand on the usage in this turn, or to leave it for a later one. */
  readonly meters: boolean
}

/**
 * One turn of the sequencer, in the transaction that is open on the client: gives what waits its places, in the order in
 * which it came, grows the tree, signs its head, and hands on the usage of all that is not metered yet.
 * @returns how many records were placed; 0 also while another process is at it
 * @throws AppError `evidence/damaged-tile`, `evidence/damaged-checkpoint`: nothing is signed on top of what was changed
 */
export async function growLog(client: pg.ClientBase, { clock, signer, sink, meters }: Growth): Promise<number> {
  if (!(await becomeSequencer(client))) return 0
  const stored = await readHead(client)
  const head = stored === undefined ? undefined : openHead(stored, signer.verifierKey)
  const waiting = await readWaiting(client, RECORDS_A_TURN)
  const size = head?.size ?? 0
  if (waiting.length === 0 && head !== undefined) {
    if (meters) await meterUsage(client, sink, size)
    return 0
  }
  const decisions: Place[] = []
  const segments: Place[] = []
  const hashes: Uint8Array[] = []
  for (const one of waiting) {
    const place = { seq: one.seq, firstLeaf: size + hashes.length }
    if (one.segment_id === null) {
      decisions.push(place)
      hashes.push(leafHash(one.leaf))
    } else {
      segments.push(place)
      hashes.push(...leafHashesOf({ id: one.segment_id, count: one.count, commitments: one.commitments }))
    }
  }
  await placeDecisions(client, decisions)
  await placeSegments(client, segments)
  const grown = await tilesForAppend(
    size,
    async (level, index) => stored?.edge.get(`${level}/${index}`) ?? missing(),
    hashes,
    // Never sign on top of tiles that are not those that were signed.
    head?.root,
  )
  await saveTiles(client, grown.tiles)
  const note = signNote(formatCheckpoint({ origin: signer.name, size: grown.size, root: grown.root }), [signer])
  await saveCheckpoint(client, { size: grown.size, note }, clock.now())
  if (meters) await meterUsage(client, sink, grown.size)
  return hashes.length
}

const missing = (): never => {
  throw new Error('it is not stored')
}

/** The head on which to build: what its signature says, not what stands beside it. */
function openHead({ size, note }: StoredHead, verifierKey: string): Checkpoint {
  const opened = openCheckpoint(note, verifierKey)
  if (!opened.ok) throw new AppError('evidence/damaged-checkpoint', { size, reason: opened.reason })
  if (opened.value.size !== size) throw new AppError('evidence/damaged-checkpoint', { size, reason: 'size' })
  return opened.value
}
