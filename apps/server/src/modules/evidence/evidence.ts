import type { Actor, CHAINS } from '@datong/contracts'
import type { Transaction } from 'kysely'
import type pg from 'pg'
import type { ServerModule } from '../../platform/server-module.ts'

/** What happened, before it has an id, a time and a place in the log. */
export interface EvidenceDraft {
  readonly chain: (typeof CHAINS)[number]
  /** `module.subject.verb-in-the-past`, such as `catalog.entry.published`. */
  readonly action: string
  readonly actor: Actor
  /** Codes of the organisations that may see the record. */
  readonly parties: readonly string[]
  readonly subject: { readonly type: string; readonly id: string; readonly title: string }
  /** JSON values only; never keys, passwords or rows. Becomes part of the proof for ever. */
  readonly detail: Readonly<Record<string, unknown>>
}

/** One use of data, metered in the same transaction as its evidence. */
export interface Usage {
  readonly grantId: string | null
  readonly entryCode: string
  readonly organisation: string | null
  readonly rows: number
  readonly bytes: number
}

/** Input of `recordAccess`; `at` is when the call happened, now when left out. */
export interface UsageInput extends Omit<Usage, 'grantId'> {
  readonly grantId?: string | null
  readonly at?: Date
}

export interface TimedUsage extends Usage {
  readonly at: Date
}

/** Writes the usage of one batch through the connection on which the batch's transaction is open. */
export type UsageSink = (client: pg.ClientBase, batch: readonly TimedUsage[]) => Promise<void>

/** The evidence module as other modules see it. */
export interface Evidence extends ServerModule {
  /**
   * Records a decision inside the caller's transaction, so that both commit or neither does.
   * @returns the receipt id (UUID version 7)
   * @throws AppError `evidence/entry-too-large`
   */
  record<Tables>(trx: Transaction<Tables>, draft: EvidenceDraft): Promise<string>
  /**
   * Records an access by group commit: durable when it resolves, and only then may the answer leave.
   * @returns the receipt id (UUID version 7)
   * @throws AppError `evidence/overloaded`, `evidence/entry-too-large`; an error of the store when its batch failed
   */
  recordAccess(draft: EvidenceDraft, usage?: UsageInput): Promise<string>
  /** Sets who writes the metering of accesses; called once by the composition, before the first access. */
  onUsage(sink: UsageSink): void
  /** Moves waiting records into the log now; resolves with how many moved. For tests, seeds and shutdown. */
  sequenceNow(): Promise<number>
  /** The log's public key, `name+id+base64`: all that others need to verify. */
  readonly verifierKey: string
  /** For readiness: whether what is recorded gets its place in the log soon. */
  isWell(): Promise<boolean>
}
