import type { Actor, Severity, TicketKind, TicketState } from '@datong/contracts'
import type { ColumnType, Generated } from 'kysely'

export interface Pause {
  /** State to which the ticket goes back. */
  readonly from: TicketState
  readonly by: string
  /** The bureau did it: the clock stands. */
  readonly bureau: boolean
  readonly reason: string
  /** RFC 3339. */
  readonly at: string
  /** The rule ended: it will not go on. */
  readonly ended: boolean
}

export interface TicketTable {
  id: string
  number: string
  kind: TicketKind
  entry_code: string
  entry_title: string
  organisation: string
  title: string
  /** Somebody wrote the title; otherwise it is that of a rule which nobody named. */
  title_typed: boolean
  field: string | null
  state: TicketState
  /** These of a rule's ticket; one ticket a rule and entry, however often it comes back. */
  rule_id: string | null
  rule: string | null
  severity: Severity | null
  checked: number | null
  failed: number | null
  tolerance_share: number | null
  first_version: number | null
  last_version: number | null
  /** When the newest check was made: an older one that is told again says nothing. */
  checked_at: Date | null
  /** The rule rests: since when, by whom and why, and what the ticket was before. */
  pause: ColumnType<Pause | null, string | null, string | null>
  /** When the rule was last told to rest, go on or end: what was told before is told late. */
  turned_at: Date | null
  /** The bureau dropped it: it stays so until the rule has passed once. */
  silenced: boolean
  /** The version that was newest when it was said to be mended. */
  mended_version: number | null
  /** These of a report; null: without an account. */
  filed_by: string | null
  from_organisation: string | null
  description: string
  /** `ReportedCell`, sealed: it may hold what the data hold of a person. */
  cell: Buffer | null
  fingerprint: Buffer | null
  recheck: 'by-value' | 'by-reporter' | null
  reported_version: number | null
  handler_id: string | null
  handler_name: string | null
  answer: string
  reopened: number
  closed_version: number | null
  opened_at: Date
  changed_at: Date
  closed_at: Date | null
}

export interface DutyTable {
  organisation: string
  account_id: string
  name: string
  since: Date
}

export interface TicketsTables {
  'tickets.ticket': TicketTable
  'tickets.event': {
    id: Generated<number>
    ticket_id: string
    at: Date
    actor: ColumnType<Actor, string, never>
    action: string
    reason: string
    /** Null for a comment. */
    receipt_id: string | null
  }
  /** Who reported; `filer` is an account, or an address under a key of the day, by which reports are counted. */
  'tickets.filing': { id: Generated<number>; ticket_id: string; entry_code: string; filer: string; account_id: string | null; public: boolean; at: Date }
  'tickets.duty': DutyTable
}
