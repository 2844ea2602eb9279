import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { HarvestContext } from '../deps.ts'
import type { RunRow, SourceRow } from '../tables.ts'

/** The evidence of what was done to a source. */
export async function recordSource(
  trx: Trx, { evidence }: HarvestContext, { source, actor, action, reason = '' }: { source: SourceRow; actor: Actor; action: string; reason?: string },
): Promise<void> {
  await evidence.record(trx, {
    chain: 'decision', action: `harvest.source.${action}`, actor, parties: [source.organisation],
    subject: { type: 'harvest-source', id: source.id, title: source.name },
    detail: { kind: source.kind, url: source.url, state: source.state, schedule: source.schedule, publishes: source.publishes, ...(reason === '' ? {} : { reason }) },
  })
}

/** The evidence of how a run ended. @returns its receipt */
export const recordRun = (trx: Trx, { evidence }: HarvestContext, { source, run, actor, action, reason = '' }: { source: SourceRow; run: RunRow; actor: Actor; action: string; reason?: string }): Promise<string> =>
  evidence.record(trx, {
    chain: 'decision', action: `harvest.run.${action}`, actor, parties: [source.organisation],
    subject: { type: 'harvest-run', id: run.id, title: source.name },
    detail: {
      source: source.id, mode: run.mode, seen: run.seen, created: run.created, changed: run.changed, same: run.same, withdrawn: run.withdrawn, rejected: run.rejected,
      ...(reason === '' ? {} : { reason }),
    },
  })
