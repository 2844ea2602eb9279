import { checkDisclosure } from '@datong/evidence-log'
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

/** Holds a record's body against its leaf, and each column against both. @param where what the damage is called */
export function checkRecord(record: CheckableRecord, where: string): AuditDamage | null {
  const damage = (kind: string, detail: string): AuditDamage => ({ where, kind, detail })
  const body = parseBody(record.body)
  if (body === null) return damage('body', 'the body cannot be read')
  if (canonicalize(body) !== record.body.toString()) return damage('body', 'the body is not canonical JSON')
  const leaf = checkDisclosure(record.leaf, body, record.salt)
  if (!leaf.ok) return damage('body', leaf.reason)
  const said: readonly (readonly [column: string, isCopy: boolean])[] = [
    ['id', leaf.value.id === record.id],
    ['at', leaf.value.at === record.at.toISOString()],
    ['chain', leaf.value.chain === record.chain],
    ['action', body.action === record.action],
    ['actor_kind', body.actor.kind === record.actor_kind],
    ['actor_id', body.actor.id === record.actor_id],
    ['actor_organisation', body.actor.organisation === record.actor_organisation],
    ['subject_type', body.subject.type === record.subject_type],
    ['subject_id', body.subject.id === record.subject_id],
    ['parties', JSON.stringify(body.parties) === JSON.stringify(record.parties)],
  ]
  const changed = said.filter(([, isCopy]) => !isCopy).map(([column]) => column)
  return changed.length === 0 ? null : damage('column', `not what was signed: ${changed.join(', ')}`)
}
