import { createJobRunner, type JobRunner } from '@datong/job-runner'
import { systemClock, systemRandom } from '@datong/kernel'
import { inTransaction, type Log, type Store } from '@datong/metadata-store'
import { createCursorCodec } from '../../platform/cursor.ts'
import { createEvidence, type EvidenceDeps } from './create-evidence.ts'
import type { AccessDraft, Evidence, EvidenceDraft } from './evidence.ts'

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** An evidence module for tests, over a store with `evidenceMigrations`; nothing runs in the background before `start`. */
export function evidenceFor(store: Store, overrides: Partial<EvidenceDeps> = {}): Evidence & { jobs: JobRunner } {
  const jobs = createJobRunner({ store, log: quiet, role: 'all', stopTimeoutMs: 1_000 })
  const evidence = createEvidence({
    store, jobs, clock: systemClock, random: systemRandom, log: quiet, cursors: createCursorCodec(new Uint8Array(32)),
    origin: 'test.local/log', signingSeed: new Uint8Array(32).fill(7), ...overrides,
  })
  return { ...evidence, jobs }
}

/** A draft with everything filled in. */
export function aDraft(changes: Partial<EvidenceDraft> = {}): EvidenceDraft {
  return {
    chain: 'decision',
    action: 'catalog.entry.published',
    actor: { kind: 'user', id: 'u-1', name: '王芳', organisation: '11330000000000001X' },
    parties: ['11330000000000001X'],
    subject: { type: 'entry', id: '306007-000001', title: '停车场' },
    detail: { version: 1 },
    ...changes,
  }
}

/** An access with everything filled in. */
export function anAccess(changes: Partial<Omit<AccessDraft, 'chain'>> = {}): AccessDraft {
  return { ...aDraft({ action: 'delivery.rows.read', detail: { rows: 1 }, ...changes }), chain: 'access' }
}

/** Records a decision in a transaction of its own. */
export const decide = (store: Store, evidence: Evidence, changes: Partial<EvidenceDraft> = {}): Promise<string> =>
  inTransaction(store.db, (trx) => evidence.record(trx, aDraft(changes)))

/** Makes what is recorded one after the other have batches of their own. */
export async function oneByOne<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let n = 0; n < count; n++) results.push(await work(n))
  return results
}
