import { noteSigner } from '@datong/evidence-log'
import type { Clock, Random } from '@datong/kernel'
import type { JobRunner } from '@datong/job-runner'
import type { Log, Store } from '@datong/metadata-store'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CursorCodec } from '../../platform/cursor.ts'
import { prepareAccess, prepareFrame } from './access-template.ts'
import { AccessWriter } from './access-writer.ts'
import type { Evidence } from './evidence.ts'
import { insertPending, pendingBacklog } from './evidence-store.ts'
import { GroupCommit, type GroupCommitOptions } from './group-commit.ts'
import { logRoutes } from './log-routes.ts'
import { evidenceRoutes } from './routes.ts'
import { type AuditDeps, auditJob, endAudit, runAudit } from './run-audit.ts'
import { sealRecord } from './seal-record.ts'
import type { Access } from './segments/seal-segment.ts'
import { MAX_SEGMENT } from './segments/segment-id.ts'
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

const GROUP_COMMIT: GroupCommitOptions<Access> = {
  maxBatch: MAX_SEGMENT, maxWeight: 4 * 2 ** 20, weightOf: ({ body }) => body.length, maxWaiting: 20_000,
  // A write costs as much as some 30 records: a little wait for company halves what an access costs at thousands a second, and a
  // second write that begins meanwhile keeps answers going while the first waits for the disk.
  tick: () => sleep(1), enough: 16, spacingMs: 4, lanes: 2,
}
/** A record that waits longer than this shows that nobody sequences. */
const MAX_BACKLOG_MS = 30_000

/**
 * Makes the evidence module.
 * @throws AppError `evidence/invalid-key`
 */
export function createEvidence({ store, jobs, clock, random, log, cursors, origin, signingSeed }: EvidenceDeps): Evidence {
  const signer = noteSigner(origin, signingSeed)
  const { verifierKey } = signer
  const sequencer = new Sequencer({ pool: store.pool, clock, log, signer })
  const writer = new AccessWriter({ pool: store.pool, log, clock, random })
  const commits = new GroupCommit<Access, string>(writer.write.bind(writer), GROUP_COMMIT)
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
    recordAccess: async (draft, usage) => commits.add(prepareAccess(draft, usage)),
    accessTemplate: (frame) => {
      const prepare = prepareFrame(frame)
      return { record: async (detail, figures) => commits.add(prepare(detail, figures)) }
    },
    onUsage: (sink) => sequencer.setSink(sink),
    sequenceNow: () => sequencer.sequenceAll(),
    isWell: async () => {
      const { oldestAt } = await pendingBacklog(store.db)
      return oldestAt === null || clock.now().getTime() - oldestAt.getTime() < MAX_BACKLOG_MS
    },
    start: async () => {
      await sequencer.start()
      await jobs.work(
        auditJob,
        ({ auditId }, context) => runAudit(audits, auditId, context),
        ({ auditId }) => endAudit(audits, auditId, 'failed', []),
      )
    },
    stop: async () => {
      await commits.close()
      writer.close()
      await sequencer.stop()
    },
  }
}
