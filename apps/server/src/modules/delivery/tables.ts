import type { FieldSchema } from '@datong/data-engine'
import type { JSONColumnType } from 'kysely'

export interface DeliveryTables {
  'delivery.usage': {
    day: string
    entry_code: string
    grant_id: string | null
    organisation: string | null
    calls: number
    rows: number
    bytes: number
    last_at: Date
  }
  'delivery.call_figure': {
    day: string
    entry_code: string
    organisation: string | null
    app_id: string | null
    calls: number
    errors: JSONColumnType<Record<string, number>>
    latency: number[]
  }
  'delivery.mark': {
    grant_id: string
    entry_code: string
    fields: string[]
    first_at: Date
  }
  'delivery.serving': {
    entry_code: string
    version: number
    table_name: string
    columns: JSONColumnType<FieldSchema[]>
    indexed: string[]
    row_count: number
    built_at: Date
    /** Set together, for tables that follow a capture: its changes are in it up to `through`, from `base` on. */
    capture_id: string | null
    epoch: number | null
    key: string[] | null
    source_columns: string[] | null
    base: number | null
    through: number | null
    next_row: number | null
    /** A change behind this one does not fit: nothing more comes before the next version. */
    stuck_at: number | null
  }
}
