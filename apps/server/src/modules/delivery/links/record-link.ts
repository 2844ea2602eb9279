import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { DeliveryContext } from '../context.ts'
import type { LinkRow } from './tables.ts'

type Named = Pick<LinkRow, 'id' | 'entry_code' | 'entry_title' | 'provider' | 'organisation' | 'grant_id'>

const partiesOf = ({ provider, organisation }: Named): string[] => [...new Set([provider, ...(organisation === null ? [] : [organisation])])]

/** Evidence of what happened to a link, in the transaction in which it happens. */
export async function recordLink(
  { evidence }: Pick<DeliveryContext, 'evidence'>, trx: Trx, link: Named, what: 'made' | 'ready' | 'failed' | 'ended' | 'downloaded', actor: Actor,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  await evidence.record(trx, {
    chain: 'decision', action: `delivery.link.${what}`, actor, parties: partiesOf(link),
    subject: { type: 'link', id: link.id, title: link.entry_title }, detail: { entry: link.entry_code, grantId: link.grant_id, ...detail },
  })
}

/** Evidence and metering of a download that begins: durable before its first byte leaves. @returns the receipt */
export async function recordDownload({ evidence }: Pick<DeliveryContext, 'evidence'>, link: LinkRow, download: number): Promise<string> {
  return evidence.recordAccess({
    chain: 'access', action: 'delivery.file.downloaded', actor: link.maker.actor, parties: partiesOf(link),
    subject: { type: 'entry', id: link.entry_code, title: link.entry_title },
    detail: {
      link: link.id, download, grantId: link.grant_id, version: link.version, format: link.format, rows: link.rows, bytes: link.bytes, answerHash: link.sha256,
    },
  }, { entryCode: link.entry_code, grantId: link.grant_id, organisation: link.organisation, rows: link.rows ?? 0, bytes: link.bytes ?? 0 })
}
