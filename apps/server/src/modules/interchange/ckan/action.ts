import type { CkanPackage } from '@datong/catalog-metadata'
import type { Organisation } from '@datong/contracts'
import type { Clock } from '@datong/kernel'
import type { Db } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { Catalog, EntryRecord } from '../../catalog/index.ts'
import type { Asker, Delivery } from '../../delivery/index.ts'

export interface CkanDeps {
  readonly db: Db
  readonly catalog: Pick<Catalog, 'select' | 'selectCodes' | 'requireVisible' | 'edit' | 'act' | 'importEntry'>
  readonly questions: Delivery['questions']
  readonly organisations: { list(): readonly Organisation[]; find(code: string): Organisation | undefined }
  readonly clock: Clock
  /** A package as its reader gets it. */
  packageOf(entry: EntryRecord, base: string): CkanPackage
}

/** One call of an action. */
export interface ActionCall {
  /** Parameters, from JSON, a form or the address. */
  readonly data: Readonly<Record<string, unknown>>
  readonly caller: Caller
  readonly asker: Asker
  /** Scheme and host under which the caller knows the installation. */
  readonly base: string
  /** The whole answer with this result: for actions whose answer is recorded to the byte. */
  envelope(resultJson: string): string
}

export interface Action {
  /** What `help_show` says. */
  readonly help: string
  /** Changes something: by POST alone. */
  readonly writes?: true
  run(call: ActionCall): Promise<unknown>
}

export type Actions = Readonly<Record<string, Action>>

/** An answer that is written already, envelope and all. */
export class WrittenAnswer {
  readonly text: string
  readonly receipts: readonly string[]

  constructor(text: string, receipts: readonly string[]) {
    this.text = text
    this.receipts = receipts
  }
}

