import { hash } from 'node:crypto'
import type { Caller } from '../../../platform/caller.ts'
import type { Evidence } from '../../evidence/index.ts'
import type { DeliveryDeps } from '../deps.ts'
import type { DeliveryPlan } from '../plan/plan.ts'

/** A derived interface as evidence names it: with all of its inputs. */
export interface Derivation {
  readonly name: string
  readonly version: number
  readonly inputs: readonly string[]
}

/** What left, for evidence and metering. */
export interface Delivered {
  readonly action: 'rows.read' | 'derived.read' | 'record.verified' | 'statistics.read' | 'file.downloaded' | 'changes.read' | 'changes.sent' | 'rows.pushed' | 'versions.read' | 'versions.compared'
  readonly fields: readonly string[]
  /** Field and operator of each condition; the values may be personal and stay out. */
  readonly conditions: readonly string[]
  readonly rows: number
  readonly bytes: number
  /** SHA-256 of the answer's bytes, base64url: proves what was answered without keeping it. */
  readonly answerHash: string
  readonly version: number
  /** The change as of which rows of a live table were read; null or left out for the version itself. */
  readonly state?: number | null
  /** Set when the rows went into the answer of a derived interface. */
  readonly derived?: Derivation
  /** Number of a file with a watermark. */
  readonly delivery?: string | null
  /** What `kindOf` says of it, where that is known already. */
  readonly kind?: string
}

/** Tells what is recorded alike from all else under one plan and caller. */
export const kindOf = ({ action, fields, conditions, derived, delivery }: Delivered): string =>
  `${action}\u0002${fields.join('\u0001')}\u0002${conditions.join('\u0001')}\u0002${derived === undefined ? '' : `${derived.name} ${derived.version}`}\u0002${delivery ?? ''}`

/** Names the receipt of a restricted answer. */
export const EVIDENCE_HEADER = 'datong-evidence'

export const hashOf = (answer: string | Uint8Array): string => hash('sha256', answer, 'base64url')

type AccessFrame = Parameters<Evidence['accessTemplate']>[0]
type AccessTemplate = ReturnType<Evidence['accessTemplate']>
type RecordDeps = Pick<DeliveryDeps, 'evidence'> & { meterOpen(use: { entryCode: string; organisation: string | null; rows: number; bytes: number }): void }

/**
 * Makes a restricted delivery provable and metered before it leaves. Open data are metered only.
 * @returns the receipt id, or null for open data
 */
export async function recordAccess(deps: RecordDeps, plan: DeliveryPlan, caller: Caller, delivered: Delivered): Promise<string | null> {
  const { rows, bytes, answerHash, version, state = null } = delivered
  if (plan.basis.kind === 'open') {
    deps.meterOpen({ entryCode: plan.entryCode, organisation: caller.organisation, rows, bytes })
    return null
  }
  return templateOf(deps, plan, caller, delivered).record({ rows, bytes, answerHash, version, ...(state === null ? {} : { state }) }, { rows, bytes })
}

/** Callers choose fields and conditions; beyond so many kinds of access under one plan all are prepared anew. */
const MAX_TEMPLATES = 500

/** By plan and caller: who uses a key is one and the same object as long as the key is remembered. */
const templates = new WeakMap<DeliveryPlan, WeakMap<Caller, Map<string, AccessTemplate>>>()

/** What is the same in all accesses of one kind by one caller under one plan; kept as long as both. */
function templateOf({ evidence }: RecordDeps, plan: DeliveryPlan, caller: Caller, delivered: Delivered): AccessTemplate {
  let ofPlan = templates.get(plan)
  if (ofPlan === undefined) templates.set(plan, ofPlan = new WeakMap())
  let ofCaller = ofPlan.get(caller)
  if (ofCaller === undefined) ofPlan.set(caller, ofCaller = new Map())
  const kind = delivered.kind ?? kindOf(delivered)
  let template = ofCaller.get(kind)
  if (template === undefined) {
    if (ofCaller.size >= MAX_TEMPLATES) ofCaller.clear()
    ofCaller.set(kind, template = evidence.accessTemplate(frameOf(plan, caller, delivered)))
  }
  return template
}

function frameOf({ basis, ...plan }: DeliveryPlan, { actor, organisation, keyId }: Caller, { action, fields, conditions, derived, delivery = null }: Delivered): AccessFrame {
  const grant = basis.kind === 'grant' ? { grant: basis.number, grantId: basis.grantId } : {}
  return {
    action: `delivery.${action}`,
    actor,
    parties: [...new Set([plan.provider, ...(organisation === null ? [] : [organisation])])],
    subject: { type: 'entry', id: plan.entryCode, title: plan.title },
    detail: { fields: [...fields], conditions: [...conditions], basis: basis.kind, ...grant, ...(derived === undefined ? {} : { derived }), ...(delivery === null ? {} : { delivery }), ...(keyId === null ? {} : { key: keyId }) },
    usage: { grantId: basis.kind === 'grant' ? basis.grantId : null, entryCode: plan.entryCode, organisation },
  }
}
