import { type Chain, MAX_ENTRY_BYTES, SALT_BYTES, sealEntry } from '@datong/evidence-log'
import { AppError, type Random, uuidv7 } from '@datong/kernel'
import type { EvidenceDraft } from './evidence.ts'

/** A record with its id, time, private body and public leaf, ready to be stored. */
export interface SealedRecord {
  readonly id: string
  readonly at: Date
  readonly chain: Chain
  readonly action: string
  readonly actorKind: string
  readonly actorId: string
  readonly actorOrganisation: string | null
  readonly subjectType: string
  readonly subjectId: string
  readonly parties: readonly string[]
  /** Canonical JSON (RFC 8785): exactly what the leaf commits to. */
  readonly body: string
  readonly salt: Uint8Array
  /** Canonical JSON of the public leaf. */
  readonly leaf: Uint8Array
}

/** Most characters of a body: it holds who, what and why, never data. */
const MAX_BODY_CHARACTERS = MAX_ENTRY_BYTES

/**
 * Seals a draft: gives it an id that sorts by its time, and the leaf that commits to its body.
 * @throws AppError `evidence/invalid-entry` when the draft is not JSON or cannot be stored, `evidence/entry-too-large`
 */
export function sealRecord(draft: EvidenceDraft, at: Date, random: Random): SealedRecord {
  const { chain, action, actor, subject, detail } = draft
  const parties = [...new Set(draft.parties)]
  const columns = [action, actor.id, actor.organisation ?? '', subject.type, subject.id, ...parties]
  // PostgreSQL's text holds every character but this one; found here, it fails one record and not its whole batch.
  if (columns.some((text) => text.includes('\u0000'))) throw new AppError('evidence/invalid-entry', { reason: 'NUL' })
  const id = uuidv7({ now: () => at }, random)
  const content = { action, actor, parties, subject, detail }
  const salt = random.bytes(SALT_BYTES)
  const { leaf, canonicalBody: body } = sealEntry({ id, at: at.toISOString(), chain, body: content, salt })
  if (body.length > MAX_BODY_CHARACTERS) {
    throw new AppError('evidence/entry-too-large', { bytes: body.length, limit: MAX_BODY_CHARACTERS })
  }
  return {
    id, at, chain, action, actorKind: actor.kind, actorId: actor.id, actorOrganisation: actor.organisation,
    subjectType: subject.type, subjectId: subject.id, parties, body, salt, leaf,
  }
}
