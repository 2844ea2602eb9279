import { createHash } from 'node:crypto'
import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryDeps } from '../context.ts'
import type { DeliveryPlan } from '../plan/plan.ts'

/** What left, for evidence and metering. */
export interface Delivered {
  readonly action: 'rows.read' | 'record.verified' | 'file.downloaded' | 'changes.read' | 'changes.sent' | 'rows.pushed'
  readonly fields: readonly string[]
  /** Field and operator of each condition; the values may be personal and stay out. */
  readonly conditions: readonly string[]
  readonly rows: number
  readonly bytes: number
  /** SHA-256 of the answer's bytes, base64url: proves what was answered without keeping it. */
  readonly answerHash: string
  readonly version: number
}

/** Names the receipt of a restricted answer. */
export const EVIDENCE_HEADER = 'datong-evidence'

export const hashOf = (answer: string | Uint8Array): string => createHash('sha256').update(answer).digest('base64url')

/**
 * Makes a restricted delivery provable and metered before it leaves. Open data are metered only.
 * @returns the receipt id, or null for open data
 */
export async function recordAccess(
  deps: Pick<DeliveryDeps, 'evidence'> & { meterOpen(use: { entryCode: string; organisation: string | null; rows: number; bytes: number }): void },
  plan: DeliveryPlan, caller: Caller, delivered: Delivered,
): Promise<string | null> {
  const { basis } = plan
  const use = { entryCode: plan.entryCode, organisation: caller.organisation, rows: delivered.rows, bytes: delivered.bytes }
  if (basis.kind === 'open') {
    deps.meterOpen(use)
    return null
  }
  const { action, ...detail } = delivered
  return deps.evidence.recordAccess(
    {
      chain: 'access',
      action: `delivery.${action}`,
      actor: caller.actor,
      parties: [...new Set([plan.provider, ...(caller.organisation === null ? [] : [caller.organisation])])],
      subject: { type: 'entry', id: plan.entryCode, title: plan.title },
      detail: {
        ...detail,
        basis: basis.kind,
        ...(basis.kind === 'grant' ? { grant: basis.number, grantId: basis.grantId } : {}),
        ...(caller.keyId === null ? {} : { key: caller.keyId }),
      },
    },
    { ...use, grantId: basis.kind === 'grant' ? basis.grantId : null },
  )
}
