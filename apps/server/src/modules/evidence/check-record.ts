import type { EvidenceBody } from '@datong/contracts'
import { checkDisclosure, type Leaf } from '@datong/evidence-log'
import { ok, refused, type Result } from '@datong/kernel'
import canonicalize from 'canonicalize'
import { parseBody } from './read-record.ts'
import type { AuditDamage, StoredRecord } from './tables.ts'

/** A record with the columns that are copies of what its body says. */
export interface CheckableRecord extends StoredRecord {
  readonly action: string
  readonly actor_kind: string
  readonly actor_id: string
  readonly actor_organisation: string | null
  readonly subject_type: string
  readonly subject_id: string
  readonly parties: readonly string[]
}

/** A record's body and leaf when each is the other's, or what is wrong. @param where what the damage is called */
export function checkBody(
  { body: bytes, leaf: leafBytes, salt }: Pick<StoredRecord, 'body' | 'leaf' | 'salt'>, where: string,
): Result<{ readonly body: EvidenceBody; readonly leaf: Leaf }, AuditDamage> {
  const damage = (detail: string): Result<never, AuditDamage> => refused({ where, kind: 'body', detail })
  const body = parseBody(bytes)
  if (body === null) return damage('the body cannot be read')
  if (canonicalize(body) !== bytes.toString()) return damage('the body is not canonical JSON')
  const leaf = checkDisclosure(leafBytes, body, salt)
  return leaf.ok ? ok({ body, leaf: leaf.value }) : damage(leaf.reason)
}

/** Holds a record's body against its leaf, and each column against both. @param where what the damage is called */
export function checkRecord(record: CheckableRecord, where: string): AuditDamage | null {
  const checked = checkBody(record, where)
  if (!checked.ok) return checked.reason
  const { body, leaf } = checked.value
  const said: readonly (readonly [column: string, isCopy: boolean])[] = [
    ['id', leaf.id === record.id],
    ['at', leaf.at === record.at.toISOString()],
    ['chain', leaf.chain === record.chain],
    ['action', body.action === record.action],
    ['actor_kind', body.actor.kind === record.actor_kind],
    ['actor_id', body.actor.id === record.actor_id],
    ['actor_organisation', body.actor.organisation === record.actor_organisation],
    ['subject_type', body.subject.type === record.subject_type],
    ['subject_id', body.subject.id === record.subject_id],
    ['parties', JSON.stringify(body.parties) === JSON.stringify(record.parties)],
  ]
  const changed = said.filter(([, isCopy]) => !isCopy).map(([column]) => column)
  return changed.length === 0 ? null : { where, kind: 'column', detail: `not what was signed: ${changed.join(', ')}` }
}
