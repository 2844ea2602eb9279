import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { CollectionContext } from '../context.ts'
import type { SourceRow } from './source-tables.ts'

/** The evidence of what was done to a source. Its secrets are told by name, never by value. */
export async function recordSource(
  trx: Trx, { evidence }: Pick<CollectionContext, 'evidence'>, { source, actor, action, detail = {} }: { source: SourceRow; actor: Actor; action: string; detail?: Record<string, unknown> },
): Promise<void> {
  await evidence.record(trx, {
    chain: 'decision', action: `collection.source.${action}`, actor, parties: [source.organisation],
    subject: { type: 'source', id: source.id, title: source.name },
    detail: {
      kind: source.kind, settings: source.settings, secrets: source.secret_names, from: source.read_from, mode: source.mode, markColumn: source.mark_column,
      keyColumns: source.key_columns, drift: source.drift, schedule: source.schedule, entryCode: source.entry_code, state: source.state, ...detail,
    },
  })
}
