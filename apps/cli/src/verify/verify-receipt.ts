import type { EvidenceItem } from '@datong/contracts'
import { type ReceiptVerdict, verifyReceipt } from '@datong/evidence-log'

/** A receipt taken apart: what it shows, and what proves it. Nothing of it is checked yet. */
export interface ReadReceipt {
  /** Null in a bare receipt of the library, which shows nothing beside its proof. */
  readonly item: EvidenceItem | null
  /** Key that the receipt itself names; to be trusted only as far as the receipt. */
  readonly verifierKey: string | null
  /** In the form of `@datong/evidence-log`; null while the record has no place in the log. */
  readonly proof: object | null
}

/** What was checked of a receipt. */
export interface CheckedReceipt {
  readonly verdict: ReceiptVerdict
  /** Whether id, time, chain and place shown beside the proof are those of the leaf. */
  readonly isShownTruly: boolean
  /** Place in the log, from 0; meaningful when all holds. */
  readonly leafIndex: number
}

type Fields = ReadonlyMap<string, unknown>

/** Reads JSON as a receipt: as the platform answers it, or the bare form of `@datong/evidence-log`. Null for anything else. */
export function parseReceipt(json: unknown): ReadReceipt | null {
  const fields = fieldsOf(json)
  if (fields.has('leaf') && fields.has('body')) return { item: null, verifierKey: null, proof: Object.fromEntries(fields) }
  const item = fieldsOf(fields.get('item'))
  const verifierKey = fields.get('verifierKey')
  if (!isItem(item) || typeof verifierKey !== 'string') return null
  const { inclusion, ...proof } = Object.fromEntries(fieldsOf(fields.get('proof')))
  const isPending = fields.get('proof') === null
  return {
    // isItem has looked at each field that is used.
    item: Object.fromEntries(item) as EvidenceItem,
    verifierKey,
    proof: isPending ? null : { ...proof, proof: inclusion, body: item.get('body') },
  }
}

/** Checks a receipt with the log's key alone. */
export function checkReceipt({ item }: ReadReceipt, proof: object, verifierKey: string): CheckedReceipt {
  const verdict = verifyReceipt(proof, verifierKey)
  const { leaf } = verdict
  const leafIndex = Number(fieldsOf(proof).get('leafIndex'))
  const isShownTruly = item === null || (leaf !== null && leaf.id === item.id && leaf.at === item.at && leaf.chain === item.chain
    && leafIndex === item.leafIndex)
  return { verdict, isShownTruly, leafIndex }
}

function isItem(item: Fields): boolean {
  const body = fieldsOf(item.get('body'))
  const texts = [item.get('id'), item.get('at'), item.get('chain'), body.get('action')]
  const parts = [body.get('actor'), body.get('subject'), body.get('detail')]
  return texts.every((value) => typeof value === 'string') && parts.every((value) => typeof value === 'object' && value !== null)
}

const fieldsOf = (value: unknown): Fields => new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
