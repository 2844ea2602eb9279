import type { EvidenceItem, EvidenceReceipt } from '@datong/contracts'
import { openCheckpoint, proveInclusion } from '@datong/evidence-log'
import { AppError } from '@datong/kernel'
import type { Db } from '@datong/metadata-store'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Caller } from '../../platform/caller.ts'
import { findRecord } from './evidence-store.ts'
import { latestCheckpoint, tileReader } from './log-store.ts'
import { readRecord } from './read-record.ts'
import type { StoredRecord } from './tables.ts'
import { maySee } from './visibility.ts'

/** How long to wait for the sequencer, and how often to look. */
const WAIT_MS = 2_000
const LOOK_EVERY_MS = 50

/**
 * The receipt of a record: its body, and the proof that it stands in the signed log. A record that is durable but has
 * no place yet is waited for.
 * @throws AppError `request/not-found`, also for what the caller may not see; `evidence/damaged-tile`, `evidence/damaged-checkpoint`
 */
export async function getReceipt(db: Db, verifierKey: string, id: string, caller: Caller, signal: AbortSignal): Promise<EvidenceReceipt> {
  let record = await findRecord(db, id)
  if (record === undefined || !maySee(caller, readRecord(record))) throw new AppError('request/not-found')
  for (let waitedMs = 0; record.leaf_index === null && waitedMs < WAIT_MS && !signal.aborted; waitedMs += LOOK_EVERY_MS) {
    await sleep(LOOK_EVERY_MS)
    record = (await findRecord(db, id)) ?? record
  }
  const item: EvidenceItem = readRecord(record)
  const proof = record.leaf_index === null ? null : await proofOf(db, verifierKey, record, record.leaf_index)
  return { id, state: proof === null ? 'pending' : 'sequenced', item, verifierKey, proof }
}

async function proofOf(db: Db, verifierKey: string, record: StoredRecord, leafIndex: number): Promise<EvidenceReceipt['proof']> {
  const stored = await latestCheckpoint(db)
  if (stored === undefined) throw new AppError('evidence/damaged-checkpoint', { size: 0, reason: 'missing' })
  const checkpoint = openCheckpoint(stored.note, verifierKey)
  if (!checkpoint.ok) throw new AppError('evidence/damaged-checkpoint', { size: stored.size, reason: checkpoint.reason })
  const treeSize = checkpoint.value.size
  const inclusion = await proveInclusion(leafIndex, treeSize, tileReader(db))
  return {
    leaf: record.leaf.toString('base64'),
    salt: record.salt.toString('base64'),
    leafIndex,
    treeSize,
    inclusion: inclusion.map((hash) => Buffer.from(hash).toString('base64')),
    checkpoint: stored.note,
  }
}
