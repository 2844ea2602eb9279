import type { EvidenceBody, EvidenceItem } from '@datong/contracts'
import { parseLeaf } from '@datong/evidence-log'
import type { StoredRecord } from './tables.ts'

/** Stands in for a body that cannot be read, so that one damaged record does not hide the others. */
const unreadable = (id: string): EvidenceBody => ({
  action: 'evidence.unreadable',
  actor: { kind: 'system', id: 'evidence', name: 'evidence', organisation: null },
  parties: [],
  subject: { type: 'evidence', id, title: '' },
  detail: {},
})

/** What a stored record says: everything from its body and leaf, which are proved, and nothing from the columns beside them. */
export function readRecord(record: StoredRecord): EvidenceItem {
  const leaf = parseLeaf(record.leaf)
  return {
    id: record.id,
    leafIndex: record.leaf_index,
    at: leaf.ok ? leaf.value.at : record.at.toISOString(),
    chain: leaf.ok ? leaf.value.chain : record.chain,
    body: parseBody(record.body) ?? unreadable(record.id),
  }
}

/** The body of a record, or null when its bytes are not one. */
export function parseBody(bytes: Buffer): EvidenceBody | null {
  try {
    const value: unknown = JSON.parse(bytes.toString())
    return isBody(value) ? value : null
  } catch {
    return null
  }
}

function isBody(value: unknown): value is EvidenceBody {
  if (typeof value !== 'object' || value === null) return false
  const { action, actor, parties, subject, detail } = value as Partial<Record<keyof EvidenceBody, unknown>> // read, then checked
  return typeof action === 'string' && Array.isArray(parties) && [actor, subject, detail].every((part) => typeof part === 'object' && part !== null)
}
