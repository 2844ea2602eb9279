import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { CollectionContext } from '../context.ts'
import { beginIntakeIn } from '../loads/begin-intake.ts'
import { recordSource } from './record-source.ts'
import type { SourceRow } from './source-tables.ts'

/** What a load keeps of its source. */
export interface SourceLoadDetails {
  readonly sourceId: string
  /** Read everything, whatever the source's mode. */
  readonly fully: boolean
}

/**
 * Begins a load of a source that the caller has locked; the first one makes its entry.
 * @throws AppError `collection/load-under-way`, `catalog/wrong-state`
 */
export async function beginSourceLoad(trx: Trx, context: CollectionContext, source: SourceRow, { actor, fully = false }: { actor: Actor; fully?: boolean }): Promise<string> {
  const entry = source.entry_code === null ? { title: source.entry_title, organisation: source.organisation } : { code: source.entry_code }
  const details: SourceLoadDetails = { sourceId: source.id, fully }
  const { loadId, entryCode } = await beginIntakeIn(trx, context, { entry, kind: 'source', details: { ...details }, title: source.name }, actor)
  if (source.entry_code === null) {
    const filled = await context.sources.change(trx, source.id, { entry_code: entryCode })
    await recordSource(trx, context, { source: filled, actor, action: 'attached' })
  }
  return loadId
}
