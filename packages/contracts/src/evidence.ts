import { Type, type Static } from 'typebox'
import { ActorSchema, Empty, Id, Instant, Nullable, OrganisationCode, Page, PageQuery, Words } from './common.ts'
import { operation } from './operation.ts'

/** 双链同源: one chain of decisions, one of data accesses, in one log. */
export const CHAINS = ['decision', 'access'] as const

export const EvidenceBody = Type.Object({
  action: Type.String({ examples: ['catalog.entry.published', 'delivery.rows.read'] }),
  actor: ActorSchema,
  /** Organisations that may see this record besides the auditor. */
  parties: Type.Array(Type.String()),
  subject: Type.Object({ type: Type.String(), id: Type.String(), title: Type.String() }),
  detail: Type.Record(Type.String(), Type.Unknown()),
})
export type EvidenceBody = Static<typeof EvidenceBody>

export const EvidenceItem = Type.Object({
  id: Id,
  leafIndex: Nullable(Type.Integer()),
  at: Instant,
  chain: Type.Enum(CHAINS),
  body: EvidenceBody,
})
export type EvidenceItem = Static<typeof EvidenceItem>

export const ReceiptSchema = Type.Object({
  id: Id,
  state: Type.Enum(['sequenced', 'pending'], { description: '`pending`: durable, not yet in a checkpoint (a second at most)' }),
  item: EvidenceItem,
  verifierKey: Type.String({ description: 'note verifier key of the log, C2SP signed-note' }),
  proof: Nullable(Type.Object({
    leaf: Type.String({ description: 'base64, the public leaf' }),
    salt: Type.String({ description: 'base64' }),
    leafIndex: Type.Integer(),
    treeSize: Type.Integer(),
    inclusion: Type.Array(Type.String({ description: 'base64 hash' })),
    checkpoint: Type.String({ description: 'signed note' }),
  })),
})
export type EvidenceReceipt = Static<typeof ReceiptSchema>

export const AuditSchema = Type.Object({
  id: Id,
  state: Type.Enum(['running', 'sound', 'damaged', 'failed']),
  startedAt: Instant,
  finishedAt: Nullable(Instant),
  entries: Type.Integer(),
  checked: Type.Integer(),
  damages: Type.Array(Type.Object({ where: Type.String(), kind: Type.String(), detail: Type.String() })),
})

const tag = 'evidence'
const IdParams = Type.Object({ id: Id })

export const evidenceOperations = {
  listEvidence: operation({
    id: 'listEvidence', method: 'GET', path: '/api/v1/evidence/entries', tag,
    access: { auditor: 'all', security: 'all', provider: 'own', consumer: 'own', developer: 'own', steward: 'all' },
    summary: 'Evidence in reach, newest first: own organisation; the steward all decisions; security officer and auditor all',
    query: Type.Object({
      ...PageQuery, chain: Type.Optional(Type.Enum(CHAINS)), action: Type.Optional(Words(80)), organisation: Type.Optional(OrganisationCode),
      subject: Type.Optional(Words(80)), from: Type.Optional(Instant), to: Type.Optional(Instant),
    }),
    response: Page(EvidenceItem),
  }),
  getReceipt: operation({
    id: 'getReceipt', method: 'GET', path: '/api/v1/evidence/receipts/{id}', tag,
    access: 'anyone',
    summary: 'A receipt with its inclusion proof and signed checkpoint; for the parties (session, or the key that made the call), steward (decisions), security officer, auditor',
    params: IdParams, response: ReceiptSchema,
  }),
  evidenceStatus: operation({
    id: 'evidenceStatus', method: 'GET', path: '/api/v1/evidence/status', tag, access: 'anyone', summary: 'Size, checkpoint and public key of the log',
    response: Type.Object({
      origin: Type.String(), verifierKey: Type.String(), size: Type.Integer(), pending: Type.Integer(), checkpoint: Type.String(),
      lastAudit: Nullable(AuditSchema),
    }),
  }),
  startAudit: operation({
    id: 'startAudit', method: 'POST', path: '/api/v1/evidence/audits', tag, access: { auditor: 'all' }, status: 202,
    summary: 'Check the whole stored log, byte by byte', body: Empty, response: AuditSchema,
  }),
  getAudit: operation({
    id: 'getAudit', method: 'GET', path: '/api/v1/evidence/audits/{id}', tag, access: { auditor: 'all' }, summary: 'One check', params: IdParams, response: AuditSchema,
  }),
} as const
