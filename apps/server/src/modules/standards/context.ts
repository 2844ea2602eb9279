import type { Actor, OrganisationRef } from '@datong/contracts'
import type { JobRunner } from '@datong/job-runner'
import type { Clock, Random } from '@datong/kernel'
import type { Db, Log, Store, Trx } from '@datong/metadata-store'
import type { FieldContent } from '@datong/standards'
import type { Caller } from '../../platform/caller.ts'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { Evidence } from '../evidence/index.ts'
import type { ImportStore } from './imports/import-store.ts'
import type { ItemStore } from './items/item-store.ts'
import type { Registry } from './items/registry.ts'
import type { MappingStore } from './mapping/mapping-store.ts'

/** An entry as far as its fields are mapped; the catalogue, to the right, hands it over. */
export interface EntryToMap {
  readonly code: string
  readonly title: string
  readonly organisation: string
  readonly state: string
  readonly version: number | null
  readonly fields: readonly { readonly name: string; readonly description: string; readonly type: FieldContent['type']; readonly element: string | null }[]
}

export interface StandardsDeps {
  readonly store: Pick<Store, 'db' | 'listen'>
  readonly evidence: Pick<Evidence, 'record'>
  readonly events: EventBus
  readonly jobs: Pick<JobRunner, 'work' | 'enqueue'>
  readonly organisations: { ref(code: string): OrganisationRef; regions(): Promise<readonly { code: string; name: string }[]> }
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly random: Random
  readonly log: Pick<Log, 'error' | 'info'>
  /** Late-bound: modules to the right. */
  readonly entryOf: (code: string) => Promise<EntryToMap | undefined>
  readonly requireVisible: (code: string, caller: Caller) => Promise<{ readonly code: string }>
  /** Which of these entries the caller may see. */
  readonly visible: (codes: readonly string[], caller: Caller) => Promise<ReadonlySet<string>>
  readonly entryCodes: () => Promise<readonly string[]>
  /** What the fields of a version hold; undefined when there is no such version. Shows values: for mapping alone. */
  readonly contentOf: (code: string, version: number) => Promise<readonly FieldContent[] | undefined>
}

/** What the module's own commands work with. */
export interface StandardsContext extends StandardsDeps {
  readonly db: Db
  readonly items: ItemStore
  readonly imports: ImportStore
  readonly mappings: MappingStore
  readonly registry: Registry
}

/** Writes the evidence of a change of a data element or code list. */
export async function recordItem(
  trx: Trx, { evidence }: Pick<StandardsContext, 'evidence'>,
  change: { key: string; title: string; action: string; actor: Actor; reason: string; detail?: Record<string, unknown> },
): Promise<void> {
  const { key, title, action, actor, reason, detail = {} } = change
  await evidence.record(trx, {
    chain: 'decision', action: `standards.item.${action}`, actor, parties: actor.organisation === null ? [] : [actor.organisation],
    subject: { type: 'standard', id: key, title }, detail: { reason, ...detail },
  })
}
