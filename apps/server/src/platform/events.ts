import type { Actor } from '@datong/contracts'
import type { FieldSchema } from '@datong/data-engine'
import type { Grade } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'

/** Codes of the departments on both sides; the consumer is null for a developer of the public. */
interface SharingSides {
  providers: string[]
  consumer: string | null
}

/**
 * The domain events of the house: what happened, told through the transactional outbox to whoever subscribes.
 *
 *   collection.version-made → quality.version-profiled → protection.fields-graded → catalog.entry-described → (load is done)
 *   catalog.entry-published, collection.version-used → delivery builds its serving table
 *
 * A publisher never knows its listeners; a listener handles an event at least once and must be idempotent.
 */
export interface DomainEvents {
  /** Departments were merged: what is the predecessor's belongs to the successor; each module passes on its own. */
  'identity.organisation-merged': { predecessor: string; successor: string; at: string }
  'collection.version-made': { entryCode: string; version: number; loadId: string; fields: FieldSchema[]; rowCount: number; at: string }
  /** Another version became the current one (rollback, or a new version of an entry). */
  /** A load that nobody waits for at a page failed, or needs a person's decision. */
  'collection.load-stopped': { loadId: string; entryCode: string; organisation: string; source: string; state: 'failed' | 'held'; at: string }
  /**
   * A round of a form opened, is due soon, is late, or was handed back: to whom, and by when it is wanted.
   * `period`: null for what is asked for once.
   */
  'collection.form-told': {
    formId: string
    title: string
    round: number
    period: string | null
    what: 'opened' | 'soon' | 'late' | 'returned'
    organisations: string[]
    due: string | null
    reason: string | null
    at: string
  }
  'collection.version-used': { entryCode: string; version: number; rowCount: number; at: string }
  'quality.version-profiled': { entryCode: string; version: number; loadId: string; stars: number; overall: number; identifierCandidates: string[] }
  /**
   * A version was held against the rules of its entry: each rule that could be looked at, failing or not. Checked again, a version
   * is told again. Counts are rows or values, as the rule counts; `failed` beyond `toleranceShare` of `checked` does not pass.
   */
  'quality.rules-checked': {
    entryCode: string
    version: number
    organisation: string
    outcomes: {
      ruleId: string
      /** Which of the catalogue of rules it is. */
      rule: string
      title: string
      /** A person wrote the title; otherwise it is made of rule and field. */
      titleTyped: boolean
      severity: 'minor' | 'major' | 'critical'
      field: string | null
      checked: number
      failed: number
      passed: boolean
      toleranceShare: number
    }[]
    at: string
  }
  /** The version in use of an entry has other stars than when it was profiled. */
  'quality.version-rescored': { entryCode: string; version: number; stars: number }
  /** A rule of an entry rests (`paused`), holds again (`active`), or ended (`retired`). `bureau`: the steward did it; `at`: of two, the later one is true. */
  'quality.rule-turned': { entryCode: string; organisation: string; ruleId: string; state: 'active' | 'paused' | 'retired'; by: Actor; bureau: boolean; reason: string; at: string }
  /** Rules of an entry failed that had no ticket yet; `due`: by when they are to be mended, `handler`: account of the officer on duty. */
  'tickets.opened': { entryCode: string; organisation: string; version: number; count: number; due: string; handler: string | null; at: string }
  /** A step of a ticket, in the words of its history. */
  'tickets.changed': { ticketId: string; action: string; at: string }
  /** `by`: organisation of who said something; null: of none. */
  'tickets.commented': { ticketId: string; by: string | null; at: string }
  'protection.fields-graded': {
    entryCode: string
    version: number
    loadId: string
    fields: {
      name: string
      recognizer: string | null
      grade: Grade
      masking: string | null
      confidence: number
      evidence: string[]
      /** The strictest grade of what the entry is made of, for a view. */
      floor?: Grade
    }[]
    identifierCandidates: string[]
    stars: number
  }
  /** Which data elements an entry's fields are, and how far they keep to them; reasons as `kind|params`. */
  'standards.fields-mapped': {
    entryCode: string
    version: number | null
    conformity: number | null
    fields: { name: string; element: string | null; confidence: number; reasons: string[]; codeList: string | null }[]
  }
  'catalog.entry-described': { entryCode: string; version: number; loadId: string }
  'catalog.entry-published': { entryCode: string }
  'catalog.entry-changed': { entryCode: string }
  'catalog.entry-withdrawn': { entryCode: string }
  'catalog.entry-returned': { entryCode: string; at: string }
  /** A published entry will end with the end of this day. */
  'catalog.withdrawal-announced': { entryCode: string; endsOn: string; at: string }
  /** The last third of a clock has begun, or its time is over. */
  'catalog.clock-pressing': { clockId: string; standing: 'soon' | 'late'; dueAt: string }
  /** What a person follows changed; all of a day in one. */
  'catalog.followed-changed': { accountId: string; entryCode: string; title: string; kinds: string[]; on: string }
  /** A saved search finds what it did not find before. */
  'catalog.search-found': { accountId: string; searchId: string; name: string; count: number; title: string; on: string }
  'catalog.clock-urged': { clockId: string; at: string; reason: string }
  'lists.demand-changed': { demandId: string; state: string; organisation: string | null; at: string }
  'sharing.application-submitted': SharingSides & { applicationId: string; entryCode: string }
  /** The applicant owes material; the clock stands still until it is there. */
  'sharing.material-asked': SharingSides & { applicationId: string; entryCode: string }
  'sharing.application-decided': SharingSides & { applicationId: string; entryCode: string; state: string; by: 'rule' | 'department' | 'bureau'; grantId: string | null }
  'sharing.application-escalated': SharingSides & { applicationId: string; entryCode: string; dueAt: string }
  /** The time to deliver is over, and nothing was used yet. */
  'sharing.delivery-late': SharingSides & { applicationId: string; entryCode: string; dueAt: string }
  'sharing.grant-made': SharingSides & { grantId: string; applicationId: string; entryCode: string }
  'sharing.grant-changed': SharingSides & { grantId: string; applicationId: string; entryCode: string; state: string; at: string }
  'sharing.grant-expired': SharingSides & { grantId: string; applicationId: string; entryCode: string; until: string }
  /** A consumer's verifications failed as often as they may: `identifier` for one person or thing, `grant` altogether. */
  'delivery.verification-guessing': { grantId: string; entryCode: string; organisation: string | null; window: 'identifier' | 'grant'; at: string }
  'protection.policy-changed': { revision: number }
}

export type EventName = keyof DomainEvents

/** The transactional outbox: an event exists exactly when the transaction that published it committed. */
export interface EventBus {
  publish<N extends EventName>(trx: Trx, name: N, payload: DomainEvents[N]): Promise<void>
  /** @param subscriber stable name of the listener; each subscriber handles each event at least once */
  subscribe<N extends EventName>(name: N, subscriber: string, handler: (payload: DomainEvents[N]) => Promise<void>): Promise<void>
}
