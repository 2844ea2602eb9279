import type { WEBHOOK_STATES } from '@datong/contracts'
import type { FieldSchema } from '@datong/data-engine'
import type { ColumnType, Generated, JSONColumnType, Selectable } from 'kysely'
import type { StoredCaller } from '../forms/stored-caller.ts'

export interface FeedTables {
  'delivery.change_set': {
    entry_code: string
    number: number
    /** `snapshot`: forget all, then every row; `version`: rows have no key, only the version is told; `difference`: by key; `state`: changes of a captured source. */
    kind: 'snapshot' | 'version' | 'difference' | 'state'
    from_version: number | null
    to_version: number
    key_field: string | null
    first_position: number
    last_position: number
    /** Of states: the live table that they are of, up to which state it has been told, and its fields in the order of the changes' cells. */
    table_name: string | null
    to_state: number | null
    fields: ColumnType<readonly FieldSchema[] | null, string | null, string | null>
    /** Of states: when the last was added. */
    made_at: Date
  }
  'delivery.change': {
    entry_code: string
    position: number
    before_row: number | null
    after_row: number | null
    /** Of states: the row's texts. */
    before_cells: string[] | null
    after_cells: string[] | null
  }
  'delivery.webhook': {
    id: string
    entry_code: string
    entry_title: string
    provider: string
    grant_id: string
    app_id: string
    organisation: string | null
    maker: JSONColumnType<StoredCaller>
    url: string
    secret: Buffer
    state: (typeof WEBHOOK_STATES)[number]
    reason: string | null
    position: number
    tries: Generated<number>
    next_try_at: Date | null
    busy_until: Date | null
    last_error: string | null
    delivered: Generated<number>
    delivered_at: Date | null
    created_at: Date
  }
  'delivery.dead_batch': {
    message_id: string
    webhook_id: string
    from_position: number
    to_position: number
    tries: number
    error: string
    at: Date
  }
}

export type ChangeSet = Selectable<FeedTables['delivery.change_set']>
export type WebhookRow = Selectable<FeedTables['delivery.webhook']>
export type DeadBatch = Selectable<FeedTables['delivery.dead_batch']>
