import { evidenceOperations as operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { CursorCodec } from '../../platform/cursor.ts'
import { type Route, route } from '../../platform/route.ts'
import { findAudit, latestAudit, type StoredAudit } from './audit-store.ts'
import { pendingBacklog } from './evidence-store.ts'
import { getReceipt } from './get-receipt.ts'
import { listRecords } from './list-records.ts'
import { latestCheckpoint } from './log-store.ts'
import { readRecord } from './read-record.ts'
import { type AuditDeps, startAudit } from './run-audit.ts'
import { visibilityOf } from './visibility.ts'

export interface EvidenceRouteDeps extends AuditDeps {
  readonly origin: string
  readonly cursors: CursorCodec
}

const DEFAULT_LIMIT = 20

/** The operations under `/api/v1/evidence`. */
export function evidenceRoutes(deps: EvidenceRouteDeps): Route[] {
  const { store, cursors, origin, verifierKey } = deps
  const { db } = store
  return [
    route(operations.listEvidence, async ({ caller, query }) => {
      const { limit = DEFAULT_LIMIT, cursor, from, to, ...filter } = query
      const visibility = visibilityOf(caller)
      const asked = ['listEvidence', visibility, filter, from ?? null, to ?? null]
      const before = cursor === undefined ? null : String(cursors.decode(asked, cursor)[0])
      const span = { from: from === undefined ? undefined : new Date(from), to: to === undefined ? undefined : new Date(to) }
      const { records, next } = await listRecords(db, visibility, { ...filter, ...span }, before, limit)
      return { items: records.map(readRecord), nextCursor: next === null ? null : cursors.encode(asked, [next]) }
    }),
    route(operations.getReceipt, async ({ caller, params, signal }) => getReceipt(db, verifierKey, params.id, caller, signal)),
    route(operations.evidenceStatus, async () => {
      const [head, backlog, audit] = await Promise.all([latestCheckpoint(db), pendingBacklog(db), latestAudit(db)])
      return {
        origin, verifierKey, size: head?.size ?? 0, pending: backlog.count, checkpoint: head?.note ?? '',
        lastAudit: audit === undefined ? null : toAnswer(audit),
      }
    }),
    route(operations.startAudit, async ({ caller }) => toAnswer(await startAudit(deps, caller))),
    route(operations.getAudit, async ({ params }) => {
      const audit = await findAudit(db, params.id)
      if (audit === undefined) throw new AppError('request/not-found')
      return toAnswer(audit)
    }),
  ]
}

const toAnswer = ({ id, state, started_at, finished_at, entries, checked, damages }: StoredAudit) => ({
  id, state, startedAt: started_at.toISOString(), finishedAt: finished_at?.toISOString() ?? null, entries, checked, damages,
})
