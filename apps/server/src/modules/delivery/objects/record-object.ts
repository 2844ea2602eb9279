import type { Caller } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { DeliveryContext } from '../context.ts'

export interface SentObject {
  readonly id: string
  readonly title: string
  readonly bytes: number
  readonly sha256: string
  readonly grade: string
}

/** Evidence and metering of a document that leaves: durable before its first byte. @returns the receipt */
export const recordObject = ({ evidence }: Pick<DeliveryContext, 'evidence'>, entry: EntryRecord, object: SentObject, { actor, organisation }: Caller): Promise<string> =>
  evidence.recordAccess({
    chain: 'access', action: 'delivery.object.downloaded', actor, parties: [...new Set([entry.organisation, ...(organisation === null ? [] : [organisation])])],
    subject: { type: 'entry', id: entry.code, title: entry.title },
    detail: { object: object.id, title: object.title, grade: object.grade, bytes: object.bytes, answerHash: object.sha256 },
  }, { entryCode: entry.code, grantId: null, organisation, rows: 0, bytes: object.bytes })
