import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { PushContext } from './context.ts'
import type { TargetRow } from './tables.ts'

/** Evidence of what happened to a push target, in the transaction in which it happens. */
export async function recordPush(
  { evidence }: Pick<PushContext, 'evidence'>, trx: Trx, target: TargetRow, what: 'made' | 'begun' | 'done' | 'failed' | 'paused' | 'resumed' | 'ended', actor: Actor,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await evidence.record(trx, {
    chain: 'decision', action: `delivery.push.${what}`, actor, parties: [...new Set([target.provider, ...(target.organisation === null ? [] : [target.organisation])])],
    subject: { type: 'push-target', id: target.id, title: target.entry_title },
    detail: {
      entry: target.entry_code, grantId: target.grant_id, receiver: `${target.kind}://${target.host}:${target.port}/${target.database}`, table: target.table_name, ...detail,
    },
  })
}
