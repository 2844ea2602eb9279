import { noteSigner } from '@datong/evidence-log'
import type { Clock, Random } from '@datong/kernel'
import type { JobRunner } from '@datong/job-runner'
import type { Log, Store } from '@datong/metadata-store'
import type { CursorCodec } from '../../platform/cursor.ts'
import { AccessWriter } from './access-writer.ts'
import type { Evidence } from './evidence.ts'
import { insertPending, pendingBacklog } from './evidence-store.ts'
import { GroupCommit } from './group-commit.ts'
import { logRoutes } from './log-routes.ts'
import { evidenceRoutes } from './routes.ts'
import { type AuditDeps, auditJob, endAudit, runAudit } from './run-audit.ts'
import { sealRecord } from './seal-record.ts'
import { Sequencer } from './sequencer.ts'

export interface EvidenceDeps {
  readonly store: Store
  readonly jobs: Pick<JobRunner, 'enqueue' | 'work'>
  readonly clock: Clock
  /** Must be cryptographic: salts hide bodies in their commitments. */
  readonly random: Random
  readonly log: Log
  readonly cursors: CursorCodec
  /** Name of the log and of its key, a URL without scheme, such as `data.example.gov.cn/log`; never changes. */
  readonly origin: string
  /** Ed25519 seed, 32 secret bytes; never changes. */
  readonly signingSeed: Uint8Array
}

const GROUP_COMMIT = { maxBatch: 2_000, maxWaiting: 20_000 }
/** A record that waits longer than this shows that nobody sequences. */
const MAX_BACKLOG_MS = 30_000

/**
 * Makes the evidence module.
 * @throws AppError `evidence/invalid-key`
 */
export function createEvidence({ store, jobs, clock, random, log, cursors, origin, signingSeed }: EvidenceDeps): Evidence {
  const signer = noteSigner(origin, signingSeed)
  const { verifierKey } = signer
  const sequencer = new Sequencer({ store, clock, log, signer })
  const writer = new AccessWriter(store.pool, log)
  const commits = new GroupCommit(writer.write.bind(writer), GROUP_COMMIT)
  const record: Evidence['record'] = async (trx, draft) => {
    const sealed = sealRecord(draft, clock.now(), random)
    await insertPending(trx, sealed)
    return sealed.id
  }
  const audits: AuditDeps = { store, jobs, clock, random, verifierKey, record }
  return {
    routes: evidenceRoutes({ ...audits, origin, cursors }),
    plainRoutes: logRoutes(store.db, verifierKey),
    verifierKey,
    record,
    recordAccess: async (draft, usage) => {
      const at = usage?.at ?? clock.now()
      const sealed = sealRecord(draft, at, random)
      await commits.add({ record: sealed, usage: usage === undefined ? null : { ...usage, grantId: usage.grantId ?? null, at } })
      return sealed.id
    },
    onUsage: (sink) => writer.setSink(sink),
    sequenceNow: () => sequencer.sequenceAll(),
    isWell: async () => {
      const { oldestAt } = await pendingBacklog(store.db)
      return oldestAt === null || clock.now().getTime() - oldestAt.getTime() < MAX_BACKLOG_MS
    },
    start: async () => {
      sequencer.start()
      await jobs.work(
        auditJob,
        ({ auditId }, context) => runAudit(audits, auditId, context),
        ({ auditId }) => endAudit(audits, auditId, 'failed', []),
      )
    },
    stop: async () => {
      await commits.idle()
      writer.close()
      await sequencer.stop()
    },
  }
}
