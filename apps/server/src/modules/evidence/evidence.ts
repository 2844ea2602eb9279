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

/** An access: a draft of the access chain. */
export type AccessDraft = EvidenceDraft & { readonly chain: 'access' }

/**
 * What a use is counted under. A new key is a text or null and may be missing in what was recorded before; uses that differ
 * in any key are counted apart.
 */
export interface UsageKey {
  readonly grantId: string | null
  readonly entryCode: string
  readonly organisation: string | null
}

/** What is added up over uses. A new figure is a number, and counts as 0 where it is missing. */
export interface UsageFigures {
  readonly rows: number
  readonly bytes: number
}

/** One use of data, metered by its evidence. */
export interface Usage extends UsageKey, UsageFigures {}

/** Input of `recordAccess`. */
export interface UsageInput extends Omit<Usage, 'grantId'> {
  readonly grantId?: string | null
}

/** Uses with one key at one moment, added up. */
export interface TimedUsage extends Usage {
  readonly calls: number
  readonly at: Date
}

/**
 * Writes the usage of what has just got its place in the log, through the connection on which the sequencer's transaction
 * is open: each use comes once. What it throws keeps the log from growing until it succeeds.
 */
export type UsageSink = (client: pg.ClientBase, batch: readonly TimedUsage[]) => Promise<void>

/** What many accesses have in common: by one key, under one plan. */
export interface AccessFrame extends Omit<AccessDraft, 'chain'> {
  /** What their use is counted under; null: it is not metered. */
  readonly usage: UsageKey | null
}

/** Accesses whose common part was prepared once. */
export interface AccessTemplate {
  /**
   * As `recordAccess`, for little more than what is particular to this access.
   * @param detail joins the frame's detail, and replaces what has the same name there
   * @param figures of this use; left out, it is not metered
   * @returns the receipt id (UUID version 7)
   * @throws AppError as `recordAccess`
   */
  record(detail: Readonly<Record<string, unknown>>, figures?: UsageFigures): Promise<string>
}

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
  recordAccess(draft: AccessDraft, usage?: UsageInput): Promise<string>
  /**
   * Prepares what is the same in many accesses, such as all calls by one key under one delivery plan. Costs about as much as
   * one `recordAccess`; keep it as long as the common part holds.
   * @throws AppError `evidence/invalid-entry`
   */
  accessTemplate(frame: AccessFrame): AccessTemplate
  /**
   * Sets who writes the metering of accesses, a moment after they were recorded (about 0.3 s). Called once by the
   * composition, before `start`: whatever process starts the module must have set it.
   */
  onUsage(sink: UsageSink): void
  /** Gives waiting records their places now, and their usage to the sink; resolves with how many. For tests, seeds and shutdown. */
  sequenceNow(): Promise<number>
  /** The log's public key, `name+id+base64`: all that others need to verify. */
  readonly verifierKey: string
  /** For readiness: whether what is recorded gets its place in the log soon. */
  isWell(): Promise<boolean>
}
