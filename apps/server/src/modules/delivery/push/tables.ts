import type { PUSH_KINDS, PUSH_STATES } from '@datong/contracts'
import type { Generated, JSONColumnType, Selectable } from 'kysely'
import type { StoredCaller } from '../forms/stored-caller.ts'

export interface PushTables {
  'delivery.push_target': {
    id: string
    entry_code: string
    entry_title: string
    provider: string
    grant_id: string
    app_id: string
    organisation: string | null
    maker: JSONColumnType<StoredCaller>
    kind: (typeof PUSH_KINDS)[number]
    host: string
    port: number
    database: string
    table_name: string
    username: string
    password: Buffer
    tls: 'off' | 'on' | 'verify'
    ca: string | null
    schedule: 'each-version' | 'by-hand'
    create_table: boolean
    replace_existing: boolean
    state: (typeof PUSH_STATES)[number]
    reason: string | null
    version: number | null
    rows_done: Generated<number>
    rows_per_second: Generated<number>
    /** Of the rows that the consumer's database says it has got, so many have their evidence. */
    rows_recorded: Generated<number>
    tries: Generated<number>
    next_try_at: Date | null
    busy_until: Date | null
    started_at: Date | null
    finished_at: Date | null
    created_at: Date
  }
}

export type TargetRow = Selectable<PushTables['delivery.push_target']>
