import { type Clock, type Random, uuidv7 } from '@datong/kernel'
import { defineJob, type JobContext, type JobRunner } from '@datong/job-runner'
import { inTransaction, type Store, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import { insertAudit, saveAuditEnd, saveAuditProgress, type StoredAudit } from './audit-store.ts'
import { checkLog } from './check-log.ts'
import type { EvidenceDraft } from './evidence.ts'
import type { AuditDamage } from './tables.ts'

export interface AuditDeps {
  readonly store: Store
  readonly jobs: Pick<JobRunner, 'enqueue'>
  readonly clock: Clock
  readonly random: Random
  readonly verifierKey: string
  readonly record: (trx: Trx, draft: EvidenceDraft) => Promise<string>
}

export const auditJob = defineJob<{ auditId: string }>('evidence/audit', { retryLimit: 2, expireInSeconds: 12 * 3600 })

const AUDITOR_PROGRAM = { kind: 'system', id: 'evidence', name: 'evidence', organisation: null } as const
const PROGRESS_EVERY_MS = 1_000

/** Starts a check of the whole log as a background job; answers the one that runs already, if one does. */
export async function startAudit({ store, jobs, clock, random, record }: AuditDeps, caller: Caller): Promise<StoredAudit> {
  return inTransaction(store.db, async (trx) => {
    const { audit, isNew } = await insertAudit(trx, uuidv7(clock, random), clock.now())
    if (!isNew) return audit
    await record(trx, auditDraft('evidence.audit.started', caller.actor, audit.id, {}))
    await jobs.enqueue(trx, auditJob, { auditId: audit.id })
    return audit
  })
}

/** Does the check; repeats it from the beginning when an earlier attempt was broken off. */
export async function runAudit(deps: AuditDeps, auditId: string, { signal }: Pick<JobContext, 'signal'>): Promise<void> {
  const { store, clock, verifierKey } = deps
  let toldAt = 0
  const { entries, damages } = await checkLog({
    db: store.db,
    verifierKey,
    signal,
    onProgress: async (checked, total) => {
      const now = clock.now().getTime()
      if (now - toldAt < PROGRESS_EVERY_MS) return
      toldAt = now
      await saveAuditProgress(store.db, auditId, checked, total)
    },
  })
  await saveAuditProgress(store.db, auditId, entries, entries)
  await endAudit(deps, auditId, damages.length === 0 ? 'sound' : 'damaged', damages)
}

/** Notes how a check ended, with its evidence. */
export async function endAudit(
  { store, clock, record }: AuditDeps, auditId: string, state: 'sound' | 'damaged' | 'failed', damages: readonly AuditDamage[],
): Promise<void> {
  await inTransaction(store.db, async (trx) => {
    if (!(await saveAuditEnd(trx, auditId, { state, at: clock.now(), damages }))) return
    const places = damages.slice(0, 100).map(({ where }) => where)
    await record(trx, auditDraft('evidence.audit.finished', AUDITOR_PROGRAM, auditId, { state, damages: damages.length, places }))
  })
}

const auditDraft = (action: string, actor: EvidenceDraft['actor'], id: string, detail: EvidenceDraft['detail']): EvidenceDraft => ({
  chain: 'decision', action, actor, parties: [], subject: { type: 'audit', id, title: '' }, detail,
})
